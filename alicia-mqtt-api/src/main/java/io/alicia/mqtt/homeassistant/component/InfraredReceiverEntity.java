package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The component {@code infrared} with the schema {@code receiver}, as <a
 * href="https://www.home-assistant.io/integrations/infrared.mqtt/">Home Assistant documents it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class InfraredReceiverEntity extends Entity {

    InfraredReceiverEntity() {}

    /** {@return a builder; {@code stateTopic} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the topic on which Home Assistant hears the state} */
    public abstract TopicFilter stateTopic();

    /** {@return the template that takes the state out of a message} */
    public abstract Optional<Template> valueTemplate();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.INFRARED_RECEIVER;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableInfraredReceiverEntity.Builder {
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
