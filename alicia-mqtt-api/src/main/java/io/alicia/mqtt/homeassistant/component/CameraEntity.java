package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.topic.TopicFilter;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The component {@code camera}, as <a href="https://www.home-assistant.io/integrations/camera.mqtt/">Home Assistant
 * documents it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class CameraEntity extends Entity {

    CameraEntity() {}

    /** {@return a builder; {@code topic} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return how images are encoded in messages} */
    public abstract Optional<CameraEncoding> imageEncoding();

    /** {@return the topic on which messages arrive} */
    public abstract TopicFilter topic();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.CAMERA;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableCameraEntity.Builder {
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
