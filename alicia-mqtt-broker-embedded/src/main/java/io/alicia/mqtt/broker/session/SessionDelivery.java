package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.routing.Subscription;
import io.alicia.mqtt.broker.routing.Target;
import io.alicia.mqtt.broker.security.ClientAccess;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a message that was routed to a session into its {@link Outbox}: with which QoS and flags it is sent, and
 * whether at all (MQTT 5 §3.3.4). Belongs to the session's event loop.
 */
final class SessionDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(SessionDelivery.class);

    private final Broker broker;
    private final Session session;

    SessionDelivery(Broker broker, Session session) {
        this.broker = broker;
        this.session = session;
    }

    /** A message that matched subscriptions. */
    void deliver(
            Message message,
            Target<Session> target,
            @Nullable Session publisher,
            @Nullable TopicFilter sharedFilter,
            @Nullable Arrivals arrivals) {
        try {
            Target<Session> wanted = publisher == session ? target.forOwnMessageOrNull() : target;
            if (wanted != null && isDeliverable(message, sharedFilter, arrivals)) {
                boolean retain = wanted.retainAsPublished() && message.retain();
                offer(
                        new Outgoing(
                                message,
                                qosOf(message, wanted.maximumQos()),
                                retain,
                                wanted.identifiers(),
                                sharedFilter),
                        session.isWalkingFor(message));
            }
        } catch (RuntimeException e) {
            // One receiver's trouble is its own: the others of this message and this loop go on.
            LOG.error("cannot deliver {} to {}", message.topic(), session.clientIdentifier(), e);
            session.fail();
        }
    }

    /** A retained message for a new subscription. */
    void deliverRetained(Message message, Subscription<Session> subscription) {
        List<Integer> identifiers = subscription.identifier() == 0 ? List.of() : List.of(subscription.identifier());
        if (isDeliverable(message, null, null)) {
            offer(new Outgoing(message, qosOf(message, subscription.maximumQos()), true, identifiers, null), false);
        }
    }

    /** What the broker has to say to this client, whatever it subscribed to and may receive. */
    void tell(Message message) {
        offer(new Outgoing(message, message.qos(), false, List.of(), null), false);
    }

    private void offer(Outgoing outgoing, boolean behindRetained) {
        if (behindRetained) {
            session.outbox().postpone(outgoing);
        } else {
            session.outbox().offer(outgoing);
        }
        session.updateReady();
    }

    /** Whether a message may be sent; if not it was counted, or handed on. */
    private boolean isDeliverable(Message message, @Nullable TopicFilter sharedFilter, @Nullable Arrivals arrivals) {
        if (session.hasEnded()) {
            if (sharedFilter == null || !handOn(message, sharedFilter, false, arrivals)) {
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

    /** Whether the client may receive it by the rules of now. */
    boolean mayReceive(Message message) {
        ClientAccess receiver = session.access();
        if (receiver == null || receiver.mayReceive(message.topic())) {
            return receiver != null;
        }
        broker.denials().receive(receiver, message.topic());
        return false;
    }

    /** Counts a message that is not sent, and tells of it. */
    void dropped(Message message, DropCause cause) {
        broker.counters().dropped(cause).increment();
        if (!broker.events().none()) {
            broker.events().tell(listener -> listener.dropped(session.clientIdentifier(), message.topic(), cause));
        }
    }

    /** Hands one message of a shared subscription on; the store forgets it here when the other session has it. */
    boolean handOn(Outgoing outgoing, boolean mustBeConnected) {
        Arrivals arrivals = new Arrivals();
        boolean handedOn = handOn(outgoing, mustBeConnected, arrivals);
        if (handedOn) {
            session.journal().handedOn(outgoing, arrivals);
        }
        return handedOn;
    }

    /** Hands one message of a shared subscription on; the store is told by the caller. */
    boolean handOn(Outgoing outgoing, boolean mustBeConnected, Arrivals arrivals) {
        TopicFilter filter = outgoing.sharedFilter;
        return filter != null && handOn(outgoing.message, filter, mustBeConnected, arrivals);
    }

    private boolean handOn(
            Message message, TopicFilter sharedFilter, boolean mustBeConnected, @Nullable Arrivals arrivals) {
        return broker.router().handOn(message, sharedFilter, session, mustBeConnected, session.home(), arrivals);
    }
}
