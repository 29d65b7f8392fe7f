package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * The component {@code cover}, as <a href="https://www.home-assistant.io/integrations/cover.mqtt/">Home Assistant
 * documents it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class CoverEntity extends Entity {

    CoverEntity() {}

    /** {@return a builder} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the topic to which Home Assistant publishes commands} */
    public abstract Optional<TopicName> commandTopic();

    /** {@return what it is about, which decides on icon, words and units} */
    public abstract Optional<CoverDeviceClass> deviceClass();

    /**
     * {@return whether Home Assistant takes a command for done without hearing of it; unless given true when the state
     * topic is missing, else false}
     */
    public abstract Optional<Boolean> optimistic();

    /** {@return the payload that stands for close; {@code CLOSE} unless given} */
    public abstract Optional<CommandPayload> payloadClose();

    /** {@return the payload that stands for open; {@code OPEN} unless given} */
    public abstract Optional<CommandPayload> payloadOpen();

    /** {@return the payload that stands for stop; {@code STOP} unless given} */
    public abstract Optional<CommandPayload> payloadStop();

    /** {@return the payload that stands for stop tilt; {@code STOP} unless given} */
    public abstract Optional<CommandPayload> payloadStopTilt();

    /** {@return the position that is closed; {@code 0} unless given} */
    public abstract OptionalInt positionClosed();

    /** {@return the position that is open; {@code 100} unless given} */
    public abstract OptionalInt positionOpen();

    /** {@return the template that takes the position out of a message} */
    public abstract Optional<Template> positionTemplate();

    /** {@return the topic on which Home Assistant hears the position} */
    public abstract Optional<TopicFilter> positionTopic();

    /** {@return the template that makes the payload of a position command} */
    public abstract Optional<Template> setPositionTemplate();

    /** {@return the topic to which Home Assistant publishes positions} */
    public abstract Optional<TopicName> setPositionTopic();

    /** {@return the payload of the state closed; {@code closed} unless given} */
    public abstract Optional<String> stateClosed();

    /** {@return the payload of the state closing; {@code closing} unless given} */
    public abstract Optional<String> stateClosing();

    /** {@return the payload of the state open; {@code open} unless given} */
    public abstract Optional<String> stateOpen();

    /** {@return the payload of the state opening; {@code opening} unless given} */
    public abstract Optional<String> stateOpening();

    /** {@return the payload of the state stopped; {@code stopped} unless given} */
    public abstract Optional<String> stateStopped();

    /** {@return the topic on which Home Assistant hears the state} */
    public abstract Optional<TopicFilter> stateTopic();

    /** {@return the tilt that is closed; {@code 0} unless given} */
    public abstract OptionalInt tiltClosedValue();

    /** {@return the template that makes the payload of a command for the tilt} */
    public abstract Optional<Template> tiltCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the tilt} */
    public abstract Optional<TopicName> tiltCommandTopic();

    /** {@return the largest tilt; {@code 100} unless given} */
    public abstract OptionalInt tiltMax();

    /** {@return the smallest tilt; {@code 0} unless given} */
    public abstract OptionalInt tiltMin();

    /** {@return the tilt that is open; {@code 100} unless given} */
    public abstract OptionalInt tiltOpenedValue();

    /**
     * {@return whether Home Assistant takes a tilt command for done without hearing of it; unless given true when
     * tilt_status_topic is missing}
     */
    public abstract Optional<Boolean> tiltOptimistic();

    /** {@return the template that takes the tilt status out of a message} */
    public abstract Optional<Template> tiltStatusTemplate();

    /** {@return the topic on which Home Assistant hears the tilt status} */
    public abstract Optional<TopicFilter> tiltStatusTopic();

    /** {@return the template that takes the state out of a message} */
    public abstract Optional<Template> valueTemplate();

    /** {@return whether commands of Home Assistant are retained; no unless given} */
    public abstract Optional<Boolean> retain();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.COVER;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableCoverEntity.Builder {
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
