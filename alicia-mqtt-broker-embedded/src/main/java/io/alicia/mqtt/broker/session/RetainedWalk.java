package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.routing.RetainedIndex;
import io.alicia.mqtt.broker.routing.Subscription;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a session the retained messages of its new subscriptions (MQTT 5 §3.3.1.3), a slice in each pass of the event
 * loop, so that the loop's other clients do not wait for all of them. Until it is done nothing more is read from the
 * session's client, and what is published to these subscriptions waits behind it. It goes on when the client leaves, and
 * when another takes the session. Belongs to the session's event loop.
 */
final class RetainedWalk {

    private static final Logger LOG = LoggerFactory.getLogger(RetainedWalk.class);
    /** Steps in one pass; about a millisecond's work. */
    private static final int SLICE = 9_000;
    /** Offering a message costs about as much as so many steps that pass one by. */
    private static final int STEPS_OF_AN_OFFER = 8;
    /** With more filters than this, all that is published waits: to look at each of them would take longer. */
    private static final int MOST_COMPARED = 64;

    /**
     * The retained messages that are to be sent for one subscription.
     *
     * @param mayBeSent asked for each message when its turn comes
     * @param lastNumber the newest message that there was: newer ones come by the subscription itself
     */
    private record Errand(Subscription<Session> subscription, Predicate<Message> mayBeSent, long lastNumber) {}

    private final Broker broker;
    private final Session session;
    private final ArrayDeque<Errand> waiting = new ArrayDeque<>();
    /** Of all errands since it was idle: what waits behind one of them stays before what comes for its topic later. */
    private final List<TopicFilter> filters = new ArrayList<>();

    private @Nullable Errand current;
    private RetainedIndex.@Nullable Search<Message> search;
    /** How many of those that wait may begin. */
    private int due;

    private int left = SLICE;
    private boolean turnIsDue;
    private boolean walking;

    /** A walk that has nothing to do yet. */
    RetainedWalk(Broker broker, Session session) {
        this.broker = broker;
        this.session = session;
    }

    /** Subscriptions, which have begun already: what is published to them waits from now on. */
    void add(Collection<Subscription<Session>> subscriptions, Predicate<Message> mayBeSent) {
        long lastNumber = broker.journal().lastNumber();
        for (Subscription<Session> subscription : subscriptions) {
            waiting.add(new Errand(subscription, mayBeSent, lastNumber));
            filters.add(subscription.filter());
        }
    }

    /** Subscriptions of a session that was restored: it goes on when its client is there. */
    void restore(Collection<Subscription<Session>> subscriptions, Predicate<Message> mayBeSent) {
        add(subscriptions, mayBeSent);
        due = waiting.size();
    }

    /** The client was told of so many more of them; few messages are sent before this returns. */
    void begin(int more) {
        due = Math.min(due + more, waiting.size());
        goOn();
    }

    /** Its client is there, or takes more. */
    void goOn() {
        // A session that began anew meanwhile has nothing to do with it.
        if (!walking && session.isWalkedBy(this)) {
            walk();
        }
    }

    /** Its client is gone. Most that a session can keep is there at once, should the broker be about to stop. */
    void goOnAlone() {
        left = SLICE;
        goOn();
    }

    /** Forgets what was to be sent; what waits behind it goes on. */
    void cancel() {
        endSearch();
        waiting.forEach(errand -> session.subscriptions().retainedOffered(errand.subscription()));
        waiting.clear();
        due = 0;
        finish();
    }

    private void endSearch() {
        if (search != null && current != null) {
            search = null;
            session.subscriptions().retainedOffered(current.subscription());
        }
    }

    /** Whether a message for this topic has to wait for older ones. */
    boolean isBehind(TopicName topic) {
        if (filters.size() > MOST_COMPARED) {
            return true;
        }
        for (int i = 0; i < filters.size(); i++) {
            if (filters.get(i).matches(topic)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOver() {
        return search == null && waiting.isEmpty();
    }

    private void turn() {
        turnIsDue = false;
        left = SLICE;
        goOn();
        if (isOver()) {
            session.walked(this);
        }
    }

    private void walk() {
        walking = true;
        try {
            if (current != null && !isWanted(current.subscription())) {
                endSearch();
            }
            SessionClient client = session.client();
            boolean wasCongested = client != null && client.isCongested();
            while (left > 0 && !hasToWait(client) && step()) {
                if (!wasCongested && client != null && client.isCongested()) {
                    // Before anything is dropped the network has a chance to take what was written.
                    left = 0;
                }
            }
            if (client != null) {
                client.holdUp(search != null || due > 0);
            }
            if (isOver()) {
                finish();
            }
        } catch (RuntimeException e) {
            LOG.error("cannot send retained messages to {}", session.clientIdentifier(), e);
            cancel();
            session.fail();
        } finally {
            walking = false;
        }
        if (left < SLICE && !turnIsDue) {
            turnIsDue = true;
            session.home().executeInNextPass(this::turn);
        }
    }

    private void finish() {
        current = null;
        filters.clear();
        session.outbox().sendPostponed();
        session.updateReady();
    }

    private boolean hasToWait(@Nullable SessionClient client) {
        if (client == null) {
            return false;
        }
        Errand next = search == null && due > 0 ? waiting.peek() : null;
        // What is found for a client that does not read would only be dropped.
        return !session.outbox().isAttached()
                || (next != null && next.subscription().maximumQos() == Qos.AT_MOST_ONCE && !client.isWritable());
    }

    /** Goes one step; false if there is none to go. */
    private boolean step() {
        if (search == null || current == null) {
            return beginNext();
        }
        Message found = search.step();
        left--;
        if (found != null && isWanted(found, current)) {
            left -= STEPS_OF_AN_OFFER;
            session.delivery().deliverRetained(found, current.subscription());
        }
        if (search != null && search.isOver()) {
            endSearch();
        }
        return true;
    }

    private boolean beginNext() {
        if (due == 0) {
            return false;
        }
        due--;
        left--;
        Errand next = waiting.remove();
        if (isWanted(next.subscription())) {
            current = next;
            search = broker.retained().search(next.subscription().filter());
        } else {
            session.subscriptions().retainedOffered(next.subscription());
        }
        return true;
    }

    private boolean isWanted(Subscription<Session> subscription) {
        // Nothing is added after UNSUBACK [MQTT-3.10.4-1].
        return session.subscriptions().contains(subscription.filter()) && session.takesNow(subscription.maximumQos());
    }

    private boolean isWanted(Message message, Errand errand) {
        boolean own =
                errand.subscription().noLocal() && session.clientIdentifier().equals(message.publisher());
        return !own
                && message.number() <= errand.lastNumber()
                && !broker.retained().expired(message)
                && errand.mayBeSent().test(message);
    }
}
