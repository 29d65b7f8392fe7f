package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.topic.TopicFilter;
import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The component {@code binary_sensor}, as <a href="https://www.home-assistant.io/integrations/binary_sensor.mqtt/">Home
 * Assistant documents it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class BinarySensorEntity extends Entity {

    BinarySensorEntity() {}

    /** {@return a builder; {@code stateTopic} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return what it is about, which decides on icon, words and units} */
    public abstract Optional<BinarySensorDeviceClass> deviceClass();

    /** {@return how long a state holds without a new message, in whole seconds; unless given no expiry} */
    public abstract Optional<Duration> expireAfter();

    /** {@return whether an unchanged state counts as an update; no unless given} */
    public abstract Optional<Boolean> forceUpdate();

    /** {@return after which time without a message it is off again, in whole seconds} */
    public abstract Optional<Duration> offDelay();

    /** {@return the payload that stands for off; {@code OFF} unless given} */
    public abstract Optional<String> payloadOff();

    /** {@return the payload that stands for on; {@code ON} unless given} */
    public abstract Optional<String> payloadOn();

    /** {@return the topic on which Home Assistant hears the state} */
    public abstract TopicFilter stateTopic();

    /** {@return the template that takes the state out of a message} */
    public abstract Optional<Template> valueTemplate();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.BINARY_SENSOR;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableBinarySensorEntity.Builder {
        Builder() {}

        /**
         * Gives the entity its name.
         *
         * @param name the name, without the name of the device
         * @return this builder
         */
        public Builder name(String name) {
            return name(EntityName.of(name));
        }
    }
}
