package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.AbstractReferenceCounted;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * An Application Message made ready once for all its subscribers. Topic, properties and payload are encoded when the
 * first subscriber needs them; for each further one remain a copy of a few bytes, or nothing at all:
 *
 * <ul>
 *   <li>QoS 0 without Subscription Identifiers and alias: all subscribers of a version share one buffer
 *   <li>otherwise a header of its own; a payload of more than {@value #SHARED_PAYLOAD_BYTES} bytes is still shared, a
 *       smaller one is cheaper to copy than to gather
 * </ul>
 *
 * <p>A small payload is copied to the heap, so that a waiting message holds no network buffer. Counts references like
 * any buffer: {@link #of} gives the caller one, each keeper retains its own. Safe to share between event loops.
 */
public final class EncodedPublish extends AbstractReferenceCounted {

    /** Payloads up to this size are copied into each packet, larger ones shared. */
    public static final int SHARED_PAYLOAD_BYTES = 1_024;

    private static final byte[] NO_TOPIC = new byte[0];
    private static final int FIRST_BYTE = PacketType.PUBLISH.code() << 4;
    private static final int RETAIN = 0x01;
    private static final int DUP = 0x08;

    private final @Nullable TopicName topic;
    private final byte[] topicBytes;
    private final ByteBuf payload;
    private final PublishProperties properties;
    private final byte[] messageProperties;

    /** The shared QoS 0 packets, at {@link #slot}; each owns a reference of its buffer. */
    private final AtomicReferenceArray<@Nullable SharedPacket> shared = new AtomicReferenceArray<>(4);

    private EncodedPublish(@Nullable TopicName topic, ByteBuf payload, PublishProperties properties) {
        this.topic = topic;
        this.topicBytes = topic == null ? NO_TOPIC : topic.value().getBytes(StandardCharsets.UTF_8);
        this.payload = payload;
        this.properties = properties;
        this.messageProperties = properties == PublishProperties.NONE
                ? NO_TOPIC
                : new PropertyWriter().message(properties).toByteArray();
    }

    /** A QoS 0 packet and the one thing in it that changes with time. */
    private record SharedPacket(ByteBuf bytes, @Nullable Long messageExpiryIntervalSeconds) {}

    /**
     * Makes a message ready. The caller keeps its own reference of {@code payload} and must not write to it any more.
     *
     * @param topic the Topic Name; null only where every delivery has an alias in its place
     * @param payload the bytes between its indices, which stay as they are
     * @param properties what all subscribers get
     */
    public static EncodedPublish of(@Nullable TopicName topic, ByteBuf payload, PublishProperties properties) {
        if (payload.readableBytes() > SHARED_PAYLOAD_BYTES) {
            return new EncodedPublish(topic, payload.retainedSlice(), properties);
        }
        byte[] bytes = new byte[payload.readableBytes()];
        payload.getBytes(payload.readerIndex(), bytes);
        return new EncodedPublish(topic, Unpooled.wrappedBuffer(bytes), properties);
    }

    /** The Topic Name, or null if there is none. */
    public @Nullable TopicName topic() {
        return topic;
    }

    /** The bytes of topic and properties, without the payload. */
    public int headBytes() {
        return topicBytes.length + messageProperties.length;
    }

    /** What all subscribers get, the Message Expiry Interval as it was received. */
    public PublishProperties properties() {
        return properties;
    }

    /** The payload for reading, without a reference: valid as long as the caller holds this. */
    public ByteBuf payload() {
        return payload.duplicate();
    }

    /** The bytes of the payload. */
    public int payloadBytes() {
        return payload.readableBytes();
    }

    /** The size of the packet in bytes, fixed header included, to be compared with a Maximum Packet Size. */
    public int size(Delivery delivery) {
        int length = remainingLength(delivery);
        return 1 + VariableByteInteger.size(length) + length;
    }

    /** The packet for one subscriber, owned by the caller. */
    public ByteBuf encode(Delivery delivery, ByteBufAllocator allocator) {
        if (isShareable(delivery)) {
            ByteBuf packet = sharedPacket(delivery, allocator);
            if (packet != null) {
                return packet;
            }
        }
        return encodeOwn(delivery, allocator);
    }

    /** Appends the whole packet, payload included, to {@code out}: for whoever gathers many small packets. */
    public void writeTo(Delivery delivery, ByteBuf out) {
        out.ensureWritable(size(delivery));
        writeHead(delivery, out);
        out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    }

    /**
     * Appends the packet without its payload to {@code out}: for whoever sends {@link #payload()} behind it without
     * copying it once more.
     */
    public void writeHeadTo(Delivery delivery, ByteBuf out) {
        out.ensureWritable(size(delivery) - payload.readableBytes());
        writeHead(delivery, out);
    }

    private ByteBuf encodeOwn(Delivery delivery, ByteBufAllocator allocator) {
        int payloadLength = payload.readableBytes();
        if (payloadLength <= SHARED_PAYLOAD_BYTES) {
            ByteBuf packet = allocator.buffer(size(delivery));
            writeTo(delivery, packet);
            return packet;
        }
        ByteBuf head = allocator.buffer(size(delivery) - payloadLength);
        writeHead(delivery, head);
        return allocator.compositeBuffer(2).addComponents(true, head, payload.retainedDuplicate());
    }

    private static boolean isShareable(Delivery delivery) {
        return delivery.qos() == Qos.AT_MOST_ONCE
                && delivery.topicAlias() == 0
                && (delivery.subscriptionIdentifiers().isEmpty() || delivery.version() != MqttVersion.MQTT_5);
    }

    /** The packet that others get as well; null if others get one that has more time left. */
    private @Nullable ByteBuf sharedPacket(Delivery delivery, ByteBufAllocator allocator) {
        int slot = slot(delivery);
        SharedPacket packet = shared.get(slot);
        if (packet == null) {
            packet = new SharedPacket(encodeOwn(delivery, allocator), delivery.messageExpiryIntervalSeconds());
            SharedPacket earlier = shared.compareAndExchange(slot, null, packet);
            if (earlier != null) {
                packet.bytes.release();
                packet = earlier;
            }
        }
        boolean sameTimeLeft = delivery.version() != MqttVersion.MQTT_5
                || Objects.equals(packet.messageExpiryIntervalSeconds, delivery.messageExpiryIntervalSeconds());
        return sameTimeLeft ? packet.bytes.retainedDuplicate() : null;
    }

    private static int slot(Delivery delivery) {
        return (delivery.version() == MqttVersion.MQTT_5 ? 2 : 0) | (delivery.retain() ? 1 : 0);
    }

    private void writeHead(Delivery delivery, ByteBuf out) {
        out.writeByte(FIRST_BYTE
                | (delivery.qos().level() << 1)
                | (delivery.retain() ? RETAIN : 0)
                | (delivery.dup() ? DUP : 0));
        VariableByteInteger.write(out, remainingLength(delivery));
        byte[] name = topicOf(delivery);
        out.writeShort(name.length).writeBytes(name);
        if (delivery.qos() != Qos.AT_MOST_ONCE) {
            out.writeShort(delivery.packetIdentifier());
        }
        if (delivery.version() == MqttVersion.MQTT_5) {
            writeProperties(delivery, out);
        }
    }

    private void writeProperties(Delivery delivery, ByteBuf out) {
        VariableByteInteger.write(out, propertyLength(delivery));
        if (delivery.topicAlias() != 0) {
            out.writeByte(Property.TOPIC_ALIAS.id()).writeShort(delivery.topicAlias());
        }
        List<Integer> identifiers = delivery.subscriptionIdentifiers();
        for (int i = 0; i < identifiers.size(); i++) {
            out.writeByte(Property.SUBSCRIPTION_IDENTIFIER.id());
            VariableByteInteger.write(out, identifiers.get(i));
        }
        out.writeBytes(messageProperties);
        // The order is free (MQTT 5 §2.2.2); tests that compare bytes expect Mosquitto's, where the expiry is the last.
        Long expiry = delivery.messageExpiryIntervalSeconds();
        if (expiry != null) {
            out.writeByte(Property.MESSAGE_EXPIRY_INTERVAL.id()).writeInt(expiry.intValue());
        }
    }

    private int remainingLength(Delivery delivery) {
        int length = 2 + topicOf(delivery).length + payload.readableBytes();
        if (delivery.qos() != Qos.AT_MOST_ONCE) {
            length += 2;
        }
        if (delivery.version() == MqttVersion.MQTT_5) {
            int propertyLength = propertyLength(delivery);
            length += VariableByteInteger.size(propertyLength) + propertyLength;
        }
        return length;
    }

    private int propertyLength(Delivery delivery) {
        int length = messageProperties.length;
        if (delivery.messageExpiryIntervalSeconds() != null) {
            length += 5;
        }
        if (delivery.topicAlias() != 0) {
            length += 3;
        }
        List<Integer> identifiers = delivery.subscriptionIdentifiers();
        for (int i = 0; i < identifiers.size(); i++) {
            length += 1 + VariableByteInteger.size(identifiers.get(i));
        }
        return length;
    }

    private byte[] topicOf(Delivery delivery) {
        return delivery.topicOmitted() && delivery.version() == MqttVersion.MQTT_5 ? NO_TOPIC : topicBytes;
    }

    @Override
    protected void deallocate() {
        payload.release();
        for (int slot = 0; slot < shared.length(); slot++) {
            SharedPacket packet = shared.getAndSet(slot, null);
            if (packet != null) {
                packet.bytes.release();
            }
        }
    }

    @Override
    public EncodedPublish retain() {
        super.retain();
        return this;
    }

    @Override
    public EncodedPublish touch(Object hint) {
        payload.touch(hint);
        return this;
    }
}
