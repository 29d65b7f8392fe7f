package io.alicia.mqtt.client;

/**
 * How much a client keeps for the server while it cannot send: bounded in messages and in bytes.
 *
 * @param maximumMessages 0 keeps nothing
 * @param maximumBytes topics and payloads together
 * @param whenFull which message gives way
 */
public record OfflineQueue(int maximumMessages, long maximumBytes, WhenFull whenFull) {

    /** 10,000 messages, 16 MiB; a new message that finds no place is dropped. */
    public static final OfflineQueue DEFAULT = new OfflineQueue(10_000, 16L * 1024 * 1024, WhenFull.REJECT);

    /** Keeps nothing: what cannot be sent now is dropped at once. */
    public static final OfflineQueue NONE = new OfflineQueue(0, 0, WhenFull.REJECT);

    /** Which message gives way when there is no place. */
    public enum WhenFull {
        /** The new one. */
        REJECT,
        /** The oldest ones. */
        DROP_OLDEST,
        /** The oldest ones with QoS 0; the new one if there are none. */
        DROP_QOS_0_FIRST
    }

    /** Refuses negative bounds. */
    public OfflineQueue {
        if (maximumMessages < 0 || maximumBytes < 0) {
            throw new IllegalArgumentException("offline queue of " + maximumMessages + " messages and " + maximumBytes
                    + " bytes: expected 0 or more");
        }
    }
}
