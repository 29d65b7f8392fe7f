package io.alicia.mqtt.broker.store;

import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that is different now and should still be so after a restart. Immutable. */
public sealed interface Change {

    /** {@return about how many bytes it holds while it waits} */
    default long weightBytes() {
        return StoredWeights.OBJECTS;
    }

    /**
     * A topic has another retained message, or none. Which one is asked when the change is written: event loops that
     * retain to one topic at once need not agree on an order here, and a value that was replaced meanwhile costs nothing.
     *
     * @param topic the Topic Name
     * @param now gives its retained message, null if there is none; called by the store's thread
     */
    record Retained(TopicName topic, Supplier<@Nullable StoredMessage> now) implements Change {

        @Override
        public long weightBytes() {
            return StoredWeights.OBJECTS + StoredWeights.ofText(topic.value());
        }
    }

    /**
     * A session began, or its own data changed.
     *
     * @param session its data
     */
    record SessionPut(StoredSession session) implements Change {

        @Override
        public long weightBytes() {
            return StoredWeights.OBJECTS
                    + StoredWeights.ofText(session.clientIdentifier())
                    + StoredWeights.ofText(session.account())
                    + StoredWeights.ofWill(session.will());
        }
    }

    /**
     * A session ended, and with it everything under its number.
     *
     * @param session its number
     */
    record SessionEnded(long session) implements Change {}

    /**
     * A session subscribed; takes the place of a subscription with the same Topic Filter.
     *
     * @param session its number
     * @param subscription what to
     */
    record Subscribed(long session, StoredSubscription subscription) implements Change {

        @Override
        public long weightBytes() {
            return StoredWeights.OBJECTS
                    + StoredWeights.ofText(subscription.filter().value());
        }
    }

    /**
     * All retained messages of a subscription have been offered to the session: nothing of them is {@linkplain
     * StoredSubscription#retainedDue due} any more.
     *
     * @param session its number
     * @param subscription it, as it is now
     */
    record RetainedOffered(long session, StoredSubscription subscription) implements Change {

        @Override
        public long weightBytes() {
            return StoredWeights.OBJECTS
                    + StoredWeights.ofText(subscription.filter().value());
        }
    }

    /**
     * A session unsubscribed.
     *
     * @param session its number
     * @param filter the Topic Filter
     */
    record Unsubscribed(long session, TopicFilter filter) implements Change {

        @Override
        public long weightBytes() {
            return StoredWeights.OBJECTS + StoredWeights.ofText(filter.value());
        }
    }

    /**
     * A message waits for a session's client or got further; takes the place of what had the same sequence.
     *
     * @param session its number
     * @param outgoing the message
     */
    record OutgoingPut(long session, StoredOutgoing outgoing) implements Change {

        @Override
        public long weightBytes() {
            return StoredWeights.OBJECTS + StoredWeights.ofMessage(outgoing.message());
        }
    }

    /**
     * A message for a session's client is done with.
     *
     * @param session its number
     * @param sequence the message's sequence
     */
    record OutgoingFinished(long session, long sequence) implements Change {}

    /**
     * A QoS 2 message of a session's client was taken over.
     *
     * @param session its number
     * @param packetIdentifier the Packet Identifier
     */
    record Received(long session, int packetIdentifier) implements Change {}

    /**
     * A QoS 2 message of a session's client was released.
     *
     * @param session its number
     * @param packetIdentifier the Packet Identifier
     */
    record Released(long session, int packetIdentifier) implements Change {}
}
