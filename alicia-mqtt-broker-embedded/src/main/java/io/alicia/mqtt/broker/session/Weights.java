package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.topic.TopicFilter;

/** About how many bytes of memory something takes that a client can make the broker keep; rather more than less. */
final class Weights {

    private static final int OBJECTS = 512;
    private static final int SESSION_OBJECTS = 2_048;

    private Weights() {}

    /** Texts of so many bytes, kept as text and as bytes, and as parts in an index. */
    static long ofNames(long bytes) {
        return 3 * bytes;
    }

    static long ofRetained(Message message) {
        return OBJECTS + message.weightBytes();
    }

    static long ofSubscription(TopicFilter filter) {
        return OBJECTS + ofNames(filter.value().length());
    }

    static long ofSession(String clientIdentifier) {
        return SESSION_OBJECTS + ofNames(clientIdentifier.length());
    }
}
