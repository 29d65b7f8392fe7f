package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message for one session, from the moment it waits until it is acknowledged. */
final class Outgoing {

    /** How far it has got. */
    enum Stage {
        /** Not sent yet. */
        WAITING,
        /** Sent, PUBACK or PUBREC is awaited. */
        PUBLISHED,
        /** QoS 2: received by the client and released, PUBCOMP is awaited. */
        RELEASED
    }

    private static final int OVERHEAD_BYTES = 64;

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
    /** Whether it takes a place in the present connection's window. */
    boolean inWindow;

    Outgoing(Message message, Qos qos, boolean retain, List<Integer> identifiers, @Nullable TopicFilter sharedFilter) {
        this.message = message;
        this.qos = qos;
        this.retain = retain;
        this.identifiers = identifiers;
        this.sharedFilter = sharedFilter;
    }

    /** What it weighs in a queue. */
    long bytes() {
        return (long) message.payloadBytes() + message.topic().value().length() + OVERHEAD_BYTES;
    }
}
