package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.store.StoredOutgoing;
import io.alicia.mqtt.broker.store.StoredOutgoing.Stage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message for one session, from the moment it waits until it is acknowledged. */
final class Outgoing {

    final Message message;
    final Qos qos;
    final boolean retain;
    final List<Integer> identifiers;
    /** The shared subscription that it came by; null if it was not shared. */
    final @Nullable TopicFilter sharedFilter;

    Stage stage = Stage.WAITING;
    int packetIdentifier;
    /** Whether a wire that {@link Wire#keepsWhatItHas() keeps what it has} is to report on it. */
    boolean handedOver;
    /** Its place among the session's messages as the store knows it; 0 if the store does not. */
    long sequence;
    /** Its place among those that were sent, if the store knows it. */
    long sentSequence;
    /** Whether the {@link MessageBudget} counts it. */
    boolean held;
    /** Whether it takes a place in the present connection's window. */
    boolean inWindow;

    Outgoing(Message message, Qos qos, boolean retain, List<Integer> identifiers, @Nullable TopicFilter sharedFilter) {
        this.message = message;
        this.qos = qos;
        this.retain = retain;
        this.identifiers = identifiers;
        this.sharedFilter = sharedFilter;
    }

    /** A message as the store kept it. */
    Outgoing(StoredOutgoing stored, Message message) {
        this(message, stored.qos(), stored.retain(), stored.identifiers(), stored.sharedFilter());
        stage = stored.stage();
        packetIdentifier = stored.packetIdentifier();
        sequence = stored.sequence();
        sentSequence = stored.sentSequence();
    }

    /** As the store keeps it. */
    StoredOutgoing stored() {
        return new StoredOutgoing(
                sequence,
                message.number(),
                message.stored(),
                qos,
                retain,
                identifiers,
                sharedFilter,
                stage,
                packetIdentifier,
                sentSequence);
    }

    /** What it weighs for {@code max_inflight_bytes} and {@code max_queued_bytes}: as in Mosquitto its payload. */
    long bytes() {
        return message.payloadBytes();
    }
}
