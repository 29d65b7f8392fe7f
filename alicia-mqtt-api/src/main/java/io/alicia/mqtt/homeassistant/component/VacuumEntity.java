package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.topic.TopicName;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The component {@code vacuum}, as <a href="https://www.home-assistant.io/integrations/vacuum.mqtt/">Home Assistant
 * documents it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class VacuumEntity extends Entity {

    VacuumEntity() {}

    /** {@return a builder} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the template that makes the payload of a command for the clean segments (since 2026.4)} */
    public abstract Optional<Template> cleanSegmentsCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the clean segments (since 2026.4)} */
    public abstract Optional<TopicName> cleanSegmentsCommandTopic();

    /** {@return the topic to which Home Assistant publishes commands} */
    public abstract Optional<TopicName> commandTopic();

    /** {@return the fan speeds that it has; none unless given; null if not given} */
    public abstract @Nullable List<String> fanSpeedList();

    /** {@return the payload that stands for clean spot; {@code clean_spot} unless given} */
    public abstract Optional<String> payloadCleanSpot();

    /** {@return the payload that stands for locate; {@code locate} unless given} */
    public abstract Optional<String> payloadLocate();

    /** {@return the payload that stands for pause; {@code pause} unless given} */
    public abstract Optional<String> payloadPause();

    /** {@return the payload that stands for return to base; {@code return_to_base} unless given} */
    public abstract Optional<String> payloadReturnToBase();

    /** {@return the payload that stands for start; {@code start} unless given} */
    public abstract Optional<String> payloadStart();

    /** {@return the payload that stands for stop; {@code stop} unless given} */
    public abstract Optional<String> payloadStop();

    /** {@return the topic to which Home Assistant publishes commands for the send} */
    public abstract Optional<TopicName> sendCommandTopic();

    /** {@return the topic to which Home Assistant publishes the fan speed} */
    public abstract Optional<TopicName> setFanSpeedTopic();

    /** {@return the topic on which Home Assistant hears the state} */
    public abstract Optional<TopicName> stateTopic();

    /**
     * {@return what it can do; {@code start}, {@code stop}, {@code return_home}, {@code clean_spot} unless given; null
     * if not given}
     */
    public abstract @Nullable List<VacuumFeature> supportedFeatures();

    /** {@return whether commands of Home Assistant are retained; no unless given} */
    public abstract Optional<Boolean> retain();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.VACUUM;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableVacuumEntity.Builder {
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
