package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.PayloadFormat;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.style.ValueStyle;
import java.util.ArrayList;
import java.util.List;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The properties that travel with an Application Message from its publisher to every subscriber (MQTT 5 §3.3.2.3). Topic
 * Alias and Subscription Identifiers belong to one connection and are fields of {@link Publish}.
 */
@Value.Immutable
@ValueStyle
public abstract class PublishProperties {

    /** None at all: every 3.1.1 message. */
    public static final PublishProperties NONE = builder().build();

    /** What the payload is, or null if the publisher did not say; forwarded unaltered [MQTT-3.3.2-4]. */
    public abstract @Nullable PayloadFormat payloadFormatIndicator();

    /** How long the message is worth delivering, in seconds as the publisher sent it, or null for ever. */
    public abstract @Nullable Long messageExpiryIntervalSeconds();

    /** A description of the content, commonly a MIME type, or null. */
    public abstract @Nullable String contentType();

    /** Where a response is to go, or null; a valid Topic Name [MQTT-3.3.2-14]. */
    public abstract @Nullable String responseTopic();

    /** Which request a response is for, or null. */
    public abstract @Nullable BinaryData correlationData();

    /** In their order [MQTT-3.3.2-17], [MQTT-3.3.2-18]. */
    public abstract List<UserProperty> userProperties();

    /**
     * The identifiers of what is present, in the order in which the publisher sent it; empty if that is the order of the
     * identifiers themselves. Without the Message Expiry Interval, which changes and so is always the last.
     */
    public abstract List<Integer> order();

    @Value.Check
    void check() {
        if (order().isEmpty()) {
            return;
        }
        List<Integer> present = new ArrayList<>();
        addIf(payloadFormatIndicator() != null, Property.PAYLOAD_FORMAT_INDICATOR, present);
        addIf(contentType() != null, Property.CONTENT_TYPE, present);
        addIf(responseTopic() != null, Property.RESPONSE_TOPIC, present);
        addIf(correlationData() != null, Property.CORRELATION_DATA, present);
        userProperties().forEach(userProperty -> addIf(true, Property.USER_PROPERTY, present));
        if (!present.equals(order().stream().sorted().toList())) {
            throw new IllegalArgumentException("the order is of " + order() + ", the properties are " + present);
        }
    }

    private static void addIf(boolean isPresent, Property property, List<Integer> present) {
        if (isPresent) {
            present.add(property.id());
        }
    }

    /** All absent. */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds {@link PublishProperties}; not safe for several threads. */
    public static final class Builder extends ImmutablePublishProperties.Builder {}
}
