package io.alicia.mqtt.broker.protocol;

import org.jspecify.annotations.Nullable;

/** The kinds of packets, with the four bits that name them and the flags that most of them fix (MQTT 5 §2.1.2). */
public enum PacketType {
    /** Connection request, client to server. */
    CONNECT(1, 0, true, false),
    /** Connection acknowledgement, server to client. */
    CONNACK(2, 0, false, true),
    /** An Application Message, both ways. */
    PUBLISH(3, PacketType.ANY_FLAGS, true, true),
    /** QoS 1 acknowledgement, both ways. */
    PUBACK(4, 0, true, true),
    /** QoS 2, part one: received. */
    PUBREC(5, 0, true, true),
    /** QoS 2, part two: release. */
    PUBREL(6, 2, true, true),
    /** QoS 2, part three: complete. */
    PUBCOMP(7, 0, true, true),
    /** Subscribe request, client to server. */
    SUBSCRIBE(8, 2, true, false),
    /** Subscribe acknowledgement, server to client. */
    SUBACK(9, 0, false, true),
    /** Unsubscribe request, client to server. */
    UNSUBSCRIBE(10, 2, true, false),
    /** Unsubscribe acknowledgement, server to client. */
    UNSUBACK(11, 0, false, true),
    /** Ping request, client to server. */
    PINGREQ(12, 0, true, false),
    /** Ping response, server to client. */
    PINGRESP(13, 0, false, true),
    /** The end of a connection; under 3.1.1 from client to server only. */
    DISCONNECT(14, 0, true, true),
    /** Authentication exchange, MQTT 5 only. */
    AUTH(15, 0, true, true);

    /** The flags of PUBLISH are fields (DUP, QoS, RETAIN), not fixed. */
    static final int ANY_FLAGS = -1;

    private static final @Nullable PacketType[] BY_CODE = new @Nullable PacketType[16];

    static {
        for (PacketType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;
    private final int flags;
    private final boolean sentByClient;
    private final boolean sentByServer;

    PacketType(int code, int flags, boolean sentByClient, boolean sentByServer) {
        this.code = code;
        this.flags = flags;
        this.sentByClient = sentByClient;
        this.sentByServer = sentByServer;
    }

    /** The upper four bits of the first byte, 1 to 15. */
    public int code() {
        return code;
    }

    /** The lower four bits that the specification fixes [MQTT-2.1.3-1], or {@link #ANY_FLAGS}. */
    int flags() {
        return flags;
    }

    boolean sentBy(Sender sender) {
        return sender == Sender.CLIENT ? sentByClient : sentByServer;
    }

    static @Nullable PacketType ofFirstByteOrNull(int firstByte) {
        return BY_CODE[(firstByte >> 4) & 0xF];
    }
}
