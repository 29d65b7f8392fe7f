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
 * The component {@code climate}, as <a href="https://www.home-assistant.io/integrations/climate.mqtt/">Home Assistant
 * documents it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class ClimateEntity extends Entity {

    ClimateEntity() {}

    /** {@return a builder} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the template that takes the action out of a message} */
    public abstract Optional<Template> actionTemplate();

    /** {@return the topic on which Home Assistant hears the action} */
    public abstract Optional<TopicFilter> actionTopic();

    /** {@return the template that takes the current humidity out of a message} */
    public abstract Optional<Template> currentHumidityTemplate();

    /** {@return the topic on which Home Assistant hears the current humidity} */
    public abstract Optional<TopicFilter> currentHumidityTopic();

    /** {@return the template that takes the current temperature out of a message} */
    public abstract Optional<Template> currentTemperatureTemplate();

    /** {@return the topic on which Home Assistant hears the current temperature} */
    public abstract Optional<TopicFilter> currentTemperatureTopic();

    /** {@return the template that makes the payload of a command for the fan mode} */
    public abstract Optional<Template> fanModeCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the fan mode} */
    public abstract Optional<TopicName> fanModeCommandTopic();

    /** {@return the template that takes the fan mode out of a message} */
    public abstract Optional<Template> fanModeStateTemplate();

    /** {@return the topic on which Home Assistant hears the fan mode} */
    public abstract Optional<TopicFilter> fanModeStateTopic();

    /**
     * {@return the fan modes that it has; {@code auto}, {@code low}, {@code medium}, {@code high} unless given; null if
     * not given}
     */
    public abstract @Nullable List<String> fanModes();

    /** {@return the target temperature before any is known; unless given 21 °C} */
    public abstract OptionalDouble initial();

    /** {@return the highest target humidity in %; {@code 99} unless given} */
    public abstract OptionalDouble maxHumidity();

    /** {@return the highest target temperature, in {@code temperature_unit}; unless given 35 °C} */
    public abstract OptionalDouble maxTemp();

    /** {@return the lowest target humidity in %; {@code 30} unless given} */
    public abstract OptionalDouble minHumidity();

    /** {@return the lowest target temperature, in {@code temperature_unit}; unless given 7 °C} */
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
     * {@return the modes that it has; {@code auto}, {@code off}, {@code cool}, {@code heat}, {@code dry}, {@code
     * fan_only} unless given; null if not given}
     */
    public abstract @Nullable List<HvacMode> modes();

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

    /** {@return the template that makes the payload of a command for the preset mode} */
    public abstract Optional<Template> presetModeCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the preset mode} */
    public abstract Optional<TopicName> presetModeCommandTopic();

    /** {@return the topic on which Home Assistant hears the preset mode} */
    public abstract Optional<TopicFilter> presetModeStateTopic();

    /** {@return the template that takes the preset mode out of a message} */
    public abstract Optional<Template> presetModeValueTemplate();

    /** {@return the presets that it has; none unless given; null if not given} */
    public abstract @Nullable List<String> presetModes();

    /** {@return the template that makes the payload of a command for the swing horizontal mode} */
    public abstract Optional<Template> swingHorizontalModeCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the swing horizontal mode} */
    public abstract Optional<TopicName> swingHorizontalModeCommandTopic();

    /** {@return the template that takes the swing horizontal mode out of a message} */
    public abstract Optional<Template> swingHorizontalModeStateTemplate();

    /** {@return the topic on which Home Assistant hears the swing horizontal mode} */
    public abstract Optional<TopicFilter> swingHorizontalModeStateTopic();

    /** {@return the horizontal swing modes that it has; {@code on}, {@code off} unless given; null if not given} */
    public abstract @Nullable List<String> swingHorizontalModes();

    /** {@return the template that makes the payload of a command for the swing mode} */
    public abstract Optional<Template> swingModeCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the swing mode} */
    public abstract Optional<TopicName> swingModeCommandTopic();

    /** {@return the template that takes the swing mode out of a message} */
    public abstract Optional<Template> swingModeStateTemplate();

    /** {@return the topic on which Home Assistant hears the swing mode} */
    public abstract Optional<TopicFilter> swingModeStateTopic();

    /** {@return the swing modes that it has; {@code on}, {@code off} unless given; null if not given} */
    public abstract @Nullable List<String> swingModes();

    /** {@return the template that makes the payload of a command for the target humidity} */
    public abstract Optional<Template> targetHumidityCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the target humidity} */
    public abstract Optional<TopicName> targetHumidityCommandTopic();

    /** {@return the template that takes the target humidity out of a message} */
    public abstract Optional<Template> targetHumidityStateTemplate();

    /** {@return the topic on which Home Assistant hears the target humidity} */
    public abstract Optional<TopicFilter> targetHumidityStateTopic();

    /** {@return the step between target temperatures; {@code 1.0} unless given} */
    public abstract OptionalDouble tempStep();

    /** {@return the template that makes the payload of a command for the temperature} */
    public abstract Optional<Template> temperatureCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the temperature} */
    public abstract Optional<TopicName> temperatureCommandTopic();

    /** {@return the template that makes the payload of a command for the temperature high} */
    public abstract Optional<Template> temperatureHighCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the temperature high} */
    public abstract Optional<TopicName> temperatureHighCommandTopic();

    /** {@return the template that takes the temperature high out of a message} */
    public abstract Optional<Template> temperatureHighStateTemplate();

    /** {@return the topic on which Home Assistant hears the temperature high} */
    public abstract Optional<TopicFilter> temperatureHighStateTopic();

    /** {@return the template that makes the payload of a command for the temperature low} */
    public abstract Optional<Template> temperatureLowCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the temperature low} */
    public abstract Optional<TopicName> temperatureLowCommandTopic();

    /** {@return the template that takes the temperature low out of a message} */
    public abstract Optional<Template> temperatureLowStateTemplate();

    /** {@return the topic on which Home Assistant hears the temperature low} */
    public abstract Optional<TopicFilter> temperatureLowStateTopic();

    /** {@return the template that takes the temperature out of a message} */
    public abstract Optional<Template> temperatureStateTemplate();

    /** {@return the topic on which Home Assistant hears the temperature} */
    public abstract Optional<TopicFilter> temperatureStateTopic();

    /** {@return the unit of its temperatures; unless given unit system of HA} */
    public abstract Optional<TemperatureUnit> temperatureUnit();

    /** {@return the template that takes the state out of a message} */
    public abstract Optional<Template> valueTemplate();

    /** {@return whether commands of Home Assistant are retained; no unless given} */
    public abstract Optional<Boolean> retain();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.CLIMATE;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableClimateEntity.Builder {
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
