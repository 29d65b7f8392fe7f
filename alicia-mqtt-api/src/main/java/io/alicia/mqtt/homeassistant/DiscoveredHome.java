package io.alicia.mqtt.homeassistant;

import io.alicia.mqtt.homeassistant.DiscoveryChange.Appeared;
import io.alicia.mqtt.homeassistant.DiscoveryChange.Changed;
import io.alicia.mqtt.homeassistant.DiscoveryChange.Refused;
import io.alicia.mqtt.homeassistant.DiscoveryChange.Vanished;
import io.alicia.mqtt.homeassistant.check.CheckResult;
import io.alicia.mqtt.homeassistant.check.DiscoveryChecker;
import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import io.alicia.mqtt.homeassistant.check.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is announced to Home Assistant, by whomever: feed it with the messages on the discovery topics, in their order.
 *
 * <p>It follows Home Assistant: an update from another topic than that of the first announcement is refused, unless the
 * first one was asked to migrate; a second entity with the same unique id is refused. What a device message names with its
 * platform alone is gone, and all that its topic ever announced is when the message is taken back. What a device message merely
 * leaves out stays, as it does in Home Assistant until that starts the next time: then only what is still retained is there,
 * which a new home is fed with.
 *
 * <p>For one thread at a time.
 */
public final class DiscoveredHome {

    private final DiscoveryChecker checker;
    private final DiscoveredComponents components = new DiscoveredComponents();
    private final Map<String, DiscoveredComponent> migrating = new LinkedHashMap<>();

    private DiscoveredHome(DiscoveryChecker checker) {
        this.checker = checker;
    }

    /** {@return an empty home of a Home Assistant that listens below {@value DiscoveryTopic#DEFAULT_PREFIX}} */
    public static DiscoveredHome create() {
        return withPrefix(DiscoveryTopic.DEFAULT_PREFIX);
    }

    /**
     * {@return an empty home of a Home Assistant that listens elsewhere}
     *
     * @param prefix one or several levels, without a slash at either end
     */
    public static DiscoveredHome withPrefix(String prefix) {
        return new DiscoveredHome(DiscoveryChecker.withPrefix(prefix));
    }

    /** {@return what is there, in the order of appearance} */
    public Collection<DiscoveredComponent> components() {
        return components.all();
    }

    /** {@return the devices of what is there, put together; {@link DiscoveredDevices} tells of them as they change} */
    public List<DiscoveredDevice> devices() {
        DiscoveredDevices devices = DiscoveredDevices.create();
        devices.apply(
                components.all().stream().<DiscoveryChange>map(Appeared::new).toList());
        return devices.all();
    }

    /**
     * Takes a message.
     *
     * @param topic its topic
     * @param payload its payload; no bytes for a removal
     * @return what it has changed; nothing if the message is no discovery at all or says what is known
     */
    public List<DiscoveryChange> apply(String topic, byte[] payload) {
        CheckResult result = checker.check(topic, payload);
        return switch (result.verdict()) {
            case IGNORED -> List.of();
            case REJECT -> List.of(new Refused(topic, result.problems()));
            case REMOVE -> removed(topic);
            case MIGRATE -> released(topic);
            case ACCEPT, PARTIAL -> announced(topic, result);
        };
    }

    private List<DiscoveryChange> removed(String topic) {
        List<DiscoveryChange> changes = new ArrayList<>();
        for (DiscoveredComponent component : found(topic)) {
            components.remove(component);
            changes.add(new Vanished(component));
        }
        migrating.values().removeIf(component -> isOf(component, topic) && changes.add(new Vanished(component)));
        return changes;
    }

    /** The components stay for their users, until another topic announces them or this one removes them. */
    private List<DiscoveryChange> released(String topic) {
        for (DiscoveredComponent component : found(topic)) {
            components.remove(component);
            migrating.put(DiscoveredComponents.identity(component), component);
        }
        return List.of();
    }

    /**
     * What Home Assistant finds of a topic: it cuts the discovery ids of a device's components at blanks, and takes the second
     * part of three for the node id.
     */
    private List<DiscoveredComponent> found(String topic) {
        return components.on(topic).stream()
                .filter(component -> !component.topic().isDevice()
                        || component.topic().nodeId().isPresent()
                        || component.id().id().indexOf(' ')
                                == component.id().id().lastIndexOf(' '))
                .toList();
    }

    private static boolean isOf(DiscoveredComponent component, String topic) {
        return component.topic().topicName().value().equals(topic);
    }

    private List<DiscoveryChange> announced(String topic, CheckResult result) {
        List<DiscoveryChange> changes = new ArrayList<>();
        Announcement announcement = Announcement.of(topic, result);
        List<Problem> problems = new ArrayList<>(announcement.problems());
        for (DiscoveredComponent component : announcement.components()) {
            conflict(component).ifPresentOrElse(problems::add, () -> changes.addAll(taken(component)));
        }
        if (!problems.isEmpty()) {
            changes.add(new Refused(topic, problems));
        }
        for (DiscoveryId id : announcement.removed()) {
            DiscoveredComponent known = components.getOrNull(id);
            if (known != null && isOf(known, topic)) {
                components.remove(known);
                changes.add(new Vanished(known));
            }
        }
        return changes;
    }

    private Optional<Problem> conflict(DiscoveredComponent component) {
        DiscoveredComponent known = components.getOrNull(component.id());
        if (known != null && !known.topic().equals(component.topic())) {
            return Optional.of(new Problem(
                    "topic",
                    "the " + component.id().component() + " " + component.id().id() + " is announced on "
                            + known.topic().topicName() + " already"));
        }
        DiscoveredComponent other = components.ofSameUniqueIdOrNull(component);
        return other == null || other.id().equals(component.id())
                ? Optional.empty()
                : Optional.of(new Problem(
                        "unique_id",
                        "the unique_id " + component.uniqueId().orElse("") + " of the "
                                + component.id().component() + " "
                                + component.id().id() + " is taken by the "
                                + other.id().component() + " of "
                                + other.topic().topicName()));
    }

    private List<DiscoveryChange> taken(DiscoveredComponent component) {
        DiscoveredComponent migrated = migrating.remove(DiscoveredComponents.identity(component));
        DiscoveredComponent before = components.putOrNull(component);
        if (before == null) {
            before = migrated;
        }
        if (before == null) {
            return List.of(new Appeared(component));
        }
        return before.equals(component) ? List.of() : List.of(new Changed(before, component));
    }
}
