package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * A device with all its components, announced in one message. What is said of the device, of the announcing software and
 * in the shared options holds for all components that do not say otherwise; their own {@code device} and {@code origin}
 * are not written. A component with another device is refused: Home Assistant would take it for this one.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class DeviceDiscovery {

    DeviceDiscovery() {}

    /** {@return a builder; {@code device} and {@code origin} are required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the device} */
    public abstract Device device();

    /** {@return the software that announces it} */
    public abstract Origin origin();

    /** {@return the components by an id that is theirs within the device; entities need a unique id} */
    public abstract Map<String, Component> components();

    /**
     * {@return the names of components that are to be removed, such as {@code light}, by their ids}; a component that was
     * announced before is only gone for good if it is named here once
     */
    public abstract Map<String, String> removedComponents();

    /** {@return where Home Assistant hears whether the device is available} */
    public abstract List<Availability> availability();

    /** {@return how several availability topics decide together} */
    public abstract Optional<AvailabilityMode> availabilityMode();

    /** {@return the template that takes the availability out of a message on the availability topic} */
    public abstract Optional<Template> availabilityTemplate();

    /** {@return the one topic on which Home Assistant hears whether the device is available} */
    public abstract Optional<TopicFilter> availabilityTopic();

    /** {@return the topic to which Home Assistant publishes commands for all components} */
    public abstract Optional<TopicName> commandTopic();

    /** {@return the character encoding of payloads} */
    public abstract Optional<String> encoding();

    /** {@return how long messages of Home Assistant live, in whole seconds} */
    public abstract Optional<Duration> messageExpiryInterval();

    /** {@return the quality of service of Home Assistant's messages and subscriptions} */
    public abstract Optional<Qos> qos();

    /** {@return the payload that means available} */
    public abstract Optional<String> payloadAvailable();

    /** {@return the payload that means not available} */
    public abstract Optional<String> payloadNotAvailable();

    /** {@return the topic on which Home Assistant hears the states of all components} */
    public abstract Optional<TopicFilter> stateTopic();

    /** {@return the options by their full names, as they stand in an announcement} */
    public final JsonObject toJson() {
        return DeviceJson.of(this);
    }

    @Value.Check
    void check() {
        OptionRules.requireDeviceMessage(this);
    }

    /** Collects device and components; {@code build} refuses what Home Assistant would refuse or drop. */
    public static final class Builder extends ImmutableDeviceDiscovery.Builder {
        Builder() {}
    }
}
