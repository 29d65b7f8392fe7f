package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.protocol.EncodedPublish;
import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.store.StoredMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * An Application Message inside the broker. It owns its bytes on the heap, one copy made when it came in: queues,
 * retained messages and all event loops share it without counting references.
 */
public final class Message {

    /** {@link #expiresAtMillis()} of a message that does not expire. */
    public static final long NEVER = Long.MAX_VALUE;

    private final TopicName topic;
    private final EncodedPublish encoded;
    private final int payloadBytes;
    private final long weightBytes;
    private final Qos qos;
    private final boolean retain;
    private final PublishProperties properties;
    private final long receivedAtMillis;
    private final long expiresAtMillis;
    private final @Nullable String publisher;
    private final @Nullable String publisherAccount;
    private final @Nullable String listener;
    /** Set before the message is shown to any other thread. */
    private long number;

    /**
     * A message.
     *
     * @param topic where to, with the publisher's mount point
     * @param payload the bytes; given away
     * @param qos as published
     * @param retain as published
     * @param properties what goes on to subscribers
     * @param receivedAtMillis when it came in, milliseconds of the epoch
     * @param publisher the publisher's Client Identifier, null if it is the broker itself
     * @param publisherAccount the publisher's account, null if it is anonymous
     * @param listener the name of the listener that it came by; null if none is known
     */
    public Message(
            TopicName topic,
            byte[] payload,
            Qos qos,
            boolean retain,
            PublishProperties properties,
            long receivedAtMillis,
            @Nullable String publisher,
            @Nullable String publisherAccount,
            @Nullable String listener) {
        this.topic = topic;
        // On the heap and never released: the garbage collector counts for us.
        this.encoded = EncodedPublish.of(topic, Unpooled.wrappedBuffer(payload), properties);
        this.payloadBytes = payload.length;
        this.qos = qos;
        this.retain = retain;
        this.properties = properties;
        this.receivedAtMillis = receivedAtMillis;
        Long expirySeconds = properties.messageExpiryIntervalSeconds();
        // No time at all is taken for none said, as Mosquitto takes it: nobody could be sure to get such a message.
        this.expiresAtMillis =
                expirySeconds == null || expirySeconds == 0 ? NEVER : receivedAtMillis + expirySeconds * 1000;
        this.publisher = publisher;
        this.publisherAccount = publisherAccount;
        this.listener = listener;
        this.weightBytes = payload.length
                + Weights.ofHead(encoded.headBytes(), properties)
                + Weights.ofName(publisher)
                + Weights.ofName(publisherAccount);
    }

    /** A message as the store kept it. */
    static Message restored(StoredMessage stored) {
        return new Message(
                stored.topic(),
                stored.payload().toByteArray(),
                stored.qos(),
                stored.retain(),
                stored.properties(),
                stored.receivedAtMillis(),
                stored.publisher(),
                stored.publisherAccount(),
                stored.listener());
    }

    /** As the store keeps it. */
    StoredMessage stored() {
        return new StoredMessage(
                topic,
                BinaryData.wrap(encoded.payload().nioBuffer()),
                qos,
                retain,
                properties,
                receivedAtMillis,
                publisher,
                publisherAccount,
                listener);
    }

    /** What the store knows it by, so that it is kept once however many sessions have it. */
    long number() {
        return number;
    }

    void number(long given) {
        number = given;
    }

    /** {@return where to, with the publisher's mount point} */
    public TopicName topic() {
        return topic;
    }

    /** {@return topic, properties and payload, ready for any number of subscribers} */
    EncodedPublish encoded() {
        return encoded;
    }

    /** {@return the length of the payload in bytes} */
    public int payloadBytes() {
        return payloadBytes;
    }

    /** About how much memory it takes: payload, topic, properties and the names of its publisher. */
    long weightBytes() {
        return weightBytes;
    }

    /** {@return a copy of the payload} */
    public byte[] payload() {
        return ByteBufUtil.getBytes(encoded.payload());
    }

    /** {@return the QoS that it was published with} */
    public Qos qos() {
        return qos;
    }

    /** {@return whether it was published to be retained} */
    public boolean retain() {
        return retain;
    }

    /** {@return what goes on to subscribers; the Message Expiry Interval as the publisher sent it} */
    public PublishProperties properties() {
        return properties;
    }

    /** {@return when it is no longer worth delivering, milliseconds of the epoch; {@link #NEVER} if always} */
    public long expiresAtMillis() {
        return expiresAtMillis;
    }

    /** {@return the publisher's Client Identifier, null if it is the broker itself} */
    public @Nullable String publisher() {
        return publisher;
    }

    /** {@return the publisher's account, null if it is anonymous} */
    public @Nullable String publisherAccount() {
        return publisherAccount;
    }

    /** The name of the listener that it came by, whose rules hold for its publisher; null if none is known. */
    @Nullable
    String listener() {
        return listener;
    }

    /** What tells it from every other message, also after both were read from the store. */
    record Identity(
            TopicName topic,
            long receivedAtMillis,
            @Nullable String publisher,
            ByteBuf payload) {}

    /** {@return what tells it from every other message} */
    Identity identity() {
        return new Identity(topic, receivedAtMillis, publisher, encoded.payload());
    }

    /** {@return whether it has a Message Expiry Interval other than 0} */
    boolean expires() {
        return expiresAtMillis != NEVER;
    }

    /** {@return whether it is no longer worth delivering}
     * @param nowMillis milliseconds of the epoch
     */
    public boolean isExpired(long nowMillis) {
        return nowMillis >= expiresAtMillis;
    }

    /** {@return what is left of its Message Expiry Interval in seconds [MQTT-3.3.2-6], null if it has none}
     * @param nowMillis milliseconds of the epoch
     */
    public @Nullable Long remainingExpirySeconds(long nowMillis) {
        return expiresAtMillis == NEVER
                ? properties().messageExpiryIntervalSeconds()
                : Long.valueOf(Math.max(0, expiresAtMillis - nowMillis + 999) / 1000);
    }
}
