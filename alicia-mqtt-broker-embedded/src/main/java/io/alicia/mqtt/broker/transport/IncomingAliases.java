package io.alicia.mqtt.broker.transport;

import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.topic.TopicName;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Topic Aliases that the server has set on one connection (MQTT 5 §3.3.2.3.4). */
final class IncomingAliases {

    private final int maximum;
    private final Map<Integer, TopicName> known = new HashMap<>();

    IncomingAliases(int maximum) {
        this.maximum = maximum;
    }

    /** The topic that a packet names or whose alias it gives; null if the alias is not allowed or not set. */
    @Nullable
    TopicName resolve(Publish publish) {
        int alias = publish.topicAlias();
        if (alias == 0) {
            return publish.topic();
        }
        if (alias > maximum) {
            return null;
        }
        if (publish.topic() == null) {
            return known.get(alias);
        }
        known.put(alias, publish.topic());
        return publish.topic();
    }
}
