package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.protocol.Will;
import io.alicia.mqtt.broker.routing.Subscription;
import io.alicia.mqtt.broker.store.Change;
import io.alicia.mqtt.broker.store.StoredSession;
import io.alicia.mqtt.broker.store.StoredSubscription;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What one session tells the store, under its number. A session that ends with its connection keeps nothing there but
 * the will that is due then. Belongs to the session's event loop.
 */
final class SessionJournal {

    private final Journal journal;
    private final Executor home;
    /** What the store knows the session by; 0 as long as it does not know it. */
    private long number;
    /** Whether the session outlives its connection, and so does what belongs to it. */
    private boolean lasting;

    private long lastSequence;
    private long lastSentSequence;

    SessionJournal(Journal journal, Executor home) {
        this.journal = journal;
        this.home = home;
    }

    /** Goes on with a session that the store knows. */
    void resume(long storedNumber, long storedSequence, long storedSentSequence) {
        number = storedNumber;
        lasting = true;
        lastSequence = storedSequence;
        lastSentSequence = storedSentSequence;
    }

    /** Whether a client may be told of a change only when it is committed. */
    boolean isLasting() {
        return lasting;
    }

    /** Whether the store knows the session: one that lasts, or has a will. */
    boolean isKept() {
        return number != 0;
    }

    /** Runs a task on the session's event loop when everything that was recorded before is committed. */
    void afterCommit(Runnable task) {
        journal.store().whenCommitted(home, task);
    }

    /** Who the session is of, how long it lasts and what its will is. */
    void session(
            String clientIdentifier,
            @Nullable String account,
            String listener,
            long expiryIntervalSeconds,
            long disconnectedAtMillis,
            int lastPacketIdentifier,
            @Nullable PendingWill will) {
        if (!journal.isOn()) {
            return;
        }
        lasting |= expiryIntervalSeconds > 0;
        if (number == 0 && !lasting && will == null) {
            return;
        }
        if (number == 0) {
            number = journal.nextNumber();
        }
        Will kept = will == null ? null : will.mounted();
        journal.record(new Change.SessionPut(new StoredSession(
                number,
                clientIdentifier,
                account,
                listener,
                expiryIntervalSeconds,
                disconnectedAtMillis,
                lastPacketIdentifier,
                kept)));
    }

    /** The session ended, or begins anew, when all that it handed on has arrived. */
    void ended(Arrivals handedOn) {
        long old = number;
        number = 0;
        lasting = false;
        if (old != 0) {
            handedOn.whenAll(() -> journal.record(new Change.SessionEnded(old)));
        }
    }

    /**
     * A subscription.
     *
     * @param retainedDue as of {@link StoredSubscription#retainedDue}
     */
    void subscribed(Subscription<Session> subscription, long retainedDue) {
        if (lasting) {
            journal.record(new Change.Subscribed(number, stored(subscription, retainedDue)));
        }
    }

    /** All retained messages of a subscription were offered. */
    void retainedOffered(Subscription<Session> subscription) {
        if (lasting) {
            journal.record(new Change.RetainedOffered(number, stored(subscription, 0)));
        }
    }

    private static StoredSubscription stored(Subscription<Session> subscription, long retainedDue) {
        return new StoredSubscription(
                subscription.filter(),
                subscription.maximumQos(),
                subscription.noLocal(),
                subscription.retainAsPublished(),
                subscription.identifier(),
                retainedDue);
    }

    void unsubscribed(TopicFilter filter) {
        if (lasting) {
            journal.record(new Change.Unsubscribed(number, filter));
        }
    }

    /** A message is about to be sent for the first time. */
    void sending(Outgoing outgoing) {
        if (lasting) {
            lastSentSequence++;
            outgoing.sentSequence = lastSentSequence;
            outgoing(outgoing);
        }
    }

    /** A message waits or got further. */
    void outgoing(Outgoing outgoing) {
        if (lasting) {
            if (outgoing.sequence == 0) {
                lastSequence++;
                outgoing.sequence = lastSequence;
            }
            journal.record(new Change.OutgoingPut(number, outgoing.stored()));
        }
    }

    /** A message that waits goes behind all others that do. */
    void last(Outgoing outgoing) {
        if (lasting && outgoing.sequence != 0) {
            long before = outgoing.sequence;
            outgoing.sequence = 0;
            Runnable complete = journal.store().together();
            try {
                outgoing(outgoing);
                journal.record(new Change.OutgoingFinished(number, before));
            } finally {
                complete.run();
            }
        }
    }

    /** A message is done with. */
    void finished(Outgoing outgoing) {
        if (lasting && outgoing.sequence != 0) {
            journal.record(new Change.OutgoingFinished(number, outgoing.sequence));
        }
    }

    /** A message is done with here when another session has it. */
    void handedOn(Outgoing outgoing, Arrivals arrivals) {
        long own = number;
        if (lasting && outgoing.sequence != 0) {
            arrivals.whenAll(() -> journal.record(new Change.OutgoingFinished(own, outgoing.sequence)));
        }
    }

    /**
     * A QoS 2 message is about to be routed: to be committed as a whole, since after a crash its identifier says that
     * every subscriber has it, and a subscriber that has it says that it must not be routed again.
     *
     * @return to be run when every event loop has taken it in, on any thread
     */
    Runnable receiving(int packetIdentifier) {
        if (!lasting) {
            return () -> {};
        }
        long own = number;
        Runnable complete = journal.store().together();
        return () -> {
            journal.record(new Change.Received(own, packetIdentifier));
            complete.run();
        };
    }

    void released(int packetIdentifier) {
        if (lasting) {
            journal.record(new Change.Released(number, packetIdentifier));
        }
    }
}
