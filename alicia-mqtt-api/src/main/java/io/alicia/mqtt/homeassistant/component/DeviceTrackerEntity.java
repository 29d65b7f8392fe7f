package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The component {@code device_tracker}, as <a
 * href="https://www.home-assistant.io/integrations/device_tracker.mqtt/">Home Assistant documents it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class DeviceTrackerEntity extends Entity {

    DeviceTrackerEntity() {}

    /** {@return a builder} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the payload that stands for home; {@code home} unless given} */
    public abstract Optional<String> payloadHome();

    /** {@return the payload that stands for not home; {@code not_home} unless given} */
    public abstract Optional<String> payloadNotHome();

    /** {@return the payload that stands for reset; {@code None} unless given} */
    public abstract Optional<String> payloadReset();

    /** {@return how the position is found; {@code gps} unless given} */
    public abstract Optional<SourceType> sourceType();

    /** {@return the topic on which Home Assistant hears the state} */
    public abstract Optional<TopicFilter> stateTopic();

    /** {@return the template that takes the state out of a message} */
    public abstract Optional<Template> valueTemplate();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.DEVICE_TRACKER;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableDeviceTrackerEntity.Builder {
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
