package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The component {@code fan}, as <a href="https://www.home-assistant.io/integrations/fan.mqtt/">Home Assistant documents
 * it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class FanEntity extends Entity {

    FanEntity() {}

    /** {@return a builder; {@code commandTopic} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the template that makes the payload of a command} */
    public abstract Optional<Template> commandTemplate();

    /** {@return the topic to which Home Assistant publishes commands} */
    public abstract TopicName commandTopic();

    /** {@return the template that makes the payload of a command for the direction} */
    public abstract Optional<Template> directionCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the direction} */
    public abstract Optional<TopicName> directionCommandTopic();

    /** {@return the topic on which Home Assistant hears the direction} */
    public abstract Optional<TopicFilter> directionStateTopic();

    /** {@return the template that takes the direction out of a message} */
    public abstract Optional<Template> directionValueTemplate();

    /**
     * {@return whether Home Assistant takes a command for done without hearing of it; unless given true when no state
     * topic is given}
     */
    public abstract Optional<Boolean> optimistic();

    /** {@return the template that makes the payload of a command for the oscillation} */
    public abstract Optional<Template> oscillationCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the oscillation} */
    public abstract Optional<TopicName> oscillationCommandTopic();

    /** {@return the topic on which Home Assistant hears the oscillation} */
    public abstract Optional<TopicFilter> oscillationStateTopic();

    /** {@return the template that takes the oscillation out of a message} */
    public abstract Optional<Template> oscillationValueTemplate();

    /** {@return the payload that stands for off; {@code OFF} unless given} */
    public abstract Optional<String> payloadOff();

    /** {@return the payload that stands for on; {@code ON} unless given} */
    public abstract Optional<String> payloadOn();

    /** {@return the payload that stands for oscillation off; {@code oscillate_off} unless given} */
    public abstract Optional<String> payloadOscillationOff();

    /** {@return the payload that stands for oscillation on; {@code oscillate_on} unless given} */
    public abstract Optional<String> payloadOscillationOn();

    /** {@return the payload that stands for reset percentage; {@code None} unless given} */
    public abstract Optional<String> payloadResetPercentage();

    /** {@return the payload that stands for reset preset mode; {@code None} unless given} */
    public abstract Optional<String> payloadResetPresetMode();

    /** {@return the template that makes the payload of a command for the percentage} */
    public abstract Optional<Template> percentageCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the percentage} */
    public abstract Optional<TopicName> percentageCommandTopic();

    /** {@return the topic on which Home Assistant hears the percentage} */
    public abstract Optional<TopicFilter> percentageStateTopic();

    /** {@return the template that takes the percentage out of a message} */
    public abstract Optional<Template> percentageValueTemplate();

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

    /** {@return the speed value of 100 %; {@code 100} unless given} */
    public abstract OptionalInt speedRangeMax();

    /** {@return the lowest speed value above off; {@code 1} unless given} */
    public abstract OptionalInt speedRangeMin();

    /** {@return the topic on which Home Assistant hears the state} */
    public abstract Optional<TopicFilter> stateTopic();

    /** {@return the template that takes the state out of a message} */
    public abstract Optional<Template> stateValueTemplate();

    /** {@return whether commands of Home Assistant are retained; no unless given} */
    public abstract Optional<Boolean> retain();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.FAN;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableFanEntity.Builder {
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
