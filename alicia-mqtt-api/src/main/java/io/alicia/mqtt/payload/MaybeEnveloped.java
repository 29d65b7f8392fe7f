package io.alicia.mqtt.payload;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A payload that came, or goes, with an {@link Envelope} or without: devices send the same things bare that services
 * wrap.
 *
 * <p>Immutable and safe to share between threads if its payload is.
 *
 * @param <T> the payload
 */
public final class MaybeEnveloped<T> {

    private final T payload;
    private final @Nullable Envelope<T> envelope;

    private MaybeEnveloped(T payload, @Nullable Envelope<T> envelope) {
        this.payload = payload;
        this.envelope = envelope;
    }

    /**
     * {@return a payload without envelope}
     *
     * @param <T> the payload
     * @param payload what is sent
     */
    public static <T> MaybeEnveloped<T> bare(T payload) {
        return new MaybeEnveloped<>(payload, null);
    }

    /**
     * {@return a payload in its envelope}
     *
     * @param <T> the payload
     * @param envelope what is sent
     */
    public static <T> MaybeEnveloped<T> in(Envelope<T> envelope) {
        return new MaybeEnveloped<>(envelope.payload(), envelope);
    }

    /** {@return the payload, out of its envelope if it has one} */
    public T payload() {
        return payload;
    }

    /** {@return the envelope, if there is one} */
    public Optional<Envelope<T>> envelope() {
        return Optional.ofNullable(envelope);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MaybeEnveloped<?> that
                && payload.equals(that.payload)
                && (envelope == null ? that.envelope == null : envelope.equals(that.envelope));
    }

    @Override
    public int hashCode() {
        return envelope != null ? envelope.hashCode() : payload.hashCode();
    }

    @Override
    public String toString() {
        return envelope != null ? envelope.toString() : payload.toString();
    }
}
