package io.alicia.mqtt.broker.monitoring;

/** Why a message did not reach a subscriber that it was meant for, or was not taken from its publisher. */
public enum DropCause {
    /**
     * The publisher may not publish to the topic; or may not any more, so that what it has retained there is kept from a
     * subscriber.
     */
    PUBLISH_DENIED,
    /** The subscriber may not receive the topic. */
    RECEIVE_DENIED,
    /** The payload is larger than {@code messageSizeLimit}. */
    PAYLOAD_TOO_LARGE,
    /** The topic is too long with the listener's mount point. */
    TOPIC_TOO_LONG,
    /** As many messages are retained as may be; the message was delivered, but is not retained. */
    RETAINED_LIMIT,
    /** The packet is larger than the subscriber's Maximum Packet Size. */
    PACKET_TOO_LARGE,
    /**
     * The topic lies outside of the mount point of the listener by which the subscriber is connected: its session has had
     * a client of another one.
     */
    OUTSIDE_MOUNT_POINT,
    /** QoS 0, and the subscriber does not read fast enough. */
    SLOW_SUBSCRIBER,
    /** QoS 0, and the subscriber is not connected ({@code queue_qos0_messages} keeps them). */
    CLIENT_AWAY,
    /**
     * The subscriber's queue is full, or all sessions together hold as much as they may; then a QoS 2 message is not taken
     * from its publisher either.
     */
    QUEUE_FULL,
    /** The Message Expiry Interval has passed. */
    EXPIRED,
    /** The subscriber answered with a Reason Code that refuses it. */
    REFUSED_BY_CLIENT,
    /** The subscriber's session ended before the message was sent. */
    SESSION_ENDED
}
