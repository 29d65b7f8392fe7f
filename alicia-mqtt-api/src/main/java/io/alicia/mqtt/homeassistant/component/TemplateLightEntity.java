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
 * The component {@code light} with the schema {@code template}, as <a
 * href="https://www.home-assistant.io/integrations/light.mqtt/">Home Assistant documents it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class TemplateLightEntity extends Entity {

    TemplateLightEntity() {}

    /**
     * {@return a builder; {@code commandOffTemplate} and {@code commandOnTemplate} and {@code commandTopic} are
     * required}
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the template that takes the blue out of a message} */
    public abstract Optional<Template> blueTemplate();

    /** {@return the template that takes the brightness out of a message} */
    public abstract Optional<Template> brightnessTemplate();

    /** {@return whether colour temperatures are in kelvin instead of mireds; no unless given} */
    public abstract Optional<Boolean> colorTempKelvin();

    /** {@return the template that takes the colour temperature out of a message} */
    public abstract Optional<Template> colorTempTemplate();

    /** {@return the template that makes the command that turns it off} */
    public abstract Template commandOffTemplate();

    /** {@return the template that makes the command that turns it on or changes it} */
    public abstract Template commandOnTemplate();

    /** {@return the topic to which Home Assistant publishes commands} */
    public abstract TopicName commandTopic();

    /** {@return the effects that the light has; null if not given} */
    public abstract @Nullable List<String> effectList();

    /** {@return the template that takes the effect out of a message} */
    public abstract Optional<Template> effectTemplate();

    /** {@return the template that takes the green out of a message} */
    public abstract Optional<Template> greenTemplate();

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

    /** {@return the template that takes the red out of a message} */
    public abstract Optional<Template> redTemplate();

    /** {@return the template that takes the state out of a message} */
    public abstract Optional<Template> stateTemplate();

    /** {@return the topic on which Home Assistant hears the state} */
    public abstract Optional<TopicFilter> stateTopic();

    /** {@return whether commands of Home Assistant are retained; no unless given} */
    public abstract Optional<Boolean> retain();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.LIGHT_TEMPLATE;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableTemplateLightEntity.Builder {
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
