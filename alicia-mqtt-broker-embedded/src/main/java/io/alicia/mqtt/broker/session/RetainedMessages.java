package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.routing.RetainedIndex;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The retained message of each topic (MQTT 5 §3.3.1.3). Safe for any number of threads. */
public final class RetainedMessages {

    private final RetainedIndex<Message> index = new RetainedIndex<>();
    private final InstantSource clock;

    /**
     * None.
     *
     * @param clock tells which have expired
     */
    public RetainedMessages(InstantSource clock) {
        this.clock = clock;
    }

    /** {@return how many topics have one, expired ones that nobody asked for among them} */
    public int size() {
        return index.size();
    }

    /** Keeps the message in place of the topic's old one, or with an empty payload forgets that [MQTT-3.3.1-6]. */
    void retain(Message message) {
        if (message.payloadBytes() == 0) {
            index.remove(message.topic());
        } else {
            index.put(message.topic(), message);
        }
    }

    /**
     * {@return the retained message of exactly this topic, or null}
     *
     * @param topic the Topic Name
     */
    public @Nullable Message get(TopicName topic) {
        Message message = index.get(topic);
        return message == null || expired(message, clock.millis()) ? null : message;
    }

    /**
     * {@return the retained messages of the topics that the filter matches}
     *
     * @param filter the Topic Filter
     */
    public List<Message> matching(TopicFilter filter) {
        long now = clock.millis();
        List<Message> found = new ArrayList<>();
        index.match(filter, message -> {
            if (!expired(message, now)) {
                found.add(message);
            }
        });
        return found;
    }

    private boolean expired(Message message, long now) {
        if (!message.isExpired(now)) {
            return false;
        }
        index.removeIf(message.topic(), (topic, present) -> present == message);
        return true;
    }
}
