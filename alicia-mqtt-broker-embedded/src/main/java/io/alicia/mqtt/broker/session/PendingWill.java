package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.protocol.EncodedPublish;
import io.alicia.mqtt.broker.protocol.Will;
import io.alicia.mqtt.topic.TopicName;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * A client's Will Message until it is published or discarded (MQTT 5 §3.1.2.5).
 *
 * @param topic where to, with the mount point
 * @param will what
 */
record PendingWill(TopicName topic, Will will) {

    /** The will with its topic as it is inside the broker. */
    Will mounted() {
        return new Will(
                topic, will.payload(), will.qos(), will.retain(), will.delayIntervalSeconds(), will.properties());
    }

    /** About how much memory it takes. */
    long weightBytes() {
        int head = EncodedPublish.of(topic, Unpooled.EMPTY_BUFFER, will.properties())
                .headBytes();
        return will.payload().length() + Weights.ofHead(head, will.properties());
    }

    /** The message as it is when it is published: its expiry counts from then (MQTT 5 §3.1.3.2.4). */
    Message message(long nowMillis, String publisher, @Nullable String account, String listener) {
        return new Message(
                topic,
                will.payload().toByteArray(),
                will.qos(),
                will.retain(),
                will.properties(),
                nowMillis,
                publisher,
                account,
                listener);
    }
}
