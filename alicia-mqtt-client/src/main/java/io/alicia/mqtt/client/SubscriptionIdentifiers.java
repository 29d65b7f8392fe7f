package io.alicia.mqtt.client;

import io.alicia.mqtt.topic.TopicFilter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * Which Subscription Identifier the subscription to a Topic Filter has: one that follows from the filter, so that it is the same
 * in the next process, which may resume the session and get what was queued for the one before.
 */
final class SubscriptionIdentifiers {

    /** Those below are given away by other software that may have used the session before. */
    private static final int LOWEST = 1 << 27;

    private SubscriptionIdentifiers() {}

    /** One of 134 million: two filters that share one are told apart by the topic, unless both match it. */
    static int of(TopicFilter filter) {
        UUID digest = UUID.nameUUIDFromBytes(filter.value().getBytes(StandardCharsets.UTF_8));
        return LOWEST | (int) (digest.getLeastSignificantBits() & (LOWEST - 1));
    }

    /** Whether the server says with them which of this client's subscriptions a message is for. */
    static boolean tell(List<Integer> identifiers) {
        for (int i = 0; i < identifiers.size(); i++) { // without an iterator for each message
            if (identifiers.get(i) >= LOWEST) {
                return true;
            }
        }
        return false;
    }
}
