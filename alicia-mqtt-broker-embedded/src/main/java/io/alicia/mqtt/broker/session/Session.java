package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.broker.protocol.Will;
import io.alicia.mqtt.broker.routing.Subscriber;
import io.alicia.mqtt.broker.routing.Subscription;
import io.alicia.mqtt.broker.routing.Target;
import io.alicia.mqtt.broker.security.ClientAccess;
import io.alicia.mqtt.broker.store.StoredOutgoing;
import io.alicia.mqtt.broker.store.StoredSession;
import io.alicia.mqtt.broker.store.StoredState;
import io.alicia.mqtt.broker.store.StoredSubscription;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the broker keeps for a Client Identifier (MQTT 5 §4.1): subscriptions, messages on their way in both directions,
 * the will. It belongs to one event loop for its life; everything but what {@link Subscriber} and the identity say is
 * for that loop alone. A session that ended never comes back: the client's next connection gets another.
 */
public final class Session implements Subscriber {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Broker broker;
    private final String clientIdentifier;
    private final BrokerLoop home;
    private final Outbox outbox;
    private final Inbox inbox;
    private final SessionJournal journal;
    private final Map<TopicFilter, Subscription<Session>> subscriptions = new HashMap<>();
    private volatile boolean connected;
    private volatile boolean ready;
    private boolean used;
    private boolean ended;
    private @Nullable SessionClient client;
    private @Nullable ClientAccess access;
    private long accountBytes;
    private @Nullable PendingWill will;
    private @Nullable RetainedWalk walk;
    private String listener = "";
    private long expiryIntervalSeconds;
    private long disconnectedAtMillis;
    private Runnable stopExpiry = () -> {};
    private Runnable stopWill = () -> {};

    Session(Broker broker, String clientIdentifier, BrokerLoop home) {
        this.broker = broker;
        this.clientIdentifier = clientIdentifier;
        this.home = home;
        this.journal = new SessionJournal(broker.journal(), home);
        this.inbox = new Inbox(journal, broker.budget());
        this.outbox =
                new Outbox(broker::settings, broker.clock(), this::mayReceive, this::dropped, journal, broker.budget());
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
        replaceWill(storedWill == null ? null : new PendingWill(storedWill.topic(), storedWill));
    }

    /** Takes in what the store kept besides, before any event loop knows of the session. */
    void restore(StoredState.Kept kept, Map<Long, Message> messages) {
        long lastSequence = 0;
        long lastSentSequence = 0;
        List<Outgoing> outgoing = new ArrayList<>();
        for (StoredOutgoing stored : kept.outgoing()) {
            lastSequence = Math.max(lastSequence, stored.sequence());
            lastSentSequence = Math.max(lastSentSequence, stored.sentSequence());
            outgoing.add(new Outgoing(stored, messages.computeIfAbsent(stored.messageNumber(), number -> {
                Message message = Message.restored(stored.message());
                message.number(number);
                return message;
            })));
        }
        outgoing.sort(Comparator.comparingLong((Outgoing each) -> each.sentSequence)
                .thenComparingLong(each -> each.sequence));
        StoredSession recorded = kept.session();
        outbox.restore(outgoing, recorded.lastPacketIdentifier());
        if (recorded.disconnectedAtMillis() != StoredSession.CONNECTED) {
            // Nothing was sent after that record, so it knows better than what is still on its way.
            outbox.countFrom(recorded.lastPacketIdentifier());
        }
        inbox.restore(kept.received());
        for (StoredSubscription stored : kept.subscriptions()) {
            subscribe(new Subscription<>(
                    this,
                    stored.filter(),
                    stored.maximumQos(),
                    stored.noLocal(),
                    stored.retainAsPublished(),
                    stored.identifier()));
        }
        // From here on: what was restored needs no second record.
        journal.resume(kept.session().number(), lastSequence, lastSentSequence);
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
            if (will != null && will.will().delayIntervalSeconds() == 0) {
                publishWill();
            }
        }
        stopExpiry.run();
        stopWill.run();
        if (startsAnew) {
            // The old session ends here, and with it the wait for its will.
            publishWill();
            forget();
        }
        // A will that still waited is no longer due: its client is back [MQTT-3.1.3-9].
        replaceWill(newWill);
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
            replaceWill(null);
        }
        if (expiryIntervalSeconds == 0) {
            end();
            return;
        }
        outbox.handOnShared(outgoing -> handedOn(outgoing, true));
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
        PendingWill waiting = will;
        if (waiting != null) {
            long delayMillis = waiting.will().delayIntervalSeconds() * 1000 - awayMillis;
            if (delayMillis <= 0) {
                publishWill();
            } else {
                stopWill = after(delayMillis, () -> {
                    publishWill();
                    record();
                });
            }
        }
        if (expiryIntervalSeconds != ConnectProperties.NEVER_EXPIRES) {
            stopExpiry = after(lastsMillis, this::expireInTime);
        }
    }

    private Runnable after(long millis, Runnable task) {
        return broker.timers().schedule(home, Duration.ofMillis(millis), task);
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
                will);
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
        stopWill.run();
        publishWill();
        forget();
        weighAccount(null);
        broker.sessions().remove(this);
    }

    private void forget() {
        walk = null;
        for (TopicFilter filter : List.copyOf(subscriptions.keySet())) {
            unsubscribe(filter);
        }
        Arrivals arrivals = new Arrivals();
        outbox.handOnShared(outgoing -> handedOn(outgoing, false, arrivals));
        journal.ended(arrivals);
        outbox.clear();
        inbox.clear();
    }

    /** Hands one message on; the store forgets it here when the other session has it. */
    private boolean handedOn(Outgoing outgoing, boolean mustBeConnected) {
        Arrivals arrivals = new Arrivals();
        boolean handedOn = handedOn(outgoing, mustBeConnected, arrivals);
        if (handedOn) {
            journal.handedOn(outgoing, arrivals);
        }
        return handedOn;
    }

    private boolean handedOn(Outgoing outgoing, boolean mustBeConnected, Arrivals arrivals) {
        TopicFilter filter = outgoing.sharedFilter;
        return filter != null
                && broker.router().handOn(outgoing.message, filter, this, mustBeConnected, home, arrivals);
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

    private void replaceWill(@Nullable PendingWill other) {
        long before = will == null ? 0 : will.weightBytes();
        will = other;
        long now = other == null ? 0 : other.weightBytes();
        if (now != before) {
            broker.budget().add(now - before);
        }
    }

    private void publishWill() {
        PendingWill due = will;
        ClientAccess publisher = access;
        replaceWill(null);
        if (due == null || publisher == null) {
            return;
        }
        // Allowed at CONNECT, but the rules may have changed since.
        if (publisher.mayPublish(due.topic())) {
            Message message = due.message(broker.clock().millis(), clientIdentifier, publisher.account(), listener);
            publishAsAWhole(message);
        } else {
            broker.denials().publish(publisher, clientIdentifier, due.topic());
        }
    }

    /** What comes next says that the will is gone: never without what says who has it. */
    private void publishAsAWhole(Message message) {
        Arrivals arrivals = new Arrivals();
        arrivals.expect();
        arrivals.whenAll(broker.store().together());
        try {
            broker.router().publish(message, this, home, arrivals);
        } finally {
            arrivals.arrived();
        }
    }

    /** Subscribes, with the mount point in the filter; tells whether the subscription is new. */
    boolean subscribe(Subscription<Session> subscription) {
        broker.index().subscribe(subscription);
        journal.subscribed(subscription);
        boolean isNew = subscriptions.put(subscription.filter(), subscription) == null;
        if (isNew) {
            broker.budget().add(Weights.ofSubscription(subscription.filter()));
            counterOf(subscription.filter()).increment();
        }
        return isNew;
    }

    /** Ends a subscription; tells whether there was one. */
    boolean unsubscribe(TopicFilter filter) {
        broker.index().unsubscribe(this, filter);
        boolean existed = subscriptions.remove(filter) != null;
        if (existed) {
            journal.unsubscribed(filter);
            broker.budget().add(-Weights.ofSubscription(filter));
            counterOf(filter).decrement();
        }
        return existed;
    }

    /** Ends the subscriptions that its client may not have any more; tells why. */
    List<Decision> withdrawForbidden() {
        ClientAccess current = access;
        if (current == null) {
            return List.of();
        }
        List<Decision> why = new ArrayList<>();
        for (TopicFilter filter : filters()) {
            current.withdrawal(filter).ifPresent(decision -> {
                why.add(decision);
                unsubscribe(filter);
            });
        }
        return why;
    }

    /** The rights of the client that has it or had it last; null if there was none yet. */
    @Nullable
    ClientAccess access() {
        return access;
    }

    /** What it is subscribed to, as of now. */
    List<TopicFilter> filters() {
        return List.copyOf(subscriptions.keySet());
    }

    private LongAdder counterOf(TopicFilter filter) {
        return filter.shareName().isPresent()
                ? broker.counters().sharedSubscriptions()
                : broker.counters().subscriptions();
    }

    int unsentPackets() {
        return client == null ? 0 : client.unsentPackets();
    }

    long unsentBytes() {
        return client == null ? 0 : client.unsentBytes();
    }

    int subscriptionCount() {
        return subscriptions.size();
    }

    boolean isSubscribed(TopicFilter filter) {
        return subscriptions.containsKey(filter);
    }

    /** A message for this session, on its home loop. */
    void deliver(
            Message message,
            Target<Session> target,
            @Nullable Session publisher,
            @Nullable TopicFilter sharedFilter,
            @Nullable Arrivals arrivals) {
        try {
            Target<Session> wanted = publisher == this ? target.forOwnMessageOrNull() : target;
            if (wanted != null) {
                boolean retain = wanted.retainAsPublished() && message.retain();
                deliver(message, wanted.maximumQos(), retain, wanted.identifiers(), sharedFilter, arrivals);
            }
        } catch (RuntimeException e) {
            // One receiver's trouble is its own: the others of this message and this loop go on.
            LOG.error("cannot deliver {} to {}", message.topic(), clientIdentifier, e);
            fail();
        }
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
        return client != null || qos != Qos.AT_MOST_ONCE || outbox.keepsQos0Messages();
    }

    /** A retained message for a new subscription, on the home loop. */
    void deliverRetained(Message message, Subscription<Session> subscription) {
        List<Integer> identifiers = subscription.identifier() == 0 ? List.of() : List.of(subscription.identifier());
        if (isDeliverable(message, null, null)) {
            outbox.offer(new Outgoing(message, qosOf(message, subscription.maximumQos()), true, identifiers, null));
            updateReady();
        }
    }

    /** What the broker has to say to this client, whatever it subscribed to and may receive; on the home loop. */
    void tell(Message message) {
        outbox.offer(new Outgoing(message, message.qos(), false, List.of(), null));
        updateReady();
    }

    private void deliver(
            Message message,
            Qos maximumQos,
            boolean retain,
            List<Integer> identifiers,
            @Nullable TopicFilter sharedFilter,
            @Nullable Arrivals arrivals) {
        if (!isDeliverable(message, sharedFilter, arrivals)) {
            return;
        }
        Outgoing outgoing = new Outgoing(message, qosOf(message, maximumQos), retain, identifiers, sharedFilter);
        if (walk != null && walk.isBehind(message.topic())) {
            outbox.postpone(outgoing);
        } else {
            outbox.offer(outgoing);
        }
        updateReady();
    }

    /** Whether a message may be sent; if not it was counted, or handed on. */
    private boolean isDeliverable(Message message, @Nullable TopicFilter sharedFilter, @Nullable Arrivals arrivals) {
        if (ended) {
            if (sharedFilter == null || !broker.router().handOn(message, sharedFilter, this, false, home, arrivals)) {
                dropped(message, DropCause.SESSION_ENDED);
            }
            return false;
        }
        if (message.expires() && message.isExpired(broker.clock().millis())) {
            dropped(message, DropCause.EXPIRED);
            return false;
        }
        if (!mayReceive(message)) {
            dropped(message, DropCause.RECEIVE_DENIED);
            return false;
        }
        return true;
    }

    private Qos qosOf(Message message, Qos maximumQos) {
        return broker.settings().upgradeOutgoingQos()
                ? maximumQos
                : message.qos().atMost(maximumQos);
    }

    private boolean mayReceive(Message message) {
        ClientAccess receiver = access;
        if (receiver == null || receiver.mayReceive(message.topic())) {
            return receiver != null;
        }
        broker.denials().receive(receiver, message.topic());
        return false;
    }

    /** After anything that may open or close the window. */
    void updateReady() {
        boolean now = outbox.isReady();
        if (now != ready) {
            ready = now;
        }
    }

    private void dropped(Message message, DropCause cause) {
        broker.counters().dropped(cause).increment();
        if (!broker.events().none()) {
            broker.events().tell(listener -> listener.dropped(clientIdentifier, message.topic(), cause));
        }
    }
}
