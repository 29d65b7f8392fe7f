package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.topic.TopicFilter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The component {@code sensor}, as <a href="https://www.home-assistant.io/integrations/sensor.mqtt/">Home Assistant
 * documents it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class SensorEntity extends Entity {

    SensorEntity() {}

    /** {@return a builder; {@code stateTopic} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return what it is about, which decides on icon, words and units} */
    public abstract Optional<SensorDeviceClass> deviceClass();

    /** {@return how long a state holds without a new message, in whole seconds; unless given no expiry} */
    public abstract Optional<Duration> expireAfter();

    /** {@return whether an unchanged state counts as an update; no unless given} */
    public abstract Optional<Boolean> forceUpdate();

    /** {@return the template that takes the last reset out of a message} */
    public abstract Optional<Template> lastResetValueTemplate();

    /** {@return the values that the state can have; null if not given} */
    public abstract @Nullable List<String> options();

    /** {@return what kind of number the state is, for statistics} */
    public abstract Optional<StateClass> stateClass();

    /** {@return the topic on which Home Assistant hears the state} */
    public abstract TopicFilter stateTopic();

    /** {@return how many decimals the user interface shows} */
    public abstract OptionalInt suggestedDisplayPrecision();

    /** {@return the unit of the state} */
    public abstract Optional<String> unitOfMeasurement();

    /** {@return the template that takes the state out of a message} */
    public abstract Optional<Template> valueTemplate();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.SENSOR;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableSensorEntity.Builder {
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
