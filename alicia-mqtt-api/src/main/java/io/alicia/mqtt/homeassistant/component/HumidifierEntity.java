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
 * The component {@code humidifier}, as <a href="https://www.home-assistant.io/integrations/humidifier.mqtt/">Home
 * Assistant documents it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class HumidifierEntity extends Entity {

    HumidifierEntity() {}

    /** {@return a builder; {@code commandTopic} and {@code targetHumidityCommandTopic} are required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the template that takes the action out of a message} */
    public abstract Optional<Template> actionTemplate();

    /** {@return the topic on which Home Assistant hears the action} */
    public abstract Optional<TopicFilter> actionTopic();

    /** {@return the template that makes the payload of a command} */
    public abstract Optional<Template> commandTemplate();

    /** {@return the topic to which Home Assistant publishes commands} */
    public abstract TopicName commandTopic();

    /** {@return the template that takes the current humidity out of a message} */
    public abstract Optional<Template> currentHumidityTemplate();

    /** {@return the topic on which Home Assistant hears the current humidity} */
    public abstract Optional<TopicFilter> currentHumidityTopic();

    /** {@return what it is about, which decides on icon, words and units; {@code humidifier} unless given} */
    public abstract Optional<HumidifierDeviceClass> deviceClass();

    /** {@return the highest target humidity in %; {@code 100} unless given} */
    public abstract OptionalDouble maxHumidity();

    /** {@return the lowest target humidity in %; {@code 0} unless given} */
    public abstract OptionalDouble minHumidity();

    /** {@return the template that makes the payload of a command for the mode} */
    public abstract Optional<Template> modeCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the mode} */
    public abstract Optional<TopicName> modeCommandTopic();

    /** {@return the template that takes the mode out of a message} */
    public abstract Optional<Template> modeStateTemplate();

    /** {@return the topic on which Home Assistant hears the mode} */
    public abstract Optional<TopicFilter> modeStateTopic();

    /** {@return the modes that it has; none unless given; null if not given} */
    public abstract @Nullable List<String> modes();

    /**
     * {@return whether Home Assistant takes a command for done without hearing of it; unless given true when the state
     * topic is missing, else false}
     */
    public abstract Optional<Boolean> optimistic();

    /** {@return the payload that stands for off; {@code OFF} unless given} */
    public abstract Optional<String> payloadOff();

    /** {@return the payload that stands for on; {@code ON} unless given} */
    public abstract Optional<String> payloadOn();

    /** {@return the payload that stands for reset humidity; {@code None} unless given} */
    public abstract Optional<String> payloadResetHumidity();

    /** {@return the payload that stands for reset mode; {@code None} unless given} */
    public abstract Optional<String> payloadResetMode();

    /** {@return the topic on which Home Assistant hears the state} */
    public abstract Optional<TopicFilter> stateTopic();

    /** {@return the template that takes the state out of a message} */
    public abstract Optional<Template> stateValueTemplate();

    /** {@return the template that makes the payload of a command for the target humidity} */
    public abstract Optional<Template> targetHumidityCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the target humidity} */
    public abstract TopicName targetHumidityCommandTopic();

    /** {@return the template that takes the target humidity out of a message} */
    public abstract Optional<Template> targetHumidityStateTemplate();

    /** {@return the topic on which Home Assistant hears the target humidity} */
    public abstract Optional<TopicFilter> targetHumidityStateTopic();

    /** {@return whether commands of Home Assistant are retained; no unless given} */
    public abstract Optional<Boolean> retain();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.HUMIDIFIER;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableHumidifierEntity.Builder {
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
