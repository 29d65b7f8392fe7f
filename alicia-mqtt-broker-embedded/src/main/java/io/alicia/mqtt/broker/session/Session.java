package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.broker.protocol.Will;
import io.alicia.mqtt.broker.routing.Subscriber;
import io.alicia.mqtt.broker.security.ClientAccess;
import io.alicia.mqtt.broker.store.StoredSession;
import io.alicia.mqtt.broker.store.StoredState;
import io.alicia.mqtt.protocol.Qos;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the broker keeps for a Client Identifier (MQTT 5 §4.1): subscriptions, messages on their way in both directions,
 * the will. It belongs to one event loop for its life; everything but what {@link Subscriber} and the identity say is
 * for that loop alone. A session that ended never comes back: the client's next connection gets another.
 */
public final class Session implements Subscriber {

    private final Broker broker;
    private final String clientIdentifier;
    private final BrokerLoop home;
    private final Outbox outbox;
    private final Inbox inbox;
    private final SessionJournal journal;
    private final SessionSubscriptions subscriptions;
    private final SessionDelivery delivery;
    private final SessionWill will;
    private volatile boolean connected;
    private volatile boolean ready;
    private boolean used;
    private boolean ended;
    private @Nullable SessionClient client;
    private @Nullable ClientAccess access;
    private long accountBytes;
    private @Nullable RetainedWalk walk;
    private String listener = "";
    private long expiryIntervalSeconds;
    private long disconnectedAtMillis;
    private Runnable stopExpiry = () -> {};

    Session(Broker broker, String clientIdentifier, BrokerLoop home) {
        this.broker = broker;
        this.clientIdentifier = clientIdentifier;
        this.home = home;
        this.journal = new SessionJournal(broker.journal(), home);
        this.inbox = new Inbox(journal, broker.budget());
        this.subscriptions = new SessionSubscriptions(broker, this);
        this.will = new SessionWill(broker, this);
        this.delivery = new SessionDelivery(broker, this);
        this.outbox = new Outbox(
                broker::settings, broker.clock(), delivery::mayReceive, delivery::dropped, journal, broker.budget());
    }

    /** A session as the store kept it; {@link #resume} sets its time going. */
    Session(Broker broker, StoredState.Kept kept, BrokerLoop home, ClientAccess access) {
        this(broker, kept.session().clientIdentifier(), home);
        StoredSession stored = kept.session();
        replaceAccess(access);
        this.used = true;
        this.listener = stored.listener();
        this.expiryIntervalSeconds =
                Math.min(stored.expiryIntervalSeconds(), broker.settings().persistentClientExpirationSeconds());
        this.disconnectedAtMillis = stored.disconnectedAtMillis();
        Will storedWill = stored.will();
        will.replace(storedWill == null ? null : new PendingWill(storedWill.topic(), storedWill));
    }

    /** Sets expiry and will going as if the connection had ended when it did; on the home loop. */
    void resume() {
        long now = broker.clock().millis();
        if (disconnectedAtMillis == StoredSession.CONNECTED) {
            disconnectedAtMillis = now;
            record();
        }
        if (client == null && !ended) {
            away(Math.max(0, now - disconnectedAtMillis));
        }
    }

    /** {@return the Client Identifier} */
    public String clientIdentifier() {
        return clientIdentifier;
    }

    /** {@return the event loop that it belongs to} */
    public BrokerLoop home() {
        return home;
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    SessionJournal journal() {
        return journal;
    }

    SessionSubscriptions subscriptions() {
        return subscriptions;
    }

    /** By which messages come in. */
    SessionDelivery delivery() {
        return delivery;
    }

    boolean hasEnded() {
        return ended;
    }

    /** The name of the listener that its client came by last. */
    String listener() {
        return listener;
    }

    Inbox inbox() {
        return inbox;
    }

    Outbox outbox() {
        return outbox;
    }

    /** The connected client, or null. */
    @Nullable
    SessionClient client() {
        return client;
    }

    /** What attaching led to. */
    enum Attached {
        /** The session had ended: another one has to be found. */
        ENDED,
        /** The session is new or was made so. */
        NEW,
        /** The session goes on where it was. */
        PRESENT
    }

    /** A client takes the session, from another connection if there is one [MQTT-3.1.4-3]. */
    Attached attach(
            SessionClient newClient,
            ClientAccess newAccess,
            boolean cleanStart,
            @Nullable PendingWill newWill,
            long newExpiryIntervalSeconds) {
        if (ended) {
            return Attached.ENDED;
        }
        SessionClient old = client;
        // A session without expiry ends with its connection, also when another one takes its place.
        boolean startsAnew = cleanStart || (old != null && expiryIntervalSeconds == 0);
        if (old != null) {
            client = null;
            outbox.detach();
            old.takenOver();
            if (will.isWithoutDelay()) {
                will.publish();
            }
        }
        stopExpiry.run();
        will.stopWaiting();
        if (startsAnew) {
            // The old session ends here, and with it the wait for its will.
            will.publish();
            forget();
        }
        // A will that still waited is no longer due: its client is back [MQTT-3.1.3-9].
        will.replace(newWill);
        boolean present = used && !startsAnew;
        used = true;
        client = newClient;
        replaceAccess(newAccess);
        expiryIntervalSeconds = newExpiryIntervalSeconds;
        listener = newClient.listener();
        disconnectedAtMillis = StoredSession.CONNECTED;
        record();
        inbox.attach();
        connected = true;
        return present ? Attached.PRESENT : Attached.NEW;
    }

    /** The client was told that it is connected: messages may flow. */
    void open(SessionClient opened) {
        if (client == opened) {
            outbox.attach(opened);
            updateReady();
            goOnWalking();
        }
    }

    /** The client stays, but takes nothing for now: what comes waits. */
    void pause(SessionClient paused) {
        if (client == paused) {
            outbox.detach();
            updateReady();
        }
    }

    /** A client changed how long its session outlives it (MQTT 5 §3.14.2.2.2). */
    void changeExpiryInterval(long seconds) {
        expiryIntervalSeconds = seconds;
    }

    long expiryIntervalSeconds() {
        return expiryIntervalSeconds;
    }

    /** A client is gone; nothing happens if the session has another one already. */
    void detach(SessionClient gone, boolean withWill) {
        if (client != gone) {
            return;
        }
        client = null;
        connected = false;
        outbox.detach();
        updateReady();
        if (!withWill) {
            will.replace(null);
        }
        if (expiryIntervalSeconds == 0) {
            end();
            return;
        }
        outbox.handOnShared(outgoing -> delivery.handOn(outgoing, true));
        if (walk != null) {
            walk.goOnAlone();
        }
        disconnectedAtMillis = broker.clock().millis();
        away(0);
        record();
    }

    /** Waits for the client for what is left after so long; publishes a will that is due. */
    private void away(long awayMillis) {
        long lastsMillis = expiryIntervalSeconds * 1000 - awayMillis;
        if (lastsMillis <= 0) {
            end();
            return;
        }
        will.publishInTime(awayMillis, () -> {
            will.publish();
            record();
        });
        if (expiryIntervalSeconds != ConnectProperties.NEVER_EXPIRES) {
            stopExpiry = broker.timers().schedule(home, Duration.ofMillis(lastsMillis), this::expireInTime);
        }
    }

    /** What the store is to know of the session itself. */
    private void record() {
        journal.session(
                clientIdentifier,
                access == null ? null : access.account(),
                listener,
                expiryIntervalSeconds,
                disconnectedAtMillis,
                outbox.lastPacketIdentifier(),
                will.pendingOrNull());
    }

    /** Its time is over, unless a client has it. */
    void expire() {
        if (client == null && !ended) {
            broker.counters().sessionsExpired().increment();
            end();
        }
    }

    private void expireInTime() {
        if (client == null && !ended) {
            broker.events().tell(listening -> listening.expired(clientIdentifier));
            expire();
        }
    }

    /** Ends it if no client ever came: the one that it was made for was refused after all. */
    void endUnlessUsed() {
        if (!used && !ended) {
            end();
        }
    }

    private void end() {
        ended = true;
        stopExpiry.run();
        will.stopWaiting();
        will.publish();
        forget();
        weighAccount(null);
        broker.sessions().remove(this);
    }

    private void forget() {
        walk = null;
        subscriptions.clear();
        Arrivals arrivals = new Arrivals();
        outbox.handOnShared(outgoing -> delivery.handOn(outgoing, false, arrivals));
        journal.ended(arrivals);
        outbox.clear();
        inbox.clear();
    }

    private void replaceAccess(ClientAccess other) {
        access = other;
        weighAccount(other.account());
    }

    private void weighAccount(@Nullable String account) {
        long before = accountBytes;
        accountBytes = Weights.ofName(account);
        broker.budget().add(accountBytes - before);
    }

    /** Ends the subscriptions that its client may not have any more; tells why. */
    List<Decision> withdrawForbidden() {
        return access == null ? List.of() : subscriptions.withdrawForbidden(access);
    }

    /** The rights of the client that has it or had it last; null if there was none yet. */
    @Nullable
    ClientAccess access() {
        return access;
    }

    int unsentPackets() {
        return client == null ? 0 : client.unsentPackets();
    }

    long unsentBytes() {
        return client == null ? 0 : client.unsentBytes();
    }

    /** Ends the connection of a client whose state nobody knows any more. */
    void fail() {
        if (client != null) {
            client.fail();
        }
    }

    /** What brings retained messages; on the home loop. */
    RetainedWalk walk() {
        if (walk == null) {
            walk = new RetainedWalk(broker, this);
        }
        return walk;
    }

    boolean isWalkedBy(RetainedWalk other) {
        return walk == other;
    }

    /** There is nothing to bring any more. */
    void walked(RetainedWalk over) {
        if (walk == over) {
            walk = null;
        }
    }

    /** The client takes more retained messages, if there are any. */
    void goOnWalking() {
        if (walk != null) {
            walk.goOn();
        }
    }

    /** Whether a message with this QoS goes to a client, or waits for one. */
    boolean takesNow(Qos qos) {
        return client != null || outbox.keeps(qos);
    }

    /** Whether older retained messages have to be sent before this one. */
    boolean isWalkingFor(Message message) {
        return walk != null && walk.isBehind(message.topic());
    }

    /** After anything that may open or close the window. */
    void updateReady() {
        boolean now = outbox.isReady();
        if (now != ready) {
            ready = now;
        }
    }
}
