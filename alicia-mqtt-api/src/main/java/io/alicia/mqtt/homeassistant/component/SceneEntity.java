package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.topic.TopicName;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The component {@code scene}, as <a href="https://www.home-assistant.io/integrations/scene.mqtt/">Home Assistant
 * documents it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class SceneEntity extends Entity {

    SceneEntity() {}

    /** {@return a builder; {@code commandTopic} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the topic to which Home Assistant publishes commands} */
    public abstract TopicName commandTopic();

    /**
     * {@return the payload that stands for on; unless given documented as ON, but the 2026.4 code has no fallback:
     * always send it}
     */
    public abstract Optional<String> payloadOn();

    /** {@return whether commands of Home Assistant are retained; no unless given} */
    public abstract Optional<Boolean> retain();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.SCENE;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableSceneEntity.Builder {
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
