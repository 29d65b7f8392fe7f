package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.topic.TopicName;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Topic aliases that the broker makes for a client (MQTT 5 §3.3.2.3.4): the first topics that the connection sends get
 * one each, as in Mosquitto, as long as all sessions together have room for them. Belongs to the session's event loop.
 */
final class OutgoingAliases {

    private final int maximum;
    private final MessageBudget budget;
    private final Map<TopicName, Integer> aliases = new HashMap<>();
    private final BitSet known = new BitSet();
    private boolean closed;

    OutgoingAliases(int maximum, MessageBudget budget) {
        this.maximum = maximum;
        this.budget = budget;
    }

    int maximum() {
        return maximum;
    }

    /** The alias of a topic, a new one if one is free; 0 if there is none. */
    int aliasOf(TopicName topic) {
        Integer alias = aliases.get(topic);
        if (alias != null) {
            return alias;
        }
        long weight = Weights.ofAlias(topic);
        if (closed || aliases.size() >= maximum || !budget.hasRoomFor(weight)) {
            return 0;
        }
        int next = aliases.size() + 1;
        aliases.put(topic, next);
        budget.add(weight);
        return next;
    }

    /** Whether the client has seen the alias together with its topic. */
    boolean isKnown(int alias) {
        return known.get(alias);
    }

    /** A packet with the alias is on its way. */
    void sent(int alias) {
        known.set(alias);
    }

    /** The connection ended. */
    void close() {
        closed = true;
        for (TopicName topic : aliases.keySet()) {
            budget.add(-Weights.ofAlias(topic));
        }
        aliases.clear();
        known.clear();
    }
}
