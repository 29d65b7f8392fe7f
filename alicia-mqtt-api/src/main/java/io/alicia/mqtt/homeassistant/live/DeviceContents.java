package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.DiscoveryMessage;
import io.alicia.mqtt.homeassistant.DiscoveryWriter;
import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.homeassistant.component.DeviceDiscovery;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a device consists of at present, in which messages that is said, and what of it Home Assistant has been told. It sends
 * nothing itself. Any thread may ask and change it; each method sees and leaves it consistent.
 */
final class DeviceContents {

    private final DiscoveryTopic topic;
    private final DiscoveryWriter writer;
    private final DeviceMessages described;
    private final UniqueIds uniqueIds;
    private final Map<String, LinkedEntity> entities = new LinkedHashMap<>();

    /** The ids of those entities that a message has named, so that Home Assistant has them. */
    private final Set<String> said = new HashSet<>();

    /** The ids of those that no message has named yet as what they are now. */
    private final Set<String> unsaid = new HashSet<>();

    private Device device;
    private @Nullable Map<DiscoveryTopic, DiscoveryMessage> messages;
    private boolean apart;
    private boolean announced;
    private boolean gone;

    DeviceContents(
            DiscoveryTopic topic,
            Device device,
            DiscoveryWriter writer,
            DeviceMessages described,
            UniqueIds uniqueIds) {
        this.topic = topic;
        this.device = device;
        this.writer = writer;
        this.described = described;
        this.uniqueIds = uniqueIds;
    }

    /** What is said one after the other, and what is done then. */
    record Announcement(List<DiscoveryMessage> messages, Runnable then) {}

    /** An entity that is no part of the device any more: the topic of the message that names it, if one does. */
    record Removed(Optional<DiscoveryTopic> named) {}

    /** What is left of a device that has been removed. */
    record Ended(List<DiscoveryTopic> topics, Map<String, LinkedEntity> entities) {}

    /** What there is to say of a device that is announced. */
    record Present(List<DiscoveryTopic> topics, List<LinkedEntity> entities) {}

    private String id() {
        return topic.objectId();
    }

    synchronized Device device() {
        return device;
    }

    synchronized List<LinkedEntity> entities() {
        return List.copyOf(entities.values());
    }

    synchronized boolean isAnnounced() {
        return announced;
    }

    /** @throws IllegalStateException if the device has been removed */
    synchronized void requireThere() {
        if (gone) {
            throw new IllegalStateException("the device " + id() + " has been removed");
        }
    }

    synchronized LinkedEntity add(String id, Component component, Supplier<LinkedEntity> made) {
        requireThere();
        if (entities.containsKey(id)) {
            throw new IllegalArgumentException("the device " + id() + " has an entity " + id + " already");
        }
        requireTaken(id, component);
        LinkedEntity entity = made.get();
        uniqueIds.claim(id(), id, component);
        entities.put(id, entity);
        changed(id);
        return entity;
    }

    /** A wrong component is refused where it is given, not when the device is announced. */
    private void requireTaken(String id, Component component) {
        message(described.of(device, Map.of(id, component), Map.of()));
    }

    private void changed(String id) {
        unsaid.add(id);
        messages = null;
    }

    /** Has an entity be another one from now on; it is announced as that only after {@link #became}. */
    synchronized LinkedEntity become(String id, Component component) {
        requireThere();
        LinkedEntity entity = known(id);
        Replacement.requireSame(id(), id, entity.component(), component);
        requireTaken(id, component);
        entity.become(component);
        return entity;
    }

    synchronized void became(String id, LinkedEntity entity) {
        if (entities.get(id) == entity) {
            changed(id);
        }
    }

    /** @throws IllegalArgumentException if there is none with this id */
    synchronized LinkedEntity known(String id) {
        requireThere();
        LinkedEntity entity = entities.get(id);
        if (entity == null) {
            throw new IllegalArgumentException(
                    "the device " + id() + " has no entity " + id + "; it has " + entities.keySet());
        }
        return entity;
    }

    synchronized void describe(Device as) {
        requireThere();
        message(described.of(as, components(), Map.of()));
        device = as;
        messages = null;
    }

    private Map<String, Component> components() {
        Map<String, Component> components = new LinkedHashMap<>();
        entities.forEach((id, entity) -> components.put(id, entity.component()));
        return components;
    }

    private DiscoveryMessage message(DeviceDiscovery discovery) {
        return writer.message(id(), discovery);
    }

    /** Made once for all the times that it is said, until there is another entity or it is said in another way. */
    private Map<DiscoveryTopic, DiscoveryMessage> messages() {
        Map<DiscoveryTopic, DiscoveryMessage> known = messages;
        if (known == null) {
            DeviceDiscovery discovery = described.of(device, components(), Map.of());
            known = new LinkedHashMap<>();
            for (DiscoveryMessage made : apart ? writer.apart(id(), discovery) : List.of(message(discovery))) {
                known.put(made.topic(), made);
            }
            messages = known;
        }
        return known;
    }

    private List<DiscoveryTopic> announcedOn() {
        return List.copyOf(messages().keySet());
    }

    private DiscoveryTopic announcedOn(String id, Component component) {
        return apart ? new DiscoveryTopic(topic.prefix(), component.component(), Optional.of(id()), id) : topic;
    }

    /** Counts as announced from now on. */
    synchronized List<DiscoveryMessage> announced() {
        requireThere();
        announced = true;
        return List.copyOf(messages().values());
    }

    /** The message that has to be said before anything of an entity is; empty if it has been, or nothing is announced. */
    synchronized Optional<DiscoveryMessage> unsaid(String id) {
        return announced && unsaid.contains(id)
                ? Optional.ofNullable(messages().get(announcedOn(id, known(id).component())))
                : Optional.empty();
    }

    /** The way from other topics, and from those of its entities apart, to one message for all. */
    synchronized Announcement together(Collection<DiscoveryTopic> inPlaceOf) {
        requireThere();
        Set<DiscoveryTopic> before = new LinkedHashSet<>(inPlaceOf);
        if (apart) {
            before.addAll(announcedOn());
        }
        return migration(before, false);
    }

    /** The way from one message for all to one for each of its entities. */
    synchronized Announcement apart() {
        requireThere();
        return apart ? whole(List.copyOf(messages().values())) : migration(List.of(topic), true);
    }

    private Announcement migration(Collection<DiscoveryTopic> before, boolean eachForItself) {
        announced = true;
        apart = eachForItself;
        messages = null;
        return whole(writer.migration(before, messages().values()));
    }

    private Announcement whole(List<DiscoveryMessage> said) {
        allSaid();
        return new Announcement(said, whenAnnounced(entities.values()));
    }

    private void allSaid() {
        said.addAll(entities.keySet());
        unsaid.clear();
    }

    private static Runnable whenAnnounced(Collection<LinkedEntity> entities) {
        List<Runnable> all = entities.stream().map(LinkedEntity::whenAnnounced).toList();
        return () -> all.forEach(Runnable::run);
    }

    /** What is announced on a topic now, which counts as said from now on; empty if nothing is. */
    synchronized Optional<Announcement> announcement(DiscoveryTopic on) {
        DiscoveryMessage message = announced ? messages().get(on) : null;
        if (message == null) {
            return Optional.empty();
        }
        if (!apart) {
            return Optional.of(whole(List.of(message)));
        }
        said.add(on.objectId());
        unsaid.remove(on.objectId());
        return Optional.of(new Announcement(
                List.of(message),
                whenAnnounced(Optional.ofNullable(entities.get(on.objectId())).stream()
                        .toList())));
    }

    /** The topics on which it is announced, each with the ids of the components that the message there has. */
    synchronized Map<DiscoveryTopic, Set<String>> alive() {
        return apart
                ? announcedOn().stream().collect(Collectors.toMap(on -> on, on -> Set.of()))
                : Map.of(topic, Set.copyOf(entities.keySet()));
    }

    /** What names components that are to be forgotten; none that is there again. */
    synchronized DiscoveryMessage naming(Map<String, String> forgotten) {
        Map<String, String> missing = new LinkedHashMap<>(forgotten);
        missing.keySet().removeAll(entities.keySet());
        return message(described.of(device, components(), missing));
    }

    /** Takes an entity out; empty if it is no part of the device any more. */
    synchronized Optional<Removed> removed(String id, LinkedEntity entity) {
        Component component = entity.component();
        if (gone || !entities.remove(id, entity)) {
            return Optional.empty();
        }
        unsaid.remove(id);
        boolean wasSaid = said.remove(id) && announced;
        messages = null;
        uniqueIds.release(id(), id);
        return Optional.of(new Removed(wasSaid ? Optional.of(announcedOn(id, component)) : Optional.empty()));
    }

    /** Takes all that is announced back, for good. */
    synchronized Ended end() {
        List<DiscoveryTopic> topics = apart ? announcedOn() : List.of(topic);
        announced = false;
        gone = true;
        return new Ended(topics, new LinkedHashMap<>(entities));
    }

    /** What there is to say again; empty if nothing is announced. */
    synchronized Optional<Present> present() {
        return announced ? Optional.of(new Present(announcedOn(), entities())) : Optional.empty();
    }
}
