package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The component {@code device_automation}, which makes no entity, as <a
 * href="https://www.home-assistant.io/integrations/device_trigger.mqtt/">Home Assistant documents it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class DeviceTrigger extends Component {

    DeviceTrigger() {}

    /** {@return a builder; {@code subtype} and {@code topic} and {@code type} and {@code device} are required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the payload that triggers; any payload if it is not given} */
    public abstract Optional<String> payload();

    /** {@return what triggers, such as {@code button_1}} */
    public abstract String subtype();

    /** {@return the topic on which messages arrive} */
    public abstract Unchecked<TopicFilter> topic();

    /** {@return what happens, such as {@code button_short_press}} */
    public abstract String type();

    /** {@return the template that takes the state out of a message} */
    public abstract Optional<Unchecked<Template>> valueTemplate();

    /** {@return the device that the entity belongs to} */
    public abstract Device device();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.DEVICE_AUTOMATION;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableDeviceTrigger.Builder {
        Builder() {}

        /**
         * Gives the topic on which messages arrive.
         *
         * @param topic the topic
         * @return this builder
         */
        public Builder topic(TopicFilter topic) {
            return topic(Unchecked.of(topic));
        }

        /**
         * Gives the template that takes the state out of a message.
         *
         * @param valueTemplate the value template
         * @return this builder
         */
        public Builder valueTemplate(Template valueTemplate) {
            return valueTemplate(Unchecked.of(valueTemplate));
        }
    }
}
