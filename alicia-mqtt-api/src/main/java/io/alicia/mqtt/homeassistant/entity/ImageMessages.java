package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.CameraEncoding;
import io.alicia.mqtt.homeassistant.component.CameraEntity;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.ImageEncoding;
import io.alicia.mqtt.homeassistant.component.ImageEntity;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.topic.TopicFilter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How images stand in messages, seen from either side: as they are, or as Base64 where the component's {@code image_encoding}
 * says so. An image that is named by its URL is a text like other states, see {@link EntityMessages}.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class ImageMessages {

    private static final Pattern NOT_BASE_64 = Pattern.compile("[^A-Za-z0-9+/=]");
    private static final int BASE_64_GROUP = 4;

    private final TopicFilter topic;
    private final boolean base64;

    private ImageMessages(TopicFilter topic, boolean base64) {
        this.topic = topic;
        this.base64 = base64;
    }

    /**
     * {@return the messages of a camera, or of an image with an {@code image_topic}; empty for every other component}
     *
     * @param component the component
     */
    public static Optional<ImageMessages> of(Component component) {
        if (component instanceof CameraEntity camera) {
            return Optional.of(new ImageMessages(
                    camera.topic(),
                    camera.imageEncoding().filter(CameraEncoding.B64::equals).isPresent()));
        }
        return component instanceof ImageEntity image
                ? image.imageTopic()
                        .map(topic -> new ImageMessages(
                                topic,
                                image.imageEncoding()
                                        .filter(ImageEncoding.B64::equals)
                                        .isPresent()))
                : Optional.empty();
    }

    /** {@return where images come} */
    public TopicFilter topic() {
        return topic;
    }

    /**
     * {@return the image in a message; that it is not known, with the reason, if it is not in Base64 and should be}
     *
     * @param payload what arrived
     */
    public EntityState read(BinaryData payload) {
        if (!base64) {
            return new EntityState.Bytes(payload);
        }
        // As Python decodes: what is not of the alphabet is passed over, but the padding has to be there.
        String text = NOT_BASE_64
                .matcher(new String(payload.toByteArray(), StandardCharsets.ISO_8859_1))
                .replaceAll("");
        try {
            if (text.length() % BASE_64_GROUP == 0) {
                return new EntityState.Bytes(BinaryData.wrap(Base64.getDecoder().decode(text)));
            }
        } catch (IllegalArgumentException e) {
            return notBase64(": " + e.getMessage());
        }
        return notBase64(": its padding is incorrect");
    }

    private static EntityState notBase64(String reason) {
        return new EntityState.Unknown(Optional.of("the image is not in Base64" + reason));
    }

    /**
     * {@return the payload that says an image}
     *
     * @param image the image
     */
    public BinaryData write(EntityState.Bytes image) {
        return base64 ? BinaryData.wrap(Base64.getEncoder().encode(image.bytes().toByteArray())) : image.bytes();
    }
}
