package io.alicia.mqtt.client;

import io.alicia.mqtt.codec.AliciaMessage;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.codec.PayloadException;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.payload.Envelope;
import io.alicia.mqtt.payload.MaybeEnveloped;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.PayloadFormat;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicTemplate;
import java.time.Duration;
import java.util.Optional;

/**
 * How a {@link TopicClient} uses its topics.
 *
 * @param template the Topic Names
 * @param codec reads and writes payloads
 * @param qos to publish and subscribe with
 * @param retained whether the server keeps what is published
 * @param expiry the Message Expiry Interval of what is published
 * @param deadline by when a publish has its result
 * @param shareName of shared subscriptions
 * @param ofTheHouse whether it is a row of the house's topics, where a device in the topic is the one that the payload is of
 */
record TopicUse<T, P>(
        TopicTemplate<T> template,
        PayloadCodec<P> codec,
        Qos qos,
        boolean retained,
        Optional<Duration> expiry,
        Optional<Duration> deadline,
        Optional<String> shareName,
        boolean ofTheHouse) {

    private static final Optional<PayloadFormat> TEXT = Optional.of(PayloadFormat.UTF_8);

    private TopicUse(TopicTemplate<T> template, PayloadCodec<P> codec, Qos qos, boolean retained, boolean ofTheHouse) {
        this(template, codec, qos, retained, Optional.empty(), Optional.empty(), Optional.empty(), ofTheHouse);
    }

    /** As the house uses one of its rows. */
    static <T, P> TopicUse<T, P> of(AliciaMessage<T, P> message) {
        return new TopicUse<>(
                message.topic().template(),
                message.codec(),
                message.topic().qos(),
                message.topic().retained(),
                true);
    }

    /** As a topic of one's own begins. */
    static <T, P> TopicUse<T, P> of(TopicTemplate<T> template, PayloadCodec<P> codec) {
        return new TopicUse<>(template, codec, Qos.AT_LEAST_ONCE, false, false);
    }

    TopicUse<T, P> withQos(Qos other) {
        return new TopicUse<>(template, codec, other, retained, expiry, deadline, shareName, ofTheHouse);
    }

    TopicUse<T, P> withRetained(boolean other) {
        return new TopicUse<>(template, codec, qos, other, expiry, deadline, shareName, ofTheHouse);
    }

    TopicUse<T, P> withExpiry(Duration other) {
        Limits.notNegative("message expiry interval", other);
        return new TopicUse<>(template, codec, qos, retained, Optional.of(other), deadline, shareName, ofTheHouse);
    }

    TopicUse<T, P> withDeadline(Duration other) {
        Limits.positive("publish deadline", other);
        return new TopicUse<>(template, codec, qos, retained, expiry, Optional.of(other), shareName, ofTheHouse);
    }

    TopicUse<T, P> withShareName(String other) {
        TopicUse<T, P> shared =
                new TopicUse<>(template, codec, qos, retained, expiry, deadline, Optional.of(other), ofTheHouse);
        if (!shared.shared(template.filter()).shareName().equals(Optional.of(other))) {
            throw new IllegalArgumentException(
                    "share name \"" + other + "\": expected one level of a topic [MQTT-4.8.2-2]");
        }
        return shared;
    }

    /** {@code filter} as it is subscribed to. */
    TopicFilter shared(TopicFilter filter) {
        return shareName
                .map(name -> TopicFilter.of("$share/" + name + "/" + filter.value()))
                .orElse(filter);
    }

    /** The message that carries {@code payload}; an envelope's {@code ttl} becomes its Message Expiry Interval. */
    ApplicationMessage message(T levels, P payload) {
        ApplicationMessage message = ApplicationMessage.of(
                template.name(levels),
                BinaryData.wrap(encoded(payload)),
                qos,
                retained,
                codec.isText() ? TEXT : Optional.empty(),
                Optional.of(codec.contentType()));
        Optional<Duration> expires = expiry.isPresent() || retained ? expiry : timeToLive(payload);
        return expires.isEmpty()
                ? message
                : message.toBuilder().messageExpiryInterval(expires).build();
    }

    /** A codec of the user's own may give what it must not. */
    private byte[] encoded(P payload) {
        byte[] encoded = codec.encode(payload);
        if (encoded == null) {
            throw new IllegalArgumentException(gaveNull("no payload for the value"));
        }
        return encoded;
    }

    /**
     * What the payload of {@code message} says.
     *
     * @throws PayloadException if it cannot be read
     */
    P value(ApplicationMessage message) {
        P value = codec.decode(message.payload().toByteArray());
        if (value == null) {
            throw new PayloadException(gaveNull("no value for the payload"));
        }
        return value;
    }

    private String gaveNull(String lacking) {
        return "the codec " + codec.getClass().getName() + " of " + template + " has " + lacking + ": it gave null";
    }

    /** The message that removes the retained one. */
    ApplicationMessage removal(T levels) {
        return ApplicationMessage.builder()
                .topic(template.name(levels))
                .payload(BinaryData.EMPTY)
                .qos(qos)
                .retain(true)
                .build();
    }

    private static Optional<Duration> timeToLive(Object payload) {
        if (payload instanceof Envelope<?> envelope) {
            return Optional.of(envelope.ttlOrDefault());
        }
        return payload instanceof MaybeEnveloped<?> maybe
                ? maybe.envelope().map(Envelope::ttlOrDefault)
                : Optional.empty();
    }
}
