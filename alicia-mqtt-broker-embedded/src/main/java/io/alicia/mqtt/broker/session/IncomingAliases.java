package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.topic.TopicName;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import org.jspecify.annotations.Nullable;

/**
 * What a client's topic aliases stand for, on one connection (MQTT 5 §3.3.2.3.4). Their topics count for what all sessions
 * may hold, until the connection ends. Belongs to the session's event loop.
 */
final class IncomingAliases {

    private final MessageBudget budget;
    private final IntObjectMap<TopicName> topics = new IntObjectHashMap<>();

    IncomingAliases(MessageBudget budget) {
        this.budget = budget;
    }

    /** The alias stands for this topic from now on; false if there is no room for that. */
    boolean set(int alias, TopicName topic) {
        TopicName before = topics.get(alias);
        if (topic.equals(before)) {
            return true;
        }
        long more = Weights.ofAlias(topic) - (before == null ? 0 : Weights.ofAlias(before));
        if (!budget.hasRoomFor(more)) {
            return false;
        }
        topics.put(alias, topic);
        budget.add(more);
        return true;
    }

    /** {@return the topic, null if the alias was not set} */
    @Nullable
    TopicName topicOrNull(int alias) {
        return topics.get(alias);
    }

    /** The connection ended. */
    void close() {
        for (TopicName topic : topics.values()) {
            budget.add(-Weights.ofAlias(topic));
        }
        topics.clear();
    }
}
