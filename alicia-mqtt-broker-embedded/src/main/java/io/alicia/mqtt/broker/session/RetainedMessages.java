package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.routing.RetainedIndex;
import io.alicia.mqtt.broker.store.StoredMessage;
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
    private final Journal journal;

    /**
     * None.
     *
     * @param clock tells which have expired
     * @param journal hears which changed
     */
    RetainedMessages(InstantSource clock, Journal journal) {
        this.clock = clock;
        this.journal = journal;
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
        journal.retained(message.topic(), this);
    }

    /** Puts back what the store kept. */
    void restore(StoredMessage stored) {
        Message message = Message.restored(stored);
        message.number(journal.nextNumber());
        index.put(stored.topic(), message);
    }

    /** What the store is to keep of a topic now; null if nothing. */
    @Nullable
    StoredMessage storedOrNull(TopicName topic) {
        Message message = index.get(topic);
        return message == null ? null : message.stored();
    }

    /** Forgets messages that have expired, although nobody asks for them. */
    public void removeExpired() {
        long now = clock.millis();
        index.forEach(message -> expired(message, now));
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
        if (index.removeIf(message.topic(), (topic, present) -> present == message) != null) {
            journal.retained(message.topic(), this);
        }
        return true;
    }
}
