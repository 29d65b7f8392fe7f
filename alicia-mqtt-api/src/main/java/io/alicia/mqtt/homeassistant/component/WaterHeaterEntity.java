package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The component {@code water_heater}, as <a href="https://www.home-assistant.io/integrations/water_heater.mqtt/">Home
 * Assistant documents it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class WaterHeaterEntity extends Entity {

    WaterHeaterEntity() {}

    /** {@return a builder} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the template that takes the current temperature out of a message} */
    public abstract Optional<Template> currentTemperatureTemplate();

    /** {@return the topic on which Home Assistant hears the current temperature} */
    public abstract Optional<TopicFilter> currentTemperatureTopic();

    /** {@return the target temperature before any is known; unless given 43.3 °C / 110 °F} */
    public abstract OptionalDouble initial();

    /** {@return the highest target temperature, in {@code temperature_unit}; unless given 60 °C / 140 °F} */
    public abstract OptionalDouble maxTemp();

    /** {@return the lowest target temperature, in {@code temperature_unit}; unless given 43.3 °C / 110 °F} */
    public abstract OptionalDouble minTemp();

    /** {@return the template that makes the payload of a command for the mode} */
    public abstract Optional<Template> modeCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the mode} */
    public abstract Optional<TopicName> modeCommandTopic();

    /** {@return the template that takes the mode out of a message} */
    public abstract Optional<Template> modeStateTemplate();

    /** {@return the topic on which Home Assistant hears the mode} */
    public abstract Optional<TopicFilter> modeStateTopic();

    /**
     * {@return the modes that it has; {@code eco}, {@code electric}, {@code gas}, {@code heat_pump}, {@code
     * high_demand}, {@code performance}, {@code off} unless given; null if not given}
     */
    public abstract @Nullable List<WaterHeaterMode> modes();

    /**
     * {@return whether Home Assistant takes a command for done without hearing of it; unless given true when the state
     * topic is missing, else false}
     */
    public abstract Optional<Boolean> optimistic();

    /** {@return the payload that stands for off; {@code OFF} unless given} */
    public abstract Optional<String> payloadOff();

    /** {@return the payload that stands for on; {@code ON} unless given} */
    public abstract Optional<String> payloadOn();

    /** {@return the template that makes the payload of a command for the power} */
    public abstract Optional<Template> powerCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the power} */
    public abstract Optional<TopicName> powerCommandTopic();

    /** {@return in which steps temperatures are shown; unless given 0.1 for C, 1.0 for F} */
    public abstract Optional<Precision> precision();

    /** {@return the template that makes the payload of a command for the temperature} */
    public abstract Optional<Template> temperatureCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the temperature} */
    public abstract Optional<TopicName> temperatureCommandTopic();

    /** {@return the template that takes the temperature out of a message} */
    public abstract Optional<Template> temperatureStateTemplate();

    /** {@return the topic on which Home Assistant hears the temperature} */
    public abstract Optional<TopicFilter> temperatureStateTopic();

    /** {@return the unit of its temperatures} */
    public abstract Optional<TemperatureUnit> temperatureUnit();

    /** {@return the template that takes the state out of a message} */
    public abstract Optional<Template> valueTemplate();

    /** {@return whether commands of Home Assistant are retained; no unless given} */
    public abstract Optional<Boolean> retain();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.WATER_HEATER;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableWaterHeaterEntity.Builder {
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
