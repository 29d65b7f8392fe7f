package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The component {@code light} with the schema {@code json}, as <a
 * href="https://www.home-assistant.io/integrations/light.mqtt/">Home Assistant documents it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class JsonLightEntity extends Entity {

    JsonLightEntity() {}

    /** {@return a builder; {@code commandTopic} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return whether the light can be dimmed; no unless given} */
    public abstract Optional<Boolean> brightness();

    /** {@return the brightness value of full brightness; {@code 255} unless given} */
    public abstract OptionalInt brightnessScale();

    /** {@return whether colour temperatures are in kelvin instead of mireds; no unless given} */
    public abstract Optional<Boolean> colorTempKelvin();

    /** {@return the topic to which Home Assistant publishes commands} */
    public abstract TopicName commandTopic();

    /** {@return whether the light has effects; no unless given} */
    public abstract Optional<Boolean> effect();

    /** {@return the effects that the light has; null if not given} */
    public abstract @Nullable List<String> effectList();

    /** {@return whether the light can flash; yes unless given} */
    public abstract Optional<Boolean> flash();

    /** {@return how long a long flash lasts, in whole seconds; {@code 10} unless given} */
    public abstract Optional<Duration> flashTimeLong();

    /** {@return how long a short flash lasts, in whole seconds; {@code 2} unless given} */
    public abstract Optional<Duration> flashTimeShort();

    /** {@return the coldest colour temperature in kelvin; unless given 6535} */
    public abstract OptionalInt maxKelvin();

    /** {@return the warmest colour temperature in mireds} */
    public abstract OptionalInt maxMireds();

    /** {@return the warmest colour temperature in kelvin; unless given 2000} */
    public abstract OptionalInt minKelvin();

    /** {@return the coldest colour temperature in mireds} */
    public abstract OptionalInt minMireds();

    /**
     * {@return whether Home Assistant takes a command for done without hearing of it; unless given true when the state
     * topic is missing, else false}
     */
    public abstract Optional<Boolean> optimistic();

    /** {@return the topic on which Home Assistant hears the state} */
    public abstract Optional<TopicFilter> stateTopic();

    /** {@return the colour modes that the light has; null if not given} */
    public abstract @Nullable List<ColorMode> supportedColorModes();

    /** {@return whether the light can change gradually; yes unless given} */
    public abstract Optional<Boolean> transition();

    /** {@return the value of full white; {@code 255} unless given} */
    public abstract OptionalInt whiteScale();

    /** {@return whether commands of Home Assistant are retained; no unless given} */
    public abstract Optional<Boolean> retain();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.LIGHT_JSON;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableJsonLightEntity.Builder {
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
