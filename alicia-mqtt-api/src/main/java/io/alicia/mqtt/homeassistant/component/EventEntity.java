package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The component {@code event}, as <a href="https://www.home-assistant.io/integrations/event.mqtt/">Home Assistant
 * documents it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class EventEntity extends Entity {

    EventEntity() {}

    /** {@return a builder; {@code eventTypes} and {@code stateTopic} are required} */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder for what others announce, who may leave lists empty that are required. */
    static Builder reader() {
        Builder reader = new Builder();
        reader.strict = false;
        return reader;
    }

    /** {@return what it is about, which decides on icon, words and units} */
    public abstract Optional<EventDeviceClass> deviceClass();

    /** {@return the types that events can have} */
    public abstract List<String> eventTypes();

    /** {@return the topic on which Home Assistant hears the state} */
    public abstract TopicFilter stateTopic();

    /** {@return the template that takes the state out of a message} */
    public abstract Optional<Template> valueTemplate();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.EVENT;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableEventEntity.Builder {
        private boolean strict = true;

        Builder() {}

        @Override
        public EventEntity build() {
            EventEntity built = super.build();
            if (strict) {
                OptionRules.requireSome(built, "event_types", built.eventTypes());
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
