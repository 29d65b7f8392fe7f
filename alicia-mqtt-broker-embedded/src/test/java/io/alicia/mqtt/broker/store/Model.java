package io.alicia.mqtt.broker.store;

import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What changes mean, said as plainly as can be: the oracle for the store in a file. */
final class Model {

    /** A session in the model. */
    record Kept(
            StoredSession session,
            Map<TopicFilter, StoredSubscription> subscriptions,
            Map<Long, StoredOutgoing> outgoing,
            Set<Integer> received) {}

    final Map<TopicName, StoredMessage> retained = new TreeMap<>();
    final Map<Long, Kept> sessions = new TreeMap<>();

    static Model of(StoredState state) {
        Model model = new Model();
        state.retained().forEach(message -> model.retained.put(message.topic(), message));
        for (StoredState.Kept kept : state.sessions()) {
            Kept session = session(kept.session());
            kept.subscriptions().forEach(each -> session.subscriptions.put(each.filter(), each));
            kept.outgoing().forEach(each -> session.outgoing.put(each.sequence(), each));
            session.received.addAll(kept.received());
            model.sessions.put(kept.session().number(), session);
        }
        return model;
    }

    private static Kept session(StoredSession session) {
        return new Kept(session, new TreeMap<>(), new TreeMap<>(), new TreeSet<>());
    }

    void apply(Change change) {
        if (change instanceof Change.Retained retain) {
            StoredMessage now = retain.now().get();
            if (now == null) {
                retained.remove(retain.topic());
            } else {
                retained.put(retain.topic(), now);
            }
        } else if (change instanceof Change.SessionPut put) {
            Kept old = sessions.getOrDefault(put.session().number(), session(put.session()));
            sessions.put(
                    put.session().number(), new Kept(put.session(), old.subscriptions, old.outgoing, old.received));
        } else if (change instanceof Change.SessionEnded ended) {
            sessions.remove(ended.session());
        } else {
            belonging(change);
        }
    }

    private void belonging(Change change) {
        if (change instanceof Change.Subscribed subscribed) {
            StoredSubscription subscription = subscribed.subscription();
            of(subscribed.session()).subscriptions.put(subscription.filter(), subscription);
        } else if (change instanceof Change.RetainedOffered offered) {
            StoredSubscription subscription = offered.subscription();
            of(offered.session()).subscriptions.put(subscription.filter(), subscription);
        } else if (change instanceof Change.Unsubscribed unsubscribed) {
            of(unsubscribed.session()).subscriptions.remove(unsubscribed.filter());
        } else if (change instanceof Change.OutgoingPut put) {
            of(put.session()).outgoing.put(put.outgoing().sequence(), put.outgoing());
        } else if (change instanceof Change.OutgoingFinished finished) {
            of(finished.session()).outgoing.remove(finished.sequence());
        } else if (change instanceof Change.Received received) {
            of(received.session()).received.add(received.packetIdentifier());
        } else if (change instanceof Change.Released released) {
            of(released.session()).received.remove(released.packetIdentifier());
        } else {
            throw new AssertionError("the model does not know " + change);
        }
    }

    private Kept of(long session) {
        Kept kept = sessions.get(session);
        if (kept == null) {
            throw new AssertionError("the test changes a session that is not there");
        }
        return kept;
    }
}
