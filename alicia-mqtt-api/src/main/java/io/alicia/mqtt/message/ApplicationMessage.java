package io.alicia.mqtt.message;

import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.PayloadFormat;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.style.ValueStyle;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * A message with its topic, delivery options and MQTT 5 properties, on its way to a server or from one (MQTT 5 §3.3).
 *
 * <pre>{@code
 * ApplicationMessage.builder()
 *         .topic(TopicName.of("garden/pump/mode"))
 *         .payload(BinaryData.ofUtf8("eco"))
 *         .retain(true)
 *         .build();
 * }</pre>
 *
 * <p>Immutable. Over 3.1.1 only topic, payload, QoS and retain travel; the other properties are dropped by the transport.
 * Its text form never shows the payload.
 */
@Value.Immutable
@ValueStyle
public abstract class ApplicationMessage {

    /** The largest Message Expiry Interval that the wire can carry, in seconds. */
    public static final long MAXIMUM_EXPIRY_SECONDS = 4_294_967_295L;

    ApplicationMessage() {}

    /** Nothing set but the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * With no other properties than those that describe the payload: what most messages are, without a builder for each.
     *
     * @param topic where it goes, or came from
     * @param payload the bytes
     * @param qos how hard to try
     * @param retain see {@link #retain()}
     * @param payloadFormat what the publisher says of the payload's bytes
     * @param contentType a description of the content, commonly a MIME type
     */
    public static ApplicationMessage of(
            TopicName topic,
            BinaryData payload,
            Qos qos,
            boolean retain,
            Optional<PayloadFormat> payloadFormat,
            Optional<String> contentType) {
        return ImmutableApplicationMessage.of(
                topic,
                payload,
                qos,
                retain,
                Optional.empty(),
                payloadFormat,
                contentType,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** Where it goes, or came from. */
    @Value.Parameter
    public abstract TopicName topic();

    /** The bytes; default none. */
    @Value.Parameter
    public abstract BinaryData payload();

    /** How hard to try; default {@link Qos#AT_LEAST_ONCE}. */
    @Value.Parameter
    public abstract Qos qos();

    /**
     * Outgoing: whether the server keeps it for later subscribers. Incoming: whether it was kept, that is, sent because of
     * a new subscription (MQTT 5 §3.3.1.3). Default false.
     */
    @Value.Parameter
    public abstract boolean retain();

    /**
     * After how long it is not worth delivering any more, in whole seconds up to {@link #MAXIMUM_EXPIRY_SECONDS}; a part of
     * a second that is given is rounded up, as none at all would be the end of the message.
     */
    @Value.Parameter
    public abstract Optional<Duration> messageExpiryInterval();

    /** What the publisher says of the payload's bytes. */
    @Value.Parameter
    public abstract Optional<PayloadFormat> payloadFormat();

    /** A description of the content, commonly a MIME type. */
    @Value.Parameter
    public abstract Optional<String> contentType();

    /** Where a response is expected (MQTT 5 §4.10). */
    @Value.Parameter
    public abstract Optional<TopicName> responseTopic();

    /** Which request a response belongs to (MQTT 5 §4.10). */
    @Value.Parameter
    public abstract Optional<BinaryData> correlationData();

    /** In their order; names may repeat. */
    @Value.Parameter
    public abstract List<UserProperty> userProperties();

    @Value.Check
    ApplicationMessage checked() {
        if (messageExpiryInterval().isEmpty()) {
            return this;
        }
        Duration interval = messageExpiryInterval().get();
        if (interval.isNegative() || interval.compareTo(Duration.ofSeconds(MAXIMUM_EXPIRY_SECONDS)) > 0) {
            throw new IllegalArgumentException("message expiry interval of " + interval + " for " + topic()
                    + ": expected 0 to " + MAXIMUM_EXPIRY_SECONDS + " seconds");
        }
        return interval.getNano() == 0
                ? this
                : toBuilder()
                        .messageExpiryInterval(Duration.ofSeconds(interval.getSeconds() + 1))
                        .build();
    }

    /** A builder that holds this message's values. */
    public final Builder toBuilder() {
        return builder().from(this);
    }

    /** Topic, size and delivery options; never the payload. */
    @Override
    public final String toString() {
        return topic() + " (" + payload() + ", " + qos() + (retain() ? ", retained)" : ")");
    }

    /** Builds an {@link ApplicationMessage}; not safe for several threads. */
    public static final class Builder extends ImmutableApplicationMessage.Builder {
        /** With the defaults, which generated code would have an object of its own for in each message. */
        Builder() {
            payload(BinaryData.EMPTY);
            qos(Qos.AT_LEAST_ONCE);
            retain(false);
        }
    }
}
