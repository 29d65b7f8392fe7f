package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.ReasonCode;
import io.netty.buffer.ByteBuf;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of one connection into packets, however the network cut them. Strict: what breaks a rule of the
 * specification that one packet alone can break is a {@link DecodeFailure}, after which the connection has nothing more
 * to say and all further bytes are dropped.
 *
 * <p>A packet larger than the limit is refused when its fixed header is there, before its body is waited for. The
 * protocol version is learnt from CONNECT; until then every other packet is refused [MQTT-3.1.0-1], afterwards a second
 * CONNECT is [MQTT-3.1.0-2].
 *
 * <p>Belongs to one connection and its event loop.
 */
public final class PacketDecoder {

    /** What CONNECT may measure, as in Mosquitto: bounds what a stranger can make the broker hold. */
    public static final int DEFAULT_MAXIMUM_CONNECT_SIZE_BYTES = 100_000;

    /** The largest packet of the protocol itself (MQTT 5 §2.1.4): one byte, four of length, 268,435,455 of body. */
    public static final int PROTOCOL_MAXIMUM_PACKET_SIZE_BYTES = 1 + 4 + 268_435_455;

    /** Packets of a server whose flags Mosquitto looks at before it looks at who sent them. */
    private static final Set<PacketType> FLAGS_FIRST =
            EnumSet.of(PacketType.PINGRESP, PacketType.SUBACK, PacketType.UNSUBACK);

    private final Sender sender;
    private final int maximumConnectSizeBytes;
    private final int maximumPacketSizeBytes;
    private final boolean takesPingreq;
    private @Nullable MqttVersion version;
    private boolean failed;
    private int awaitedBytes;

    private PacketDecoder(
            Sender sender,
            int maximumConnectSizeBytes,
            int maximumPacketSizeBytes,
            @Nullable MqttVersion version,
            boolean takesPingreq) {
        this.sender = sender;
        this.maximumConnectSizeBytes = maximumConnectSizeBytes;
        this.maximumPacketSizeBytes = maximumPacketSizeBytes;
        this.version = version;
        this.takesPingreq = takesPingreq;
    }

    /**
     * Reads what a client sends, from CONNECT on.
     *
     * @param maximumConnectSizeBytes largest CONNECT, fixed header included
     * @param maximumPacketSizeBytes largest other packet, fixed header included: the Maximum Packet Size of CONNACK
     */
    public static PacketDecoder ofClient(int maximumConnectSizeBytes, int maximumPacketSizeBytes) {
        return new PacketDecoder(Sender.CLIENT, maximumConnectSizeBytes, maximumPacketSizeBytes, null, false);
    }

    /** Reads what a server sends to a client that speaks {@code version}. */
    public static PacketDecoder ofServer(MqttVersion version, int maximumPacketSizeBytes) {
        return new PacketDecoder(Sender.SERVER, 0, maximumPacketSizeBytes, version, false);
    }

    /** Reads what a server sends to a bridge: as in Mosquitto PINGREQ may be among it, which no specification knows. */
    public static PacketDecoder ofBridgedServer(MqttVersion version, int maximumPacketSizeBytes) {
        return new PacketDecoder(Sender.SERVER, 0, maximumPacketSizeBytes, version, true);
    }

    /** The version that the connection speaks, or null before CONNECT. */
    public @Nullable MqttVersion version() {
        return version;
    }

    /** The size of the packet whose rest was missing when {@link #decode} gave null, 0 if that is not known yet. */
    public int awaitedBytes() {
        return awaitedBytes;
    }

    /**
     * The next packet or failure of {@code in}, with the reader index moved behind it; null if more bytes are needed.
     * A PUBLISH owns a reference to {@code in}, see {@link Publish}.
     */
    public @Nullable Decoded decode(ByteBuf in) {
        if (failed) {
            in.skipBytes(in.readableBytes());
            return null;
        }
        awaitedBytes = 0;
        int start = in.readerIndex();
        int readable = in.readableBytes();
        if (readable == 0) {
            return null;
        }
        int firstByte = in.getUnsignedByte(start);
        PacketType type = PacketType.ofFirstByteOrNull(firstByte);
        if (type == null) {
            return refuse(in, null, ReasonCode.PROTOCOL_ERROR, "packet type 0 is reserved (MQTT 5 §2.1.2)");
        }
        DecodeFailure misplaced = misplaced(in, type, firstByte);
        if (misplaced != null) {
            return misplaced;
        }
        int length = 0;
        for (int i = 1; ; i++) {
            if (i > 4) {
                return refuseSilently(in, type, "Remaining Length has more than 4 bytes (MQTT 5 §2.1.4)");
            }
            if (i >= readable) {
                return null;
            }
            int b = in.getUnsignedByte(start + i);
            length |= (b & 0x7F) << (7 * (i - 1));
            if ((b & 0x80) == 0) {
                if (b == 0 && i > 1 && !PacketReader.isMqtt3(version)) {
                    return refuse(
                            in,
                            type,
                            ReasonCode.MALFORMED_PACKET,
                            "Remaining Length is not in the shortest form [MQTT-1.5.5-1]");
                }
                misplaced = unexpected(in, type, length);
                return misplaced != null ? misplaced : decodeBody(in, type, firstByte, 1 + i, length);
            }
        }
    }

    private @Nullable DecodeFailure misplaced(ByteBuf in, PacketType type, int firstByte) {
        // In 3.1 they may tell of a repetition, or are not used (MQTT 3.1 §2.1).
        boolean flagsMatter = type.flags() != PacketType.ANY_FLAGS
                && version != MqttVersion.MQTT_3_1
                && (type.sentBy(sender) || FLAGS_FIRST.contains(type))
                && !(type == PacketType.CONNECT && version == null);
        if (flagsMatter && type.flags() != (firstByte & 0xF)) {
            return refuse(
                    in,
                    type,
                    ReasonCode.MALFORMED_PACKET,
                    String.format("flags 0x%X, 0x%X expected %s", firstByte & 0xF, type.flags(), flagsRule(type)));
        }
        if (version == null) {
            return type == PacketType.CONNECT
                    ? null
                    : refuse(in, type, ReasonCode.PROTOCOL_ERROR, "the first packet must be CONNECT [MQTT-3.1.0-1]");
        }
        if (type == PacketType.CONNECT) {
            return refuse(in, type, ReasonCode.PROTOCOL_ERROR, "a second CONNECT [MQTT-3.1.0-2]");
        }
        if (type == PacketType.AUTH && PacketReader.isMqtt3(version)) {
            return refuse(in, type, ReasonCode.MALFORMED_PACKET, "packet type 15 is reserved (MQTT 3.1.1 §2.2.1)");
        }
        return null;
    }

    /** What is wrong with the whole of a fixed header. */
    private @Nullable DecodeFailure unexpected(ByteBuf in, PacketType type, int length) {
        if (length != 0 && (type == PacketType.PINGREQ || type == PacketType.PINGRESP)) {
            return refuseSilently(in, type, "it has no body (MQTT 5 §3.12)");
        }
        return type.sentBy(sender) || (takesPingreq && type == PacketType.PINGREQ)
                ? null
                : refuse(
                        in,
                        type,
                        ReasonCode.PROTOCOL_ERROR,
                        "not a packet that a " + peer() + " sends (MQTT 5 §2.1.2)");
    }

    /** Where the framing itself is broken: Mosquitto's tests, the data of msg_sequence_test, want the bare end. */
    private DecodeFailure refuseSilently(ByteBuf in, PacketType type, String problem) {
        DecodeFailure failure = refuse(in, type, ReasonCode.MALFORMED_PACKET, problem);
        return new DecodeFailure(failure.reasonCode(), failure.message(), type, null);
    }

    private String flagsRule(PacketType type) {
        return switch (type) {
            case PUBREL -> "[MQTT-3.6.1-1]";
            case SUBSCRIBE -> "[MQTT-3.8.1-1]";
            case UNSUBSCRIBE -> "[MQTT-3.10.1-1]";
            case DISCONNECT -> "[MQTT-3.14.1-1]";
            case AUTH -> "[MQTT-3.15.1-1]";
            default -> PacketReader.isMqtt3(version) ? "[MQTT-2.2.2-1]" : "[MQTT-2.1.3-1]";
        };
    }

    private String peer() {
        return sender == Sender.CLIENT ? "client" : "server";
    }

    private @Nullable Decoded decodeBody(ByteBuf in, PacketType type, int firstByte, int headerLength, int length) {
        int limit = type == PacketType.CONNECT
                ? Math.min(maximumConnectSizeBytes, maximumPacketSizeBytes)
                : maximumPacketSizeBytes;
        if (headerLength + length > limit) {
            return refuse(
                    in,
                    type,
                    ReasonCode.PACKET_TOO_LARGE,
                    "the packet has " + (headerLength + length) + " bytes, " + limit + " are allowed");
        }
        if (in.readableBytes() < headerLength + length) {
            awaitedBytes = headerLength + length;
            return null;
        }
        int bodyStart = in.readerIndex() + headerLength;
        PacketReader reader = new PacketReader(type, in, bodyStart, bodyStart + length, version);
        Decoded decoded = decode(reader, firstByte);
        in.readerIndex(bodyStart + length);
        if (decoded instanceof Connect connect) {
            version = connect.version();
        } else if (decoded instanceof DecodeFailure) {
            failed = true;
        }
        return decoded;
    }

    private Decoded decode(PacketReader reader, int firstByte) {
        return switch (reader.type()) {
            case CONNECT -> ConnectDecoder.decode(reader, firstByte);
            case CONNACK -> ConnackDecoder.decode(reader);
            case PUBLISH -> PublishDecoder.decode(reader, firstByte, sender);
            case PUBACK, PUBREC, PUBREL, PUBCOMP -> AcknowledgementDecoder.decode(reader);
            case SUBSCRIBE -> SubscribeDecoder.decode(reader);
            case UNSUBSCRIBE -> UnsubscribeDecoder.decode(reader);
            case SUBACK, UNSUBACK -> SubackDecoder.decode(reader);
            case PINGREQ -> reader.finish(Pingreq.INSTANCE);
            case PINGRESP -> reader.finish(Pingresp.INSTANCE);
            case DISCONNECT -> DisconnectDecoder.decode(reader, sender);
            case AUTH -> AuthDecoder.decode(reader, sender);
        };
    }

    private DecodeFailure refuse(ByteBuf in, @Nullable PacketType type, ReasonCode reasonCode, String problem) {
        failed = true;
        in.skipBytes(in.readableBytes());
        String message = (type == null ? "fixed header" : type.name()) + ": " + problem;
        return new DecodeFailure(reasonCode, message, type, version);
    }
}
