package io.alicia.mqtt.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The one byte that says how an operation ended, with its name in the specification (MQTT 5 §2.4).
 *
 * <p>0x00 has three names in the specification (Success, Normal disconnection, Granted QoS 0); here it is
 * {@link #SUCCESS}.
 */
public enum ReasonCode {
    /** 0x00 Success. */
    SUCCESS(0x00, "Success"),
    /** 0x01 Granted QoS 1. */
    GRANTED_QOS_1(0x01, "Granted QoS 1"),
    /** 0x02 Granted QoS 2. */
    GRANTED_QOS_2(0x02, "Granted QoS 2"),
    /** 0x04 Disconnect with Will Message. */
    DISCONNECT_WITH_WILL_MESSAGE(0x04, "Disconnect with Will Message"),
    /** 0x10 No matching subscribers. */
    NO_MATCHING_SUBSCRIBERS(0x10, "No matching subscribers"),
    /** 0x11 No subscription existed. */
    NO_SUBSCRIPTION_EXISTED(0x11, "No subscription existed"),
    /** 0x18 Continue authentication. */
    CONTINUE_AUTHENTICATION(0x18, "Continue authentication"),
    /** 0x19 Re-authenticate. */
    RE_AUTHENTICATE(0x19, "Re-authenticate"),
    /** 0x80 Unspecified error. */
    UNSPECIFIED_ERROR(0x80, "Unspecified error"),
    /** 0x81 Malformed Packet. */
    MALFORMED_PACKET(0x81, "Malformed Packet"),
    /** 0x82 Protocol Error. */
    PROTOCOL_ERROR(0x82, "Protocol Error"),
    /** 0x83 Implementation specific error. */
    IMPLEMENTATION_SPECIFIC_ERROR(0x83, "Implementation specific error"),
    /** 0x84 Unsupported Protocol Version. */
    UNSUPPORTED_PROTOCOL_VERSION(0x84, "Unsupported Protocol Version"),
    /** 0x85 Client Identifier not valid. */
    CLIENT_IDENTIFIER_NOT_VALID(0x85, "Client Identifier not valid"),
    /** 0x86 Bad User Name or Password. */
    BAD_USER_NAME_OR_PASSWORD(0x86, "Bad User Name or Password"),
    /** 0x87 Not authorized. */
    NOT_AUTHORIZED(0x87, "Not authorized"),
    /** 0x88 Server unavailable. */
    SERVER_UNAVAILABLE(0x88, "Server unavailable"),
    /** 0x89 Server busy. */
    SERVER_BUSY(0x89, "Server busy"),
    /** 0x8A Banned. */
    BANNED(0x8A, "Banned"),
    /** 0x8B Server shutting down. */
    SERVER_SHUTTING_DOWN(0x8B, "Server shutting down"),
    /** 0x8C Bad authentication method. */
    BAD_AUTHENTICATION_METHOD(0x8C, "Bad authentication method"),
    /** 0x8D Keep Alive timeout. */
    KEEP_ALIVE_TIMEOUT(0x8D, "Keep Alive timeout"),
    /** 0x8E Session taken over. */
    SESSION_TAKEN_OVER(0x8E, "Session taken over"),
    /** 0x8F Topic Filter invalid. */
    TOPIC_FILTER_INVALID(0x8F, "Topic Filter invalid"),
    /** 0x90 Topic Name invalid. */
    TOPIC_NAME_INVALID(0x90, "Topic Name invalid"),
    /** 0x91 Packet Identifier in use. */
    PACKET_IDENTIFIER_IN_USE(0x91, "Packet Identifier in use"),
    /** 0x92 Packet Identifier not found. */
    PACKET_IDENTIFIER_NOT_FOUND(0x92, "Packet Identifier not found"),
    /** 0x93 Receive Maximum exceeded. */
    RECEIVE_MAXIMUM_EXCEEDED(0x93, "Receive Maximum exceeded"),
    /** 0x94 Topic Alias invalid. */
    TOPIC_ALIAS_INVALID(0x94, "Topic Alias invalid"),
    /** 0x95 Packet too large. */
    PACKET_TOO_LARGE(0x95, "Packet too large"),
    /** 0x96 Message rate too high. */
    MESSAGE_RATE_TOO_HIGH(0x96, "Message rate too high"),
    /** 0x97 Quota exceeded. */
    QUOTA_EXCEEDED(0x97, "Quota exceeded"),
    /** 0x98 Administrative action. */
    ADMINISTRATIVE_ACTION(0x98, "Administrative action"),
    /** 0x99 Payload format invalid. */
    PAYLOAD_FORMAT_INVALID(0x99, "Payload format invalid"),
    /** 0x9A Retain not supported. */
    RETAIN_NOT_SUPPORTED(0x9A, "Retain not supported"),
    /** 0x9B QoS not supported. */
    QOS_NOT_SUPPORTED(0x9B, "QoS not supported"),
    /** 0x9C Use another server. */
    USE_ANOTHER_SERVER(0x9C, "Use another server"),
    /** 0x9D Server moved. */
    SERVER_MOVED(0x9D, "Server moved"),
    /** 0x9E Shared Subscriptions not supported. */
    SHARED_SUBSCRIPTIONS_NOT_SUPPORTED(0x9E, "Shared Subscriptions not supported"),
    /** 0x9F Connection rate exceeded. */
    CONNECTION_RATE_EXCEEDED(0x9F, "Connection rate exceeded"),
    /** 0xA0 Maximum connect time. */
    MAXIMUM_CONNECT_TIME(0xA0, "Maximum connect time"),
    /** 0xA1 Subscription Identifiers not supported. */
    SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED(0xA1, "Subscription Identifiers not supported"),
    /** 0xA2 Wildcard Subscriptions not supported. */
    WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED(0xA2, "Wildcard Subscriptions not supported");

    private static final @Nullable ReasonCode[] BY_CODE = new @Nullable ReasonCode[256];

    static {
        for (ReasonCode reasonCode : values()) {
            BY_CODE[reasonCode.code] = reasonCode;
        }
    }

    private final int code;
    private final String phrase;

    ReasonCode(int code, String phrase) {
        this.code = code;
        this.phrase = phrase;
    }

    /** The byte on the wire, 0 to 255. */
    public int code() {
        return code;
    }

    /** The name that the specification gives it, for logs and Reason Strings. */
    public String phrase() {
        return phrase;
    }

    /** Whether it tells of a failure: 0x80 or greater (MQTT 5 §2.4). */
    public boolean isError() {
        return code >= 0x80;
    }

    /** The Reason Code of a byte (only its low eight bits count), or null if the specification has none. */
    public static @Nullable ReasonCode ofCodeOrNull(int code) {
        return BY_CODE[code & 0xFF];
    }
}
