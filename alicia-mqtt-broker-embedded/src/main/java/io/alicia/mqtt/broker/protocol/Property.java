package io.alicia.mqtt.broker.protocol;

import org.jspecify.annotations.Nullable;

/** The properties of MQTT 5 with their identifiers on the wire and their names (MQTT 5 §2.2.2.2). */
enum Property {
    PAYLOAD_FORMAT_INDICATOR(0x01, Kind.BYTE, "Payload Format Indicator"),
    MESSAGE_EXPIRY_INTERVAL(0x02, Kind.FOUR_BYTES, "Message Expiry Interval"),
    CONTENT_TYPE(0x03, Kind.STRING, "Content Type"),
    RESPONSE_TOPIC(0x08, Kind.STRING, "Response Topic"),
    CORRELATION_DATA(0x09, Kind.BINARY, "Correlation Data"),
    SUBSCRIPTION_IDENTIFIER(0x0B, Kind.VARIABLE, "Subscription Identifier"),
    SESSION_EXPIRY_INTERVAL(0x11, Kind.FOUR_BYTES, "Session Expiry Interval"),
    ASSIGNED_CLIENT_IDENTIFIER(0x12, Kind.STRING, "Assigned Client Identifier"),
    SERVER_KEEP_ALIVE(0x13, Kind.TWO_BYTES, "Server Keep Alive"),
    AUTHENTICATION_METHOD(0x15, Kind.STRING, "Authentication Method"),
    AUTHENTICATION_DATA(0x16, Kind.BINARY, "Authentication Data"),
    REQUEST_PROBLEM_INFORMATION(0x17, Kind.BYTE, "Request Problem Information"),
    WILL_DELAY_INTERVAL(0x18, Kind.FOUR_BYTES, "Will Delay Interval"),
    REQUEST_RESPONSE_INFORMATION(0x19, Kind.BYTE, "Request Response Information"),
    RESPONSE_INFORMATION(0x1A, Kind.STRING, "Response Information"),
    SERVER_REFERENCE(0x1C, Kind.STRING, "Server Reference"),
    REASON_STRING(0x1F, Kind.STRING, "Reason String"),
    RECEIVE_MAXIMUM(0x21, Kind.TWO_BYTES, "Receive Maximum"),
    TOPIC_ALIAS_MAXIMUM(0x22, Kind.TWO_BYTES, "Topic Alias Maximum"),
    TOPIC_ALIAS(0x23, Kind.TWO_BYTES, "Topic Alias"),
    MAXIMUM_QOS(0x24, Kind.BYTE, "Maximum QoS"),
    RETAIN_AVAILABLE(0x25, Kind.BYTE, "Retain Available"),
    USER_PROPERTY(0x26, Kind.STRING_PAIR, "User Property"),
    MAXIMUM_PACKET_SIZE(0x27, Kind.FOUR_BYTES, "Maximum Packet Size"),
    WILDCARD_SUBSCRIPTION_AVAILABLE(0x28, Kind.BYTE, "Wildcard Subscription Available"),
    SUBSCRIPTION_IDENTIFIER_AVAILABLE(0x29, Kind.BYTE, "Subscription Identifier Available"),
    SHARED_SUBSCRIPTION_AVAILABLE(0x2A, Kind.BYTE, "Shared Subscription Available");

    /** What the value of a property is (MQTT 5 §1.5). */
    enum Kind {
        BYTE,
        TWO_BYTES,
        FOUR_BYTES,
        VARIABLE,
        STRING,
        BINARY,
        STRING_PAIR
    }

    /** The properties of the packets that carry only what {@link ReasonProperties} holds. */
    static final long OF_REASON = setOf(REASON_STRING, USER_PROPERTY);

    private static final @Nullable Property[] BY_ID = new @Nullable Property[0x2B];

    static {
        for (Property property : values()) {
            BY_ID[property.id] = property;
        }
    }

    private final int id;
    private final Kind kind;
    private final String title;

    Property(int id, Kind kind, String title) {
        this.id = id;
        this.kind = kind;
        this.title = title;
    }

    int id() {
        return id;
    }

    Kind kind() {
        return kind;
    }

    /** Its name in the specification. */
    String title() {
        return title;
    }

    /** The bit of this property in a {@link #setOf set}. */
    long bit() {
        return 1L << id;
    }

    static long setOf(Property... properties) {
        long set = 0;
        for (Property property : properties) {
            set |= property.bit();
        }
        return set;
    }

    static @Nullable Property ofIdOrNull(int id) {
        return id < BY_ID.length ? BY_ID[id] : null;
    }
}
