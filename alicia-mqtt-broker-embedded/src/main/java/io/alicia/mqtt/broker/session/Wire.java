package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.protocol.Packet;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The client's end of a session as its {@link Outbox} sees it: where packets go while a client is connected. */
interface Wire {

    /** QoS 1 and 2 messages that the client takes unacknowledged; empty if it did not say. */
    OptionalInt receiveMaximum();

    /** Whether what is written now would go to the network soon. */
    boolean isWritable();

    /** Whether so much waits for the network that a QoS 0 message is better dropped. */
    boolean isCongested();

    /**
     * Sends a message.
     *
     * @return why it cannot be sent, ever, by this wire; null if it was
     */
    @Nullable
    DropCause publish(Outgoing outgoing, boolean dup);

    /** Whether it reports on what it was given even if it was detached meanwhile, so that nothing has to be sent twice. */
    default boolean keepsWhatItHas() {
        return false;
    }

    /** Sends any other packet. */
    void write(Packet packet);
}
