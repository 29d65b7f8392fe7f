package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The component {@code image}, as <a href="https://www.home-assistant.io/integrations/image.mqtt/">Home Assistant
 * documents it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class ImageEntity extends Entity {

    ImageEntity() {}

    /** {@return a builder} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the media type of the images; unless given image/jpeg when image_topic is used} */
    public abstract Optional<String> contentType();

    /** {@return how images are encoded in messages} */
    public abstract Optional<ImageEncoding> imageEncoding();

    /** {@return the topic on which images arrive} */
    public abstract Optional<TopicFilter> imageTopic();

    /** {@return the template that takes the url out of a message} */
    public abstract Optional<Template> urlTemplate();

    /** {@return the topic on which Home Assistant hears the url} */
    public abstract Optional<TopicFilter> urlTopic();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.IMAGE;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableImageEntity.Builder {
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
