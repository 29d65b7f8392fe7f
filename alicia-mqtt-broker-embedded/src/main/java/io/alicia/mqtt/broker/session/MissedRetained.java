package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.topic.TopicName;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The retained messages that a session had no room for, as far as somebody wants to know; there are no more of them than
 * topics. Belongs to the session's event loop.
 */
final class MissedRetained {

    private @Nullable Set<TopicName> topics;

    /** Remembers them from now on. */
    void begin() {
        if (topics == null) {
            topics = new HashSet<>();
        }
    }

    /** A message was dropped. */
    void note(Outgoing outgoing) {
        if (topics != null && outgoing.retain) {
            topics.add(outgoing.message.topic());
        }
    }

    /** The topics of those that were missed since this was asked last. */
    Set<TopicName> take() {
        if (topics == null) {
            return Set.of();
        }
        Set<TopicName> taken = Set.copyOf(topics);
        topics.clear();
        return taken;
    }
}
