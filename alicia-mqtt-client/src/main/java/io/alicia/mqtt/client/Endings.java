package io.alicia.mqtt.client;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.Outgoing.Place;
import io.alicia.mqtt.protocol.Qos;
import io.reactivex.rxjava3.core.Scheduler;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How messages end: each caller hears once what became of its message, never more than is certain, and the store forgets what is
 * not to be sent any more. Confined to the client's {@link Lane}.
 */
final class Endings {

    private static final Logger LOGGER = LoggerFactory.getLogger(Endings.class);

    private final Lane lane;
    private final Scheduler time;
    private final OutboxQueue queue;
    private final OutboxStore store;
    private final Handshakes handshakes;
    private final ClientCounts counts;
    private final Leftovers leftovers = new Leftovers();

    Endings(
            Lane lane,
            Scheduler time,
            OutboxQueue queue,
            OutboxStore store,
            Handshakes handshakes,
            ClientCounts counts) {
        this.lane = lane;
        this.time = time;
        this.queue = queue;
        this.store = store;
        this.handshakes = handshakes;
        this.counts = counts;
    }

    /** {@code result} says that nothing was sent; where that is not certain it is not said. */
    static PublishResult unsent(Outgoing outgoing, PublishResult result) {
        return outgoing.isPossiblySent()
                ? new PublishResult.Unconfirmed("the connection ended before it was acknowledged")
                : result;
    }

    /** The message has come to its end, for another process as well. */
    void end(Outgoing outgoing, PublishResult result) {
        if (outgoing.isTold() && outgoing.place() != Place.DONE) {
            tellTheLog(outgoing, result);
        }
        store.forget(outgoing);
        finish(outgoing, result);
    }

    /** Its caller was told at the deadline that it goes its way, and hears no more of it. */
    private void tellTheLog(Outgoing outgoing, PublishResult result) {
        counts.published(result, 0);
        if (result.isAcknowledged()) {
            LOGGER.debug("{} was {} after the deadline of its publish", outgoing.message(), result.description());
        } else {
            LOGGER.warn("{} was {} after the deadline of its publish", outgoing.message(), result.description());
        }
    }

    /** The message has come to its end in this process. */
    void finish(Outgoing outgoing, PublishResult result) {
        if (outgoing.place() != Place.DONE) {
            tell(outgoing, result);
            outgoing.place(Place.DONE);
            handshakes.ended(outgoing);
        }
    }

    /** Tells the caller alone; the message goes its way. */
    void tell(Outgoing outgoing, PublishResult result) {
        if (outgoing.tell(result)) {
            counts.published(
                    result, outgoing.isRestored() ? 0 : time.now(TimeUnit.MILLISECONDS) - outgoing.acceptedMillis());
        }
    }

    /** The message is itself at fault. */
    void fail(Outgoing outgoing, Throwable failure) {
        store.forget(outgoing);
        outgoing.fail(failure);
        handshakes.ended(outgoing);
    }

    /**
     * Nobody is told that a message is on disk before it is; {@code otherwise} it does not get there. Those that are told are given to
     * {@code then}.
     */
    void tellKept(List<Outgoing> kept, PublishResult result, PublishResult otherwise, Consumer<? super Outgoing> then) {
        store.whenWritten(() -> lane.execute(() -> kept.forEach(outgoing -> {
            if (outgoing.isOnDisk()) {
                tell(outgoing, result);
                then.accept(outgoing);
            } else if (outgoing.place() != Place.IN_FLIGHT) {
                queue.take(outgoing);
                store.forget(outgoing);
                tell(outgoing, unsent(outgoing, otherwise));
                outgoing.place(Place.DONE);
                handshakes.ended(outgoing);
            }
        })));
    }

    /** Those that {@link #endAtClose} ended. */
    Leftovers leftovers() {
        return leftovers;
    }

    /** The client is closed. What is kept and may be sent again stays where it is, for the next process. */
    void endAtClose(Outgoing outgoing, boolean possiblySent) {
        leftovers.add(outgoing);
        if (possiblySent) {
            outgoing.markPossiblySent();
        }
        boolean goesOn = outgoing.packetIdentifier() != StoredMessage.NO_PACKET_IDENTIFIER;
        boolean staysKept = outgoing.isKept() && (!possiblySent || goesOn || outgoing.qos() == Qos.AT_LEAST_ONCE);
        PublishResult result;
        if (outgoing.isPossiblySent()) {
            result = new PublishResult.Unconfirmed(
                    staysKept ? "the client was closed; the next one goes on with it" : "the client was closed");
        } else {
            result = staysKept ? new PublishResult.Queued() : new PublishResult.Dropped("the client was closed");
        }
        if (!staysKept) {
            store.forget(outgoing);
            finish(outgoing, result);
            return;
        }
        if (outgoing.isMarked() && !possiblySent && !outgoing.isResumed()) {
            handshakes.waitsAgain(outgoing);
            store.keepUnsent(outgoing);
        }
        outgoing.place(Place.DONE);
        tellKept(
                List.of(outgoing),
                result,
                possiblySent
                        ? new PublishResult.Unconfirmed("the client was closed")
                        : new PublishResult.Dropped("the client was closed, and the disk does not take it"),
                told -> {});
    }
}
