package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.internal.mqtt.datatypes.MqttUtf8StringImpl;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Content Types as text and as they are on the wire: the next message most often has the one of the latest, and is spared another.
 * One for messages that arrive and one for those that leave; safe to share between threads.
 */
final class ContentTypes {

    /** {@code encoded} is never asked for its text: it would give its bytes away for it. */
    private record Known(Optional<String> text, MqttUtf8StringImpl encoded) {}

    private volatile @Nullable Known latest;

    Optional<String> textOf(MqttUtf8StringImpl contentType) {
        Known known = latest;
        if (known != null && contentType.equals(known.encoded)) {
            return known.text;
        }
        Optional<String> text = Optional.of(
                StandardCharsets.UTF_8.decode(contentType.toByteBuffer()).toString());
        latest = new Known(text, contentType);
        return text;
    }

    /** Refuses with an {@link IllegalArgumentException} what cannot go on the wire. */
    MqttUtf8StringImpl encoded(String contentType) {
        Known known = latest;
        if (known != null && contentType.equals(known.text.orElseThrow())) {
            return known.encoded;
        }
        MqttUtf8StringImpl encoded = MqttUtf8StringImpl.of(contentType, "Content type");
        latest = new Known(Optional.of(contentType), encoded);
        return encoded;
    }
}
