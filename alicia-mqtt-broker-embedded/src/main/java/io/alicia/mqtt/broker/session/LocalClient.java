package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.broker.protocol.Packet;
import io.alicia.mqtt.broker.protocol.Pubrel;
import io.alicia.mqtt.broker.routing.Subscription;
import io.alicia.mqtt.broker.routing.TopicLevels;
import io.alicia.mqtt.broker.security.ClientAccess;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A client of this process: it has a session like any other, with the same queues, flow control and rights, and a {@link
 * Peer} in place of a network connection. Everything but {@link #open} happens on the session's event loop.
 */
public final class LocalClient implements SessionClient {

    /** The other end of a {@link LocalClient}; called on the session's event loop. */
    public interface Peer {

        /**
         * {@return how many QoS 1 and 2 messages it takes without having reported on them; empty for {@code
         * maxInflightMessages}}
         */
        OptionalInt receiveMaximum();

        /** {@return whether what it takes now would go on soon} */
        boolean isWritable();

        /** {@return whether so much waits in it that a QoS 0 message is better dropped} */
        boolean isCongested();

        /**
         * Takes a message; with QoS 1 and 2 it reports on it later, by {@link LocalClient#delivered} or {@link
         * LocalClient#returned}, also if the client was paused meanwhile.
         *
         * @param delivery the message
         * @return false if it is too large
         */
        boolean send(LocalDelivery delivery);

        /**
         * The client has no session any more; it is not to be used again.
         *
         * @param reason what happened, for a log
         */
        void ended(String reason);
    }

    private final Broker broker;
    private final Session session;
    private final ClientAccess access;
    private final Peer peer;
    private final Acknowledgements acknowledgements;

    private LocalClient(Broker broker, Session session, ClientAccess access, Peer peer) {
        this.broker = broker;
        this.session = session;
        this.access = access;
        this.peer = peer;
        this.acknowledgements = new Acknowledgements(session, broker.journal());
    }

    /**
     * Takes the session of a Client Identifier, from whoever has it. It does not flow yet.
     *
     * @param broker whose session
     * @param loop where a new session is at home
     * @param clientIdentifier which session
     * @param access what the client may publish and receive
     * @param trusted whether it may do anything, so that nobody asks again for its retained messages
     * @param clean whether the session begins empty, and ends with the client
     * @param peer the other end
     * @param opened is given the client, on the session's event loop
     */
    public static void open(
            Broker broker,
            BrokerLoop loop,
            String clientIdentifier,
            ClientAccess access,
            boolean trusted,
            boolean clean,
            Peer peer,
            Consumer<LocalClient> opened) {
        if (trusted) {
            broker.trust(clientIdentifier);
        }
        Session session = broker.sessions().of(clientIdentifier, loop);
        session.home().execute(() -> {
            LocalClient client = new LocalClient(broker, session, access, peer);
            long expirySeconds = clean ? 0 : ConnectProperties.NEVER_EXPIRES;
            if (session.attach(client, access, clean, null, expirySeconds) == Session.Attached.ENDED) {
                open(broker, loop, clientIdentifier, access, trusted, clean, peer, opened);
            } else {
                opened.accept(client);
            }
        });
    }

    @Override
    public String listener() {
        return "";
    }

    /** {@return the event loop that it belongs to} */
    public BrokerLoop home() {
        return session.home();
    }

    /**
     * Runs something later on its event loop.
     *
     * @param delay from now
     * @param task what
     * @return stops the task if it has not run
     */
    public Runnable after(Duration delay, Runnable task) {
        return broker.timers().schedule(session.home(), delay, task);
    }

    /** {@return the time, milliseconds of the epoch} */
    public long nowMillis() {
        return broker.clock().millis();
    }

    /** {@return how many messages wait for the peer} */
    public int waitingMessages() {
        return session.outbox().waitingCount();
    }

    /**
     * Says whether QoS 0 messages wait while it does not flow, if the broker's setting does not say so.
     *
     * @param keep whether they wait
     */
    public void keepQos0Messages(boolean keep) {
        session.outbox().keepQos0Messages(keep);
    }

    /**
     * Subscribes to these and to nothing else.
     *
     * @param wanted all subscriptions
     */
    public void subscribeOnlyTo(Collection<io.alicia.mqtt.message.Subscription> wanted) {
        Collection<TopicFilter> kept = wanted.stream()
                .map(io.alicia.mqtt.message.Subscription::topicFilter)
                .collect(Collectors.toSet());
        for (TopicFilter filter : session.subscriptions().filters()) {
            if (!kept.contains(filter)) {
                session.subscriptions().remove(filter);
            }
        }
        for (io.alicia.mqtt.message.Subscription each : wanted) {
            session.subscriptions()
                    .add(
                            new Subscription<>(
                                    session,
                                    each.topicFilter(),
                                    each.maximumQos(),
                                    each.noLocal(),
                                    each.retainAsPublished(),
                                    0),
                            false);
        }
    }

    /**
     * Messages go to the peer from now on: those that waited first, then retained messages of its subscriptions but for its
     * own. A retained message that waited, or is on its way still, goes once.
     *
     * @param subscriptions whose retained messages
     * @param fresh whether the peer is to get them all; false if it has what went before, so that it gets only those that
     *     there was no room for
     */
    public void flow(Collection<io.alicia.mqtt.message.Subscription> subscriptions, boolean fresh) {
        Set<Message.Identity> underWay = new HashSet<>();
        session.outbox().forEach(message -> underWay.add(message.identity()));
        session.outbox().missedRetained().begin();
        Set<TopicName> missed = session.outbox().missedRetained().take();
        RetainedWalk walk = session.walk();
        if (fresh) {
            walk.cancel();
        }
        session.open(this);
        // Behind what waited: a value that is retained here is newer than any that waited for its topic.
        if (fresh || !missed.isEmpty()) {
            walk.add(
                    subscriptions.stream().map(this::forRetained).toList(),
                    message -> (fresh || missed.contains(message.topic())) && underWay.add(message.identity()));
            walk.begin(subscriptions.size());
        }
    }

    /** All but the peer's own, whatever it is subscribed to. */
    private Subscription<Session> forRetained(io.alicia.mqtt.message.Subscription wanted) {
        return new Subscription<>(session, wanted.topicFilter(), wanted.maximumQos(), true, true, 0);
    }

    /** Messages wait from now on. */
    public void pause() {
        session.pause(this);
    }

    /** Forgets what waits and what the peer has not reported on. */
    public void clear() {
        session.walk().cancel();
        session.outbox().clear();
        session.updateReady();
    }

    /** The peer has room again. */
    public void pump() {
        session.outbox().pump();
        session.updateReady();
    }

    /**
     * A QoS 1 or 2 message has arrived, or will never be taken.
     *
     * @param delivery which
     */
    public void delivered(LocalDelivery delivery) {
        session.outbox().reported(delivery.outgoing());
        session.updateReady();
    }

    /**
     * A QoS 1 or 2 message was lost on the way: it is sent again.
     *
     * @param delivery which
     */
    public void returned(LocalDelivery delivery) {
        session.outbox().returned(delivery.outgoing());
        session.updateReady();
    }

    /**
     * Publishes a message from the peer. One that is too large, too deep or not allowed is dropped, counted and told of as
     * anybody's would be. One below {@code $CONTROL/} is for this broker, where nothing is controlled by it: nobody gets it.
     *
     * @param message what, with its topic here
     * @param done runs when the message is safe, or dropped
     */
    public void publish(ApplicationMessage message, Runnable done) {
        TopicName topic = message.topic();
        if (TopicLevels.count(topic.value()) > broker.settings().maxTopicLevels()
                || message.payload().length() > broker.settings().messageSizeLimit()) {
            broker.counters().dropped(DropCause.PAYLOAD_TOO_LARGE).increment();
            broker.events().tell(told -> told.dropped(session.clientIdentifier(), topic, DropCause.PAYLOAD_TOO_LARGE));
            done.run();
        } else if (!access.mayPublish(topic)) {
            broker.denials().publish(access, session.clientIdentifier(), topic);
            done.run();
        } else if (ControlTopics.contain(topic)) {
            // As anybody's it goes to no client and is not retained. Mosquitto answers that nothing is controlled here;
            // to
            // the other end of a bridge that would be a command, which it answers in turn.
            done.run();
        } else {
            boolean waits = broker.journal().isOn() && message.qos() != Qos.AT_MOST_ONCE;
            Arrivals arrivals = waits ? new Arrivals() : null;
            route(message, arrivals);
            if (arrivals == null) {
                done.run();
            } else {
                acknowledgements.add(arrivals, () -> {}, done);
            }
        }
    }

    /**
     * Publishes in the broker's own name, with nobody's rights asked; its own subscriptions do not get it.
     *
     * @param message what
     */
    public void announce(ApplicationMessage message) {
        route(message, null);
    }

    private void route(ApplicationMessage message, @Nullable Arrivals arrivals) {
        boolean retain = message.retain() && broker.settings().retainAvailable();
        Message inside = ApplicationMessages.inside(
                message, retain, broker.clock().millis(), session.clientIdentifier(), access.account());
        broker.router().publish(inside, session, session.home(), arrivals);
        broker.events()
                .tell(told -> told.published(
                        session.clientIdentifier(), inside.topic(), inside.qos(), retain, inside.payloadBytes()));
    }

    /**
     * Runs something when the loops that it published to have caught up, at once if they have.
     *
     * @param next what
     */
    public void whenCaughtUp(Runnable next) {
        Mailbox full = session.home().takeFull();
        if (full == null) {
            next.run();
        } else {
            full.whenNotFull(() -> session.home().execute(next));
        }
    }

    /** Gives the session up; what waits stays there, unless it is clean. */
    public void end() {
        session.detach(this, false);
    }

    /** Gives the session up and ends it. */
    public void endWithSession() {
        session.detach(this, false);
        session.expire();
    }

    @Override
    public void takenOver() {
        peer.ended("another client uses the Client Identifier " + session.clientIdentifier());
    }

    @Override
    public void fail() {
        close(ReasonCode.UNSPECIFIED_ERROR, "internal error");
    }

    @Override
    public void close(ReasonCode reasonCode, String reason) {
        end();
        peer.ended(reason);
    }

    @Override
    public OptionalInt receiveMaximum() {
        return peer.receiveMaximum();
    }

    @Override
    public boolean isWritable() {
        return peer.isWritable();
    }

    @Override
    public boolean isCongested() {
        return peer.isCongested();
    }

    @Override
    public boolean keepsWhatItHas() {
        return true;
    }

    @Override
    public @Nullable DropCause publish(Outgoing outgoing, boolean dup) {
        boolean sent = peer.send(new LocalDelivery(outgoing, broker.clock().millis()));
        outgoing.handedOver = sent && outgoing.qos != Qos.AT_MOST_ONCE;
        return sent ? null : DropCause.PACKET_TOO_LARGE;
    }

    @Override
    public void write(Packet packet) {
        if (packet instanceof Pubrel pubrel) {
            // Left by a client over the network that had the session before: it has the message.
            session.outbox().answers().completed(pubrel.packetIdentifier());
        }
    }
}
