package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.protocol.Pubrel;
import io.alicia.mqtt.broker.store.StoredOutgoing.Stage;
import io.alicia.mqtt.protocol.Qos;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings a session's messages onto the wire, at once or when the store has what the client may rely on after a crash; in
 * their order in both cases. Belongs to the session's event loop.
 */
final class CommittedSending {

    private final SessionJournal journal;
    private final InFlight inFlight;
    private final Supplier<@Nullable Wire> wire;
    private final BiConsumer<Outgoing, DropCause> unsendable;
    private final Runnable goOn;
    /** Messages that are sent when they are committed. */
    private int uncommitted;

    /**
     * Nothing is on its way.
     *
     * @param wire gives the present one, null if there is none
     * @param unsendable told of messages that cannot be sent to the client
     * @param goOn runs when one that waited to be committed was such a message, and so others may have its turn
     */
    CommittedSending(
            SessionJournal journal,
            InFlight inFlight,
            Supplier<@Nullable Wire> wire,
            BiConsumer<Outgoing, DropCause> unsendable,
            Runnable goOn) {
        this.journal = journal;
        this.inFlight = inFlight;
        this.wire = wire;
        this.unsendable = unsendable;
        this.goOn = goOn;
    }

    void publish(Outgoing outgoing, Wire to, boolean dup) {
        if (!journal.isLasting() || (outgoing.qos != Qos.EXACTLY_ONCE && uncommitted == 0)) {
            publishNow(outgoing, to, dup);
            return;
        }
        // A client that has seen a QoS 2 message must find it under the same identifier after a crash. What comes
        // behind it waits as well, so that the order stays.
        uncommitted++;
        journal.afterCommit(() -> {
            uncommitted--;
            if (wire.get() == to && isStillToBePublished(outgoing) && !publishNow(outgoing, to, dup)) {
                goOn.run();
            }
        });
    }

    private boolean isStillToBePublished(Outgoing outgoing) {
        return outgoing.qos == Qos.AT_MOST_ONCE || (inFlight.contains(outgoing) && outgoing.stage == Stage.PUBLISHED);
    }

    private boolean publishNow(Outgoing outgoing, Wire to, boolean dup) {
        DropCause cause = to.publish(outgoing, dup);
        if (cause != null) {
            unsendable.accept(outgoing, cause);
        }
        return cause == null;
    }

    /** Sends PUBREL; after it, and a crash, the message must not be published again. */
    void release(Outgoing outgoing) {
        if (!journal.isLasting()) {
            release(outgoing.packetIdentifier);
            return;
        }
        Wire to = wire.get();
        journal.afterCommit(() -> {
            if (wire.get() == to && inFlight.contains(outgoing)) {
                release(outgoing.packetIdentifier);
            }
        });
    }

    /** Sends PUBREL at once. */
    void release(int packetIdentifier) {
        Wire to = wire.get();
        if (to != null) {
            to.write(new Pubrel(packetIdentifier));
        }
    }
}
