package io.alicia.mqtt.payload;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * What every service on the house's bus wraps its messages in: who sent what to whom, and when.
 *
 * <p>Some services wrap twice. Reading unwraps to the innermost payload and keeps the outermost envelope's values. What every
 * service sends is required, {@code message_id}, {@code timestamp}, {@code source} and {@code payload}: an envelope without one of
 * them is refused with its name, since no value of ours would be true. A script that has none of these sends the payload bare.
 *
 * <p>Immutable and safe to share between threads if its payload is.
 *
 * @param <T> what it holds
 */
@PayloadStyle
@Value.Immutable
public abstract class Envelope<T> implements JsonPayload {

    /** How long a message without {@code ttl} is of use: 300 s. */
    public static final Duration DEFAULT_TTL = Duration.ofMinutes(5);

    Envelope() {}

    /**
     * {@return a builder; {@code messageId}, {@code timestamp}, {@code source} and {@code payload} are required}
     *
     * @param <T> what the envelope holds
     */
    public static <T> Builder<T> builder() {
        return new Builder<>();
    }

    /**
     * {@return an envelope as the house's services send it: to everybody, with normal priority, of use for {@link
     * #DEFAULT_TTL}, not forwarded yet}
     *
     * @param <T> what the envelope holds
     * @param messageId a UUID or free text that nothing else is called by
     * @param timestamp when it is sent
     * @param source the service that sends it
     * @param type what kind of message it is
     * @param payload what it holds
     */
    public static <T> Envelope<T> of(String messageId, Instant timestamp, String source, MessageType type, T payload) {
        return Envelope.<T>builder()
                .messageId(messageId)
                .timestamp(timestamp)
                .source(source)
                .destination(Destination.BROADCAST)
                .messageType(type)
                .priority(Priority.NORMAL)
                .ttl(DEFAULT_TTL)
                .payload(payload)
                .routing(Routing.START)
                .build();
    }

    /** {@return a builder with this envelope's values} */
    public Builder<T> toBuilder() {
        return new Builder<T>().from(this);
    }

    /** {@return what the message is called: a UUID or free text} */
    public abstract String messageId();

    /** {@return when it was sent} */
    public abstract Instant timestamp();

    /** {@return the service that sent it} */
    public abstract String source();

    /** {@return whom it is for} */
    public abstract Optional<Destination> destination();

    /** {@return what kind of message it is} */
    public abstract Optional<MessageType> messageType();

    /** {@return how urgent it is} */
    public abstract Optional<Priority> priority();

    /** {@return how long it is of use, at least 0; MQTT 5's Message Expiry Interval is made of it} */
    public abstract Optional<Duration> ttl();

    /** {@return what it holds} */
    public abstract T payload();

    /** {@return how far it has come} */
    public abstract Optional<Routing> routing();

    @Override
    public abstract Map<String, JsonValue> additional();

    /** {@return {@link #ttl()}, or {@link #DEFAULT_TTL} where it says nothing} */
    public Duration ttlOrDefault() {
        return ttl().orElse(DEFAULT_TTL);
    }

    /** {@return whether it may be forwarded: its hops have not reached their maximum} */
    public boolean mayBeForwarded() {
        return routing().map(Routing::mayBeForwarded).orElse(true);
    }

    @Value.Check
    void check() {
        Ranges.notNegative("ttl", ttl());
    }

    /**
     * Collects the values of an envelope. {@code build} refuses values out of their range.
     *
     * @param <T> what the envelope holds
     */
    public static final class Builder<T> extends ImmutableEnvelope.Builder<T> {
        Builder() {}
    }
}
