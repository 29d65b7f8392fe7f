package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * The component {@code valve}, as <a href="https://www.home-assistant.io/integrations/valve.mqtt/">Home Assistant
 * documents it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class ValveEntity extends Entity {

    ValveEntity() {}

    /** {@return a builder} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the template that makes the payload of a command} */
    public abstract Optional<Template> commandTemplate();

    /** {@return the topic to which Home Assistant publishes commands} */
    public abstract Optional<TopicName> commandTopic();

    /** {@return what it is about, which decides on icon, words and units} */
    public abstract Optional<ValveDeviceClass> deviceClass();

    /**
     * {@return whether Home Assistant takes a command for done without hearing of it; unless given true when the state
     * topic is missing, else false}
     */
    public abstract Optional<Boolean> optimistic();

    /** {@return the payload that stands for close; unless given CLOSE unless reports_position} */
    public abstract Optional<CommandPayload> payloadClose();

    /** {@return the payload that stands for open; unless given OPEN unless reports_position} */
    public abstract Optional<CommandPayload> payloadOpen();

    /** {@return the payload that stands for stop} */
    public abstract Optional<CommandPayload> payloadStop();

    /** {@return the position that is closed; {@code 0} unless given} */
    public abstract OptionalInt positionClosed();

    /** {@return the position that is open; {@code 100} unless given} */
    public abstract OptionalInt positionOpen();

    /** {@return whether positions and not states are reported; no unless given} */
    public abstract Optional<Boolean> reportsPosition();

    /** {@return the payload of the state closed; unless given closed unless reports_position} */
    public abstract Optional<String> stateClosed();

    /** {@return the payload of the state closing; {@code closing} unless given} */
    public abstract Optional<String> stateClosing();

    /** {@return the payload of the state open; unless given open unless reports_position} */
    public abstract Optional<String> stateOpen();

    /** {@return the payload of the state opening; {@code opening} unless given} */
    public abstract Optional<String> stateOpening();

    /** {@return the topic on which Home Assistant hears the state} */
    public abstract Optional<TopicFilter> stateTopic();

    /** {@return the template that takes the state out of a message} */
    public abstract Optional<Template> valueTemplate();

    /** {@return whether commands of Home Assistant are retained; no unless given} */
    public abstract Optional<Boolean> retain();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.VALVE;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableValveEntity.Builder {
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
