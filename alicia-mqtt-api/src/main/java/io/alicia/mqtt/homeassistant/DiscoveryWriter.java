package io.alicia.mqtt.homeassistant;

import io.alicia.mqtt.homeassistant.check.CheckResult;
import io.alicia.mqtt.homeassistant.check.DiscoveryChecker;
import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.DeviceDiscovery;
import io.alicia.mqtt.homeassistant.component.InvalidComponentException;
import io.alicia.mqtt.payload.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes discovery messages, abbreviated unless told otherwise.
 *
 * <pre>{@code
 * DiscoveryMessage message = DiscoveryWriter.create().message("hall", SensorEntity.builder()
 *         .uniqueId("hall-temperature")
 *         .stateTopic(TopicFilter.of("alicia/sensors/hall/temperature"))
 *         .deviceClass(SensorDeviceClass.TEMPERATURE)
 *         .unitOfMeasurement("°C")
 *         .build());
 * }</pre>
 *
 * <p>Immutable and safe to share between threads.
 */
public final class DiscoveryWriter {

    private final String prefix;
    private final boolean abbreviated;
    private final DiscoveryChecker checker;

    private DiscoveryWriter(String prefix, boolean abbreviated) {
        this.prefix = prefix;
        this.abbreviated = abbreviated;
        this.checker = DiscoveryChecker.withPrefix(prefix);
    }

    /** {@return a writer for the prefix {@value DiscoveryTopic#DEFAULT_PREFIX}, with abbreviations} */
    public static DiscoveryWriter create() {
        return new DiscoveryWriter(DiscoveryTopic.DEFAULT_PREFIX, true);
    }

    /**
     * {@return this writer, for a Home Assistant that listens elsewhere}
     *
     * @param discoveryPrefix one or several levels, without a slash at either end
     */
    public DiscoveryWriter withPrefix(String discoveryPrefix) {
        return new DiscoveryWriter(discoveryPrefix, abbreviated);
    }

    /** {@return this writer, with full names instead of abbreviations, for people to read} */
    public DiscoveryWriter withFullNames() {
        return new DiscoveryWriter(prefix, false);
    }

    /**
     * {@return the announcement of one component}
     *
     * @param objectId the id in the topic: letters, digits, {@code _} and {@code -}
     * @param component what is announced
     * @throws InvalidComponentException if it does not hold together: a device without a unique id, a state class that
     *     does not fit the device class
     * @throws IllegalArgumentException if the id has other characters
     */
    public DiscoveryMessage message(String objectId, Component component) {
        return message(DiscoveryTopic.of(prefix, component.component(), objectId), component);
    }

    /**
     * {@return the announcement of one component below a node id}
     *
     * @param nodeId an id that groups several objects: letters, digits, {@code _} and {@code -}
     * @param objectId the id in the topic, of the same characters
     * @param component what is announced
     * @throws InvalidComponentException as without a node id
     * @throws IllegalArgumentException if an id has other characters
     */
    public DiscoveryMessage message(String nodeId, String objectId, Component component) {
        return message(new DiscoveryTopic(prefix, component.component(), Optional.of(nodeId), objectId), component);
    }

    private DiscoveryMessage message(DiscoveryTopic topic, Component component) {
        Soundness.require(component);
        return checked(topic, component.toJson());
    }

    /**
     * {@return the announcement of a device with its components}
     *
     * @param objectId the id in the topic: letters, digits, {@code _} and {@code -}
     * @param device what is announced
     * @throws InvalidComponentException if a component does not hold together
     * @throws IllegalArgumentException if the id has other characters
     */
    public DiscoveryMessage message(String objectId, DeviceDiscovery device) {
        device.components().values().forEach(Soundness::require);
        return checked(DiscoveryTopic.of(prefix, DiscoveryTopic.DEVICE, objectId), device.toJson());
    }

    /**
     * {@return the announcements of a device's components, each for itself: {@code
     * PREFIX/COMPONENT/DEVICE_ID/COMPONENT_ID/config}, under the same discovery ids as in the device's message}
     *
     * @param objectId the device's id: letters, digits, {@code _} and {@code -}
     * @param device what is announced; components that are removed are left out
     * @throws InvalidComponentException if a component does not hold together
     * @throws IllegalArgumentException if the device's id or that of a component has other characters
     */
    public List<DiscoveryMessage> apart(String objectId, DeviceDiscovery device) {
        device.components().values().forEach(Soundness::require);
        List<DiscoveryMessage> messages = new ArrayList<>();
        SingleOptions.of(device).forEach((id, options) -> {
            String component =
                    Objects.requireNonNull(device.components().get(id)).component();
            messages.add(checked(new DiscoveryTopic(prefix, component, Optional.of(objectId), id), options));
        });
        return List.copyOf(messages);
    }

    private DiscoveryMessage checked(DiscoveryTopic topic, JsonObject options) {
        JsonObject payload = abbreviated ? Abbreviations.shorten(options) : options;
        CheckResult result = checker.check(topic.topicName().value(), payload.toString());
        if (!result.problems().isEmpty()) {
            throw new InvalidComponentException(topic.component() + ": "
                    + String.join(
                            "; ",
                            result.problems().stream()
                                    .map(problem -> problem.reason())
                                    .toList()));
        }
        return new DiscoveryMessage(topic, Optional.of(payload), result.hints());
    }

    /**
     * {@return the message that removes what was announced on a topic}
     *
     * @param topic the topic of the announcement
     */
    public DiscoveryMessage removal(DiscoveryTopic topic) {
        return new DiscoveryMessage(topic, Optional.empty(), List.of());
    }

    /**
     * {@return the messages, in order, that hand entities over from their own topics to the message of a device, or back}
     *
     * <p>Home Assistant keeps an entity with its history if it has the same unique id before and after.
     *
     * @param from the topics on which they were announced so far
     * @param to the messages that announce them from now on
     */
    public List<DiscoveryMessage> migration(Collection<DiscoveryTopic> from, Collection<DiscoveryMessage> to) {
        String option = "migrate_discovery";
        JsonObject request = JsonObject.builder().put(option, true).build();
        Optional<JsonObject> content = Optional.of(abbreviated ? Abbreviations.shorten(request) : request);
        List<DiscoveryMessage> messages = new ArrayList<>();
        from.forEach(topic -> messages.add(new DiscoveryMessage(topic, content, List.of())));
        messages.addAll(to);
        from.forEach(topic -> messages.add(removal(topic)));
        return List.copyOf(messages);
    }
}
