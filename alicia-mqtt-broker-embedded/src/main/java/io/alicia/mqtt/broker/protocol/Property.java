package io.alicia.mqtt.broker.protocol;

import org.jspecify.annotations.Nullable;

/** The properties of MQTT 5 with their identifiers on the wire and their names (MQTT 5 §2.2.2.2). */
enum Property {
    PAYLOAD_FORMAT_INDICATOR(0x01, "Payload Format Indicator"),
    MESSAGE_EXPIRY_INTERVAL(0x02, "Message Expiry Interval"),
    CONTENT_TYPE(0x03, "Content Type"),
    RESPONSE_TOPIC(0x08, "Response Topic"),
    CORRELATION_DATA(0x09, "Correlation Data"),
    SUBSCRIPTION_IDENTIFIER(0x0B, "Subscription Identifier"),
    SESSION_EXPIRY_INTERVAL(0x11, "Session Expiry Interval"),
    ASSIGNED_CLIENT_IDENTIFIER(0x12, "Assigned Client Identifier"),
    SERVER_KEEP_ALIVE(0x13, "Server Keep Alive"),
    AUTHENTICATION_METHOD(0x15, "Authentication Method"),
    AUTHENTICATION_DATA(0x16, "Authentication Data"),
    REQUEST_PROBLEM_INFORMATION(0x17, "Request Problem Information"),
    WILL_DELAY_INTERVAL(0x18, "Will Delay Interval"),
    REQUEST_RESPONSE_INFORMATION(0x19, "Request Response Information"),
    RESPONSE_INFORMATION(0x1A, "Response Information"),
    SERVER_REFERENCE(0x1C, "Server Reference"),
    REASON_STRING(0x1F, "Reason String"),
    RECEIVE_MAXIMUM(0x21, "Receive Maximum"),
    TOPIC_ALIAS_MAXIMUM(0x22, "Topic Alias Maximum"),
    TOPIC_ALIAS(0x23, "Topic Alias"),
    MAXIMUM_QOS(0x24, "Maximum QoS"),
    RETAIN_AVAILABLE(0x25, "Retain Available"),
    USER_PROPERTY(0x26, "User Property"),
    MAXIMUM_PACKET_SIZE(0x27, "Maximum Packet Size"),
    WILDCARD_SUBSCRIPTION_AVAILABLE(0x28, "Wildcard Subscription Available"),
    SUBSCRIPTION_IDENTIFIER_AVAILABLE(0x29, "Subscription Identifier Available"),
    SHARED_SUBSCRIPTION_AVAILABLE(0x2A, "Shared Subscription Available");

    /** The properties of the packets that carry only what {@link ReasonProperties} holds. */
    static final long OF_REASON = setOf(REASON_STRING, USER_PROPERTY);

    private static final @Nullable Property[] BY_ID = new @Nullable Property[0x2B];

    static {
        for (Property property : values()) {
            BY_ID[property.id] = property;
        }
    }

    private final int id;
    private final String title;

    Property(int id, String title) {
        this.id = id;
        this.title = title;
    }

    int id() {
        return id;
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
