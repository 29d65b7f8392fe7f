package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The component {@code select}, as <a href="https://www.home-assistant.io/integrations/select.mqtt/">Home Assistant
 * documents it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class SelectEntity extends Entity {

    SelectEntity() {}

    /** {@return a builder; {@code commandTopic} and {@code options} are required} */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder for what others announce, who may leave lists empty that are required. */
    static Builder reader() {
        Builder reader = new Builder();
        reader.strict = false;
        return reader;
    }

    /** {@return the template that makes the payload of a command} */
    public abstract Optional<Template> commandTemplate();

    /** {@return the topic to which Home Assistant publishes commands} */
    public abstract TopicName commandTopic();

    /**
     * {@return whether Home Assistant takes a command for done without hearing of it; unless given true when the state
     * topic is missing, else false}
     */
    public abstract Optional<Boolean> optimistic();

    /** {@return the values that the state can have} */
    public abstract List<String> options();

    /** {@return the topic on which Home Assistant hears the state} */
    public abstract Optional<TopicFilter> stateTopic();

    /** {@return the template that takes the state out of a message} */
    public abstract Optional<Template> valueTemplate();

    /** {@return whether commands of Home Assistant are retained; no unless given} */
    public abstract Optional<Boolean> retain();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.SELECT;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableSelectEntity.Builder {
        private boolean strict = true;

        Builder() {}

        @Override
        public SelectEntity build() {
            SelectEntity built = super.build();
            if (strict) {
                OptionRules.requireSome(built, "options", built.options());
            }
            return built;
        }

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
