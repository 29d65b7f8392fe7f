package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The component {@code lock}, as <a href="https://www.home-assistant.io/integrations/lock.mqtt/">Home Assistant
 * documents it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class LockEntity extends Entity {

    LockEntity() {}

    /** {@return a builder; {@code commandTopic} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a regular expression that a code has to match} */
    public abstract Optional<String> codeFormat();

    /** {@return the template that makes the payload of a command} */
    public abstract Optional<Template> commandTemplate();

    /** {@return the topic to which Home Assistant publishes commands} */
    public abstract TopicName commandTopic();

    /**
     * {@return whether Home Assistant takes a command for done without hearing of it; unless given true when the state
     * topic is missing, else false}
     */
    public abstract Optional<Boolean> optimistic();

    /** {@return the payload that stands for lock; {@code LOCK} unless given} */
    public abstract Optional<String> payloadLock();

    /** {@return the payload that stands for open} */
    public abstract Optional<String> payloadOpen();

    /** {@return the payload that stands for reset; {@code None} unless given} */
    public abstract Optional<String> payloadReset();

    /** {@return the payload that stands for unlock; {@code UNLOCK} unless given} */
    public abstract Optional<String> payloadUnlock();

    /** {@return the payload of the state jammed; {@code JAMMED} unless given} */
    public abstract Optional<String> stateJammed();

    /** {@return the payload of the state locked; {@code LOCKED} unless given} */
    public abstract Optional<String> stateLocked();

    /** {@return the payload of the state locking; {@code LOCKING} unless given} */
    public abstract Optional<String> stateLocking();

    /** {@return the payload of the state open; {@code OPEN} unless given} */
    public abstract Optional<String> stateOpen();

    /** {@return the payload of the state opening; {@code OPENING} unless given} */
    public abstract Optional<String> stateOpening();

    /** {@return the topic on which Home Assistant hears the state} */
    public abstract Optional<TopicFilter> stateTopic();

    /** {@return the payload of the state unlocked; {@code UNLOCKED} unless given} */
    public abstract Optional<String> stateUnlocked();

    /** {@return the payload of the state unlocking; {@code UNLOCKING} unless given} */
    public abstract Optional<String> stateUnlocking();

    /** {@return the template that takes the state out of a message} */
    public abstract Optional<Template> valueTemplate();

    /** {@return whether commands of Home Assistant are retained; no unless given} */
    public abstract Optional<Boolean> retain();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.LOCK;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableLockEntity.Builder {
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
