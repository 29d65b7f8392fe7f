package io.alicia.mqtt.payload;

/** Whether a device or service is reachable. Sent at birth and, as {@code offline}, in the Will Message. */
public enum Availability {
    /** It is reachable. */
    ONLINE,
    /** It is not. */
    OFFLINE
}
