package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.routing.Subscription;
import io.alicia.mqtt.protocol.Qos;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a client the retained messages of its new subscriptions (MQTT 5 §3.3.1.3), a slice in each pass of the event
 * loop, so that the loop's other clients do not wait for all of them. Until it is done nothing more is read from the
 * client. Belongs to the session's event loop.
 */
final class RetainedWalk {

    private static final Logger LOG = LoggerFactory.getLogger(RetainedWalk.class);
    /** Messages offered in one pass; less than a millisecond's work. */
    private static final int SLICE = 1_000;
    /** Passing by a message in the search costs about this part of offering one. */
    private static final int SEARCHED_FOR_ONE = 8;

    private final Broker broker;
    private final Client client;
    private final Session session;
    private final Predicate<Message> mayBeSent;
    private final ArrayDeque<Subscription<Session>> waiting = new ArrayDeque<>();
    private @Nullable Subscription<Session> current;
    private Iterator<Message> messages = Collections.emptyIterator();
    private int left = SLICE;
    private boolean turnIsDue;

    /**
     * A walk that has nothing to do yet.
     *
     * @param mayBeSent asked for each message when its turn comes
     */
    RetainedWalk(Broker broker, Client client, Session session, Predicate<Message> mayBeSent) {
        this.broker = broker;
        this.client = client;
        this.session = session;
        this.mayBeSent = mayBeSent;
    }

    /** Begins with these when it is done with those before; few messages are sent before it returns. */
    void send(List<Subscription<Session>> subscriptions) {
        if (!subscriptions.isEmpty()) {
            waiting.addAll(subscriptions);
            walk();
        }
    }

    /** The network takes more. */
    void writable() {
        if (!waiting.isEmpty()) {
            comeBack();
        }
    }

    /**
     * Sends the rest of the subscription that it is at, however many: something newer is about to be sent, which must not
     * overtake an older message of its topic.
     */
    void finish() {
        while (messages.hasNext()) {
            offer(messages.next());
        }
        session.walks(null);
    }

    /** The client is gone; what it was about to get waits in its session as far as that keeps messages. */
    void stop() {
        waiting.clear();
        if (session.expiryIntervalSeconds() > 0) {
            finish();
        } else {
            messages = Collections.emptyIterator();
        }
    }

    private void turn() {
        turnIsDue = false;
        left = SLICE;
        if (current != null && !session.isSubscribed(current.filter())) {
            // Nothing is added after UNSUBACK [MQTT-3.10.4-1].
            messages = Collections.emptyIterator();
        }
        try {
            walk();
        } catch (RuntimeException e) {
            LOG.error("cannot send retained messages to {}", session.clientIdentifier(), e);
            client.fail();
        }
    }

    private void walk() {
        boolean wasCongested = client.isCongested();
        while (findNext()) {
            offer(messages.next());
            left--;
            if (!wasCongested && client.isCongested()) {
                // Before anything is dropped the network has a chance to take what was written.
                left = 0;
            }
        }
        session.walks(messages.hasNext() ? this : null);
        if (left < SLICE) {
            comeBack();
        }
        if (messages.hasNext() || !waiting.isEmpty()) {
            client.connection().pause(Connection.Pause.RETAINED);
        } else {
            client.connection().resume(Connection.Pause.RETAINED);
        }
    }

    private void comeBack() {
        if (!turnIsDue) {
            turnIsDue = true;
            session.home().executeInNextPass(this::turn);
        }
    }

    private boolean findNext() {
        while (left > 0 && !messages.hasNext()) {
            Subscription<Session> next = waiting.peek();
            // What is found for a client that does not read would only be dropped.
            if (next == null || (next.maximumQos() == Qos.AT_MOST_ONCE && !client.isWritable())) {
                return false;
            }
            waiting.remove();
            if (session.isSubscribed(next.filter())) {
                current = next;
                messages = broker.retained().matching(next.filter()).iterator();
                left -= costOfSearching(next);
            }
        }
        return left > 0;
    }

    /** A search with wildcards may pass by all messages and find none. */
    private int costOfSearching(Subscription<Session> subscription) {
        return subscription.filter().hasWildcard()
                ? 1 + Math.min(SLICE, broker.retained().size() / SEARCHED_FOR_ONE)
                : 1;
    }

    private void offer(Message message) {
        Subscription<Session> subscription = current;
        if (subscription == null) {
            return;
        }
        boolean own = subscription.noLocal() && session.clientIdentifier().equals(message.publisher());
        if (!own && mayBeSent.test(message)) {
            session.deliverRetained(message, subscription);
        }
    }
}
