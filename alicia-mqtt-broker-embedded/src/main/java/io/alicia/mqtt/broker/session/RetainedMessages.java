package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.routing.RetainedIndex;
import io.alicia.mqtt.broker.store.StoredMessage;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The retained message of each topic (MQTT 5 §3.3.1.3). Safe for any number of threads. */
public final class RetainedMessages {

    /** Steps through all of them in one pass; about a millisecond's work. */
    private static final int SLICE = 9_000;
    /** Forgetting a message costs about as much as so many steps. */
    private static final int STEPS_OF_A_REMOVAL = 30;

    private final RetainedIndex<Message> index = new RetainedIndex<>();
    private final InstantSource clock;
    private final Journal journal;
    private final LongAdder bytes = new LongAdder();
    private final LongAdder weight = new LongAdder();
    private final int maxMessages;
    private final long maxBytes;

    /**
     * None.
     *
     * @param clock tells which have expired
     * @param journal hears which changed
     * @param quotas how many there may be
     */
    RetainedMessages(InstantSource clock, Journal journal, Quotas quotas) {
        this.clock = clock;
        this.journal = journal;
        this.maxMessages = quotas.maxRetainedMessages();
        this.maxBytes = quotas.maxRetainedBytes();
    }

    /** {@return how many topics have one, expired ones that nobody asked for among them} */
    public int size() {
        return index.size();
    }

    /** {@return the length of all their payloads} */
    public long bytes() {
        return bytes.sum();
    }

    /**
     * Keeps the message in place of the topic's old one, or with an empty payload forgets that [MQTT-3.3.1-6].
     *
     * @return false if there is no room for it; then the topic has none, as an old one would pass for the present
     */
    boolean retain(Message message) {
        if (message.payloadBytes() == 0) {
            leave(index.remove(message.topic()));
        } else if (isFull(message)) {
            leave(index.remove(message.topic()));
            changed(message.topic());
            return false;
        } else {
            if (!journal.isOn()) {
                // Whoever publishes numbers what the store may keep; here it tells which of two came later.
                message.number(journal.nextNumber());
            }
            leave(index.put(message.topic(), message));
            enter(message);
        }
        changed(message.topic());
        return true;
    }

    /** The broker's own messages always fit: their topics are few. */
    private boolean isFull(Message message) {
        if (message.publisher() == null) {
            return false;
        }
        Message old = index.get(message.topic());
        long others = old == null ? weight.sum() : weight.sum() - Weights.ofRetained(old);
        return others + Weights.ofRetained(message) > maxBytes || (old == null && index.size() >= maxMessages);
    }

    private void enter(Message message) {
        bytes.add(message.payloadBytes());
        weight.add(Weights.ofRetained(message));
    }

    private void leave(@Nullable Message old) {
        if (old != null) {
            bytes.add(-old.payloadBytes());
            weight.add(-Weights.ofRetained(old));
        }
    }

    /** What the broker says of itself is true for this run of it alone; like Mosquitto, no store keeps that. */
    private void changed(TopicName topic) {
        if (!topic.value().startsWith("$SYS")) {
            journal.retained(topic, this);
        }
    }

    /** About how much memory they take, in bytes. */
    long weightBytes() {
        return weight.sum();
    }

    /** Puts back what the store kept. */
    void restore(StoredMessage stored) {
        Message message = Message.restored(stored);
        message.number(journal.nextNumber());
        index.put(stored.topic(), message);
        enter(message);
    }

    /** What the store is to keep of a topic now; null if nothing. */
    @Nullable
    StoredMessage storedOrNull(TopicName topic) {
        Message message = index.get(topic);
        return message == null ? null : message.stored();
    }

    /**
     * Forgets messages that have expired, although nobody asks for them: a slice in each pass of an event loop, so that its
     * clients do not wait for all of them.
     *
     * @param loop where; the caller runs on it
     */
    public void removeExpired(BrokerLoop loop) {
        removeExpired(index.searchAll(), clock.millis(), loop);
    }

    private void removeExpired(RetainedIndex.Search<Message> search, long now, BrokerLoop loop) {
        for (int left = SLICE; left > 0 && !search.isOver(); left--) {
            Message found = search.step();
            if (found != null && expired(found, now)) {
                left -= STEPS_OF_A_REMOVAL;
            }
        }
        if (!search.isOver()) {
            loop.executeInNextPass(() -> removeExpired(search, now, loop));
        }
    }

    /**
     * {@return the retained message of exactly this topic, or null}
     *
     * @param topic the Topic Name
     */
    public @Nullable Message get(TopicName topic) {
        Message message = index.get(topic);
        return message == null || expired(message) ? null : message;
    }

    /** A search for the retained messages of the topics that the filter matches, expired ones among them. */
    RetainedIndex.Search<Message> search(TopicFilter filter) {
        return index.search(filter);
    }

    /** Whether a message that was found has expired; then it is forgotten. */
    boolean expired(Message message) {
        return expired(message, clock.millis());
    }

    private boolean expired(Message message, long now) {
        if (!message.isExpired(now)) {
            return false;
        }
        Message removed = index.removeIf(message.topic(), (topic, present) -> present == message);
        if (removed != null) {
            leave(removed);
            changed(message.topic());
        }
        return true;
    }
}
