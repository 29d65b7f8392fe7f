package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The component {@code tag}, which makes no entity, as <a
 * href="https://www.home-assistant.io/integrations/tag.mqtt/">Home Assistant documents it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class TagScanner extends Component {

    TagScanner() {}

    /** {@return a builder; {@code topic} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the topic on which messages arrive} */
    public abstract TopicFilter topic();

    /** {@return the template that takes the state out of a message} */
    public abstract Optional<Template> valueTemplate();

    /** {@return the device that the entity belongs to} */
    public abstract Optional<Device> device();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.TAG;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableTagScanner.Builder {
        Builder() {}
    }
}
