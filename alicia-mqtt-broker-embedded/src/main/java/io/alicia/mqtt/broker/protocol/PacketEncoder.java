package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.ReasonCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Turns packets into the bytes that one receiver understands and takes: its version, its Maximum Packet Size, its wish
 * for Reason Strings. What goes to many receivers is an {@link EncodedPublish} instead.
 *
 * <p>Immutable, safe to share. A packet that breaks a length of the protocol (a string of more than 65,535 bytes) is a
 * bug of the caller and gives an {@link IllegalArgumentException}.
 */
public final class PacketEncoder {

    /** Fixed header, at its longest. */
    private static final int HEADER_ROOM = 5;

    private final MqttVersion version;
    private final long maximumPacketSizeBytes;
    private final boolean problemInformation;

    /**
     * For one receiver.
     *
     * @param version what it speaks
     * @param maximumPacketSizeBytes the largest packet that it takes, {@link ConnectProperties#NO_PACKET_SIZE_LIMIT} if
     *     it set none
     * @param problemInformation its Request Problem Information: whether Reason String and User Properties may be
     *     anywhere but in PUBLISH, CONNACK and DISCONNECT [MQTT-3.1.2-29]
     */
    public PacketEncoder(MqttVersion version, long maximumPacketSizeBytes, boolean problemInformation) {
        this.version = version;
        this.maximumPacketSizeBytes = maximumPacketSizeBytes;
        this.problemInformation = problemInformation;
    }

    /** For a receiver that said nothing: no limit, problem information welcome. */
    public PacketEncoder(MqttVersion version) {
        this(version, ConnectProperties.NO_PACKET_SIZE_LIMIT, true);
    }

    /** What the receiver speaks. */
    public MqttVersion version() {
        return version;
    }

    /** The largest packet that the receiver takes. */
    public long maximumPacketSizeBytes() {
        return maximumPacketSizeBytes;
    }

    /**
     * The bytes of {@code packet}, owned by the caller. Reason String and User Properties are left out where the
     * receiver does not want them or where the packet would be too large with them: first the User Properties, then the
     * Reason String ([MQTT-3.2.2-19], [MQTT-3.2.2-20] and their like).
     *
     * @return null if the packet is too large even so, and so must not be sent [MQTT-3.1.2-24]
     */
    public @Nullable ByteBuf encode(Packet packet, ByteBufAllocator allocator) {
        if (packet instanceof Acknowledgement acknowledgement && isShort(acknowledgement)) {
            return allocator
                    .buffer(4)
                    .writeInt((firstByte(packet.type()) << 24) | (2 << 16) | acknowledgement.packetIdentifier());
        }
        if (packet instanceof Publish publish) {
            return encodePublish(publish, allocator);
        }
        if (packet == Pingresp.INSTANCE || packet == Pingreq.INSTANCE) {
            return allocator.buffer(2).writeShort(firstByte(packet.type()) << 8);
        }
        if (packet instanceof Disconnect disconnect && (version != MqttVersion.MQTT_5 || isShort(disconnect))) {
            return allocator.buffer(2).writeShort(firstByte(PacketType.DISCONNECT) << 8);
        }
        Packet allowed = problemInformation ? packet : Diagnostics.withoutUnlessAllowed(packet);
        ByteBuf encoded = encodeWhole(allowed, allocator);
        if (encoded.readableBytes() > maximumPacketSizeBytes) {
            encoded.release();
            encoded = encodeWhole(Diagnostics.withoutUserProperties(allowed), allocator);
        }
        if (encoded.readableBytes() > maximumPacketSizeBytes) {
            encoded.release();
            encoded = encodeWhole(Diagnostics.without(allowed), allocator);
        }
        if (encoded.readableBytes() > maximumPacketSizeBytes) {
            encoded.release();
            return null;
        }
        return encoded;
    }

    private @Nullable ByteBuf encodePublish(Publish publish, ByteBufAllocator allocator) {
        Delivery delivery = Delivery.of(version, publish);
        EncodedPublish encoded = EncodedPublish.of(publish.topic(), publish.payload(), publish.properties());
        try {
            return encoded.size(delivery) > maximumPacketSizeBytes ? null : encoded.encode(delivery, allocator);
        } finally {
            encoded.release();
        }
    }

    /** Whether packet type and identifier say it all: 3.1.1, or MQTT 5 with Success and no properties. */
    private boolean isShort(Acknowledgement packet) {
        return version != MqttVersion.MQTT_5
                || (packet.reasonCode() == ReasonCode.SUCCESS
                        && packet.properties().isEmpty());
    }

    private static boolean isShort(Disconnect packet) {
        return packet.reasonCode() == ReasonCode.SUCCESS
                && packet.sessionExpiryIntervalSeconds() == null
                && packet.serverReference() == null
                && packet.properties().isEmpty();
    }

    private ByteBuf encodeWhole(Packet packet, ByteBufAllocator allocator) {
        ByteBuf out = allocator.buffer(128);
        out.writerIndex(HEADER_ROOM);
        try {
            new BodyEncoder(version, out).encode(packet);
        } catch (RuntimeException e) {
            out.release();
            throw e;
        }
        int length = out.readableBytes() - HEADER_ROOM;
        int headerLength = 1 + VariableByteInteger.size(length);
        int end = out.writerIndex();
        out.setIndex(HEADER_ROOM - headerLength, HEADER_ROOM - headerLength);
        out.writeByte(firstByte(packet.type()));
        VariableByteInteger.write(out, length);
        return out.writerIndex(end);
    }

    private static int firstByte(PacketType type) {
        return (type.code() << 4) | type.flags();
    }
}
