package io.alicia.mqtt.broker.store;

import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.protocol.Will;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.UserProperty;
import org.jspecify.annotations.Nullable;

/** About how many bytes of memory what is to be stored takes until it is. */
final class StoredWeights {

    static final int OBJECTS = 128;
    private static final int USER_PROPERTY_OBJECTS = 128;

    private StoredWeights() {}

    static long ofMessage(StoredMessage message) {
        return OBJECTS
                + message.payload().length()
                + ofText(message.topic().value())
                + ofProperties(message.properties());
    }

    static long ofWill(@Nullable Will will) {
        return will == null
                ? 0
                : OBJECTS + will.payload().length() + ofText(will.topic().value()) + ofProperties(will.properties());
    }

    private static long ofProperties(PublishProperties properties) {
        BinaryData correlation = properties.correlationData();
        long bytes = ofText(properties.contentType())
                + ofText(properties.responseTopic())
                + (correlation == null ? 0 : correlation.length());
        for (UserProperty property : properties.userProperties()) {
            bytes += USER_PROPERTY_OBJECTS + ofText(property.name()) + ofText(property.value());
        }
        return bytes;
    }

    static long ofText(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
