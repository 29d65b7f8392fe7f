package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The component {@code light} with the schema {@code basic}, as <a
 * href="https://www.home-assistant.io/integrations/light.mqtt/">Home Assistant documents it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class BasicLightEntity extends Entity {

    BasicLightEntity() {}

    /** {@return a builder; {@code commandTopic} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the template that makes the payload of a command for the brightness} */
    public abstract Optional<Template> brightnessCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the brightness} */
    public abstract Optional<TopicName> brightnessCommandTopic();

    /** {@return the brightness value of full brightness; {@code 255} unless given} */
    public abstract OptionalInt brightnessScale();

    /** {@return the topic on which Home Assistant hears the brightness} */
    public abstract Optional<TopicFilter> brightnessStateTopic();

    /** {@return the template that takes the brightness out of a message} */
    public abstract Optional<Template> brightnessValueTemplate();

    /** {@return the topic on which Home Assistant hears the colour mode} */
    public abstract Optional<TopicFilter> colorModeStateTopic();

    /** {@return the template that takes the colour mode out of a message} */
    public abstract Optional<Template> colorModeValueTemplate();

    /** {@return the template that makes the payload of a command for the colour temperature} */
    public abstract Optional<Template> colorTempCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the colour temperature} */
    public abstract Optional<TopicName> colorTempCommandTopic();

    /** {@return whether colour temperatures are in kelvin instead of mireds; no unless given} */
    public abstract Optional<Boolean> colorTempKelvin();

    /** {@return the topic on which Home Assistant hears the colour temperature} */
    public abstract Optional<TopicFilter> colorTempStateTopic();

    /** {@return the template that takes the colour temperature out of a message} */
    public abstract Optional<Template> colorTempValueTemplate();

    /** {@return the topic to which Home Assistant publishes commands} */
    public abstract TopicName commandTopic();

    /** {@return the template that makes the payload of a command for the effect} */
    public abstract Optional<Template> effectCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the effect} */
    public abstract Optional<TopicName> effectCommandTopic();

    /** {@return the effects that the light has; null if not given} */
    public abstract @Nullable List<String> effectList();

    /** {@return the topic on which Home Assistant hears the effect} */
    public abstract Optional<TopicFilter> effectStateTopic();

    /** {@return the template that takes the effect out of a message} */
    public abstract Optional<Template> effectValueTemplate();

    /** {@return the template that makes the payload of a command for the hue and saturation} */
    public abstract Optional<Template> hsCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the hue and saturation} */
    public abstract Optional<TopicName> hsCommandTopic();

    /** {@return the topic on which Home Assistant hears the hue and saturation} */
    public abstract Optional<TopicFilter> hsStateTopic();

    /** {@return the template that takes the hue and saturation out of a message} */
    public abstract Optional<Template> hsValueTemplate();

    /** {@return the coldest colour temperature in kelvin; unless given 6535} */
    public abstract OptionalInt maxKelvin();

    /** {@return the warmest colour temperature in mireds} */
    public abstract OptionalInt maxMireds();

    /** {@return the warmest colour temperature in kelvin; unless given 2000} */
    public abstract OptionalInt minKelvin();

    /** {@return the coldest colour temperature in mireds} */
    public abstract OptionalInt minMireds();

    /** {@return what is sent first when the light is turned on; {@code last} unless given} */
    public abstract Optional<OnCommandType> onCommandType();

    /**
     * {@return whether Home Assistant takes a command for done without hearing of it; unless given true when the state
     * topic is missing, else false}
     */
    public abstract Optional<Boolean> optimistic();

    /** {@return the payload that stands for off; {@code OFF} unless given} */
    public abstract Optional<String> payloadOff();

    /** {@return the payload that stands for on; {@code ON} unless given} */
    public abstract Optional<String> payloadOn();

    /** {@return the template that makes the payload of a command for the colour in rgb} */
    public abstract Optional<Template> rgbCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the colour in rgb} */
    public abstract Optional<TopicName> rgbCommandTopic();

    /** {@return the topic on which Home Assistant hears the colour in rgb} */
    public abstract Optional<TopicFilter> rgbStateTopic();

    /** {@return the template that takes the colour in rgb out of a message} */
    public abstract Optional<Template> rgbValueTemplate();

    /** {@return the template that makes the payload of a command for the colour in rgbw} */
    public abstract Optional<Template> rgbwCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the colour in rgbw} */
    public abstract Optional<TopicName> rgbwCommandTopic();

    /** {@return the topic on which Home Assistant hears the colour in rgbw} */
    public abstract Optional<TopicFilter> rgbwStateTopic();

    /** {@return the template that takes the colour in rgbw out of a message} */
    public abstract Optional<Template> rgbwValueTemplate();

    /** {@return the template that makes the payload of a command for the colour in rgbww} */
    public abstract Optional<Template> rgbwwCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the colour in rgbww} */
    public abstract Optional<TopicName> rgbwwCommandTopic();

    /** {@return the topic on which Home Assistant hears the colour in rgbww} */
    public abstract Optional<TopicFilter> rgbwwStateTopic();

    /** {@return the template that takes the colour in rgbww out of a message} */
    public abstract Optional<Template> rgbwwValueTemplate();

    /** {@return the topic on which Home Assistant hears the state} */
    public abstract Optional<TopicFilter> stateTopic();

    /** {@return the template that takes the state out of a message} */
    public abstract Optional<Template> stateValueTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the white} */
    public abstract Optional<TopicName> whiteCommandTopic();

    /** {@return the value of full white; {@code 255} unless given} */
    public abstract OptionalInt whiteScale();

    /** {@return the template that makes the payload of a command for the colour in x and y} */
    public abstract Optional<Template> xyCommandTemplate();

    /** {@return the topic to which Home Assistant publishes commands for the colour in x and y} */
    public abstract Optional<TopicName> xyCommandTopic();

    /** {@return the topic on which Home Assistant hears the colour in x and y} */
    public abstract Optional<TopicFilter> xyStateTopic();

    /** {@return the template that takes the colour in x and y out of a message} */
    public abstract Optional<Template> xyValueTemplate();

    /** {@return whether commands of Home Assistant are retained; no unless given} */
    public abstract Optional<Boolean> retain();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.LIGHT_DEFAULT;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableBasicLightEntity.Builder {
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
