package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * A topic on which Home Assistant hears whether an entity is available. Its messages should be retained, and one of them
 * be the will of the client.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class Availability {

    Availability() {}

    /** {@return a builder; {@code topic} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return availability by the payloads {@code online} and {@code offline}}
     *
     * @param topic where they are published
     */
    public static Availability of(TopicFilter topic) {
        return builder().topic(topic).build();
    }

    /** {@return where Home Assistant hears it} */
    public abstract TopicFilter topic();

    /** {@return the payload that means available; {@code online} unless given} */
    public abstract Optional<String> payloadAvailable();

    /** {@return the payload that means not available; {@code offline} unless given} */
    public abstract Optional<String> payloadNotAvailable();

    /** {@return the template that takes the payload out of a message} */
    public abstract Optional<Template> valueTemplate();

    /** Collects the options. */
    public static final class Builder extends ImmutableAvailability.Builder {
        Builder() {}
    }
}
