package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The component {@code lawn_mower}, as <a href="https://www.home-assistant.io/integrations/lawn_mower.mqtt/">Home
 * Assistant documents it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class LawnMowerEntity extends Entity {

    LawnMowerEntity() {}

    /** {@return a builder} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the topic on which Home Assistant hears the activity} */
    public abstract Optional<TopicFilter> activityStateTopic();

    /** {@return the template that takes the activity out of a message} */
    public abstract Optional<Template> activityValueTemplate();

    /** {@return the template that makes the payload of a command for the dock} */
    public abstract Optional<Template> dockCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the dock} */
    public abstract Optional<TopicName> dockCommandTopic();

    /** {@return whether Home Assistant takes a command for done without hearing of it; no unless given} */
    public abstract Optional<Boolean> optimistic();

    /** {@return the template that makes the payload of a command for the pause} */
    public abstract Optional<Template> pauseCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the pause} */
    public abstract Optional<TopicName> pauseCommandTopic();

    /** {@return the template that makes the payload of a command for the start mowing} */
    public abstract Optional<Template> startMowingCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the start mowing} */
    public abstract Optional<TopicName> startMowingCommandTopic();

    /** {@return whether commands of Home Assistant are retained; no unless given} */
    public abstract Optional<Boolean> retain();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.LAWN_MOWER;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableLawnMowerEntity.Builder {
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
