package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.mqtt.datatypes.MqttUtf8String;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Content Types of messages that arrive: the next one most often has the one of the latest, and is spared a string of its own.
 * Confined to the transport's event loop.
 */
final class ContentTypes {

    /** As it came: the HiveMQ client compares bytes with bytes, and would lose them if it were asked for its text. */
    private @Nullable MqttUtf8String latest;

    private String text = "";

    String textOf(MqttUtf8String contentType) {
        if (!contentType.equals(latest)) {
            text = StandardCharsets.UTF_8.decode(contentType.toByteBuffer()).toString();
            latest = contentType;
        }
        return text;
    }
}
