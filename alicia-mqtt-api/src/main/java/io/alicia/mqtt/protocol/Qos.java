package io.alicia.mqtt.protocol;

import org.jspecify.annotations.Nullable;

/** How hard sender and receiver try to deliver an Application Message (MQTT 5 §4.3). */
public enum Qos {
    /** QoS 0: sent once and never repeated; may be lost. */
    AT_MOST_ONCE(0),
    /** QoS 1: repeated until acknowledged; may arrive more than once. */
    AT_LEAST_ONCE(1),
    /** QoS 2: a four-part handshake; arrives exactly once. */
    EXACTLY_ONCE(2);

    private final int level;

    Qos(int level) {
        this.level = level;
    }

    /** The level on the wire: 0, 1 or 2. */
    public int level() {
        return level;
    }

    /** The QoS of a level, or null if it is not 0, 1 or 2 (3 is malformed, [MQTT-3.3.1-4]). */
    public static @Nullable Qos ofLevelOrNull(int level) {
        return switch (level) {
            case 0 -> AT_MOST_ONCE;
            case 1 -> AT_LEAST_ONCE;
            case 2 -> EXACTLY_ONCE;
            default -> null;
        };
    }

    /** The lower of two levels: what a subscription's maximum leaves of a message's QoS [MQTT-3.8.4-8]. */
    public Qos atMost(Qos maximum) {
        return compareTo(maximum) <= 0 ? this : maximum;
    }
}
