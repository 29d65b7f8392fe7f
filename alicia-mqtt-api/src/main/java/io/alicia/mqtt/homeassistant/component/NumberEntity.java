package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.Optional;
import java.util.OptionalDouble;
import org.immutables.value.Value;

/**
 * The component {@code number}, as <a href="https://www.home-assistant.io/integrations/number.mqtt/">Home Assistant
 * documents it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class NumberEntity extends Entity {

    NumberEntity() {}

    /** {@return a builder; {@code commandTopic} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the template that makes the payload of a command} */
    public abstract Optional<Template> commandTemplate();

    /** {@return the topic to which Home Assistant publishes commands} */
    public abstract TopicName commandTopic();

    /** {@return what it is about, which decides on icon, words and units} */
    public abstract Optional<NumberDeviceClass> deviceClass();

    /** {@return the largest value, or length of a text; {@code 100.0} unless given} */
    public abstract OptionalDouble max();

    /** {@return the smallest value, or length of a text; {@code 0.0} unless given} */
    public abstract OptionalDouble min();

    /** {@return how the value is entered in the user interface; {@code auto} unless given} */
    public abstract Optional<NumberMode> mode();

    /**
     * {@return whether Home Assistant takes a command for done without hearing of it; unless given true when the state
     * topic is missing, else false}
     */
    public abstract Optional<Boolean> optimistic();

    /** {@return the payload that stands for reset; {@code None} unless given} */
    public abstract Optional<String> payloadReset();

    /** {@return the topic on which Home Assistant hears the state} */
    public abstract Optional<TopicFilter> stateTopic();

    /** {@return the step between values, at least 0.001; {@code 1.0} unless given} */
    public abstract OptionalDouble step();

    /** {@return the unit of the state} */
    public abstract Optional<String> unitOfMeasurement();

    /** {@return the template that takes the state out of a message} */
    public abstract Optional<Template> valueTemplate();

    /** {@return whether commands of Home Assistant are retained; no unless given} */
    public abstract Optional<Boolean> retain();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.NUMBER;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableNumberEntity.Builder {
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
