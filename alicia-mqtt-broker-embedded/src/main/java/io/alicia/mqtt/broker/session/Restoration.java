package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.routing.Subscription;
import io.alicia.mqtt.broker.security.ClientAccess;
import io.alicia.mqtt.broker.security.Security;
import io.alicia.mqtt.broker.store.Change;
import io.alicia.mqtt.broker.store.StoredMessage;
import io.alicia.mqtt.broker.store.StoredOutgoing;
import io.alicia.mqtt.broker.store.StoredSession;
import io.alicia.mqtt.broker.store.StoredState;
import io.alicia.mqtt.broker.store.StoredSubscription;
import io.alicia.mqtt.topic.TopicName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes sessions and retained messages of what the store kept. On the thread that starts the broker. */
final class Restoration {

    private final Broker broker;
    private final Function<String, Security> securities;
    private final Map<Long, Message> messages = new HashMap<>();

    Restoration(Broker broker, Function<String, Security> securities) {
        this.broker = broker;
        this.securities = securities;
    }

    void restore(StoredState state) {
        for (StoredMessage retained : state.retained()) {
            broker.retained().restore(retained);
        }
        List<Session> restored = new ArrayList<>();
        List<BrokerLoop> loops = broker.loops();
        List<StoredState.Kept> newestFirst = new ArrayList<>(state.sessions());
        newestFirst.sort(
                Comparator.comparing((StoredState.Kept kept) -> kept.session().number(), Comparator.reverseOrder()));
        for (StoredState.Kept kept : newestFirst) {
            BrokerLoop home = loops.get(restored.size() % loops.size());
            Session session = restoreOrNull(kept, home);
            if (session == null) {
                // It had ended, but that was not recorded any more.
                broker.journal().record(new Change.SessionEnded(kept.session().number()));
            } else {
                restored.add(session);
            }
        }
        // Only now: what a session publishes at its end reaches all the others.
        restored.forEach(session -> session.home().execute(session::resume));
    }

    private @Nullable Session restoreOrNull(StoredState.Kept kept, BrokerLoop home) {
        StoredSession stored = kept.session();
        ClientAccess access =
                new ClientAccess(securities.apply(stored.listener()), stored.account(), stored.clientIdentifier());
        Session session = broker.sessions().restore(new Session(broker, kept, home, access));
        if (session != null) {
            restore(session, kept);
        }
        return session;
    }

    /** Takes in what the store kept besides the session itself, before any event loop knows of it. */
    private void restore(Session session, StoredState.Kept kept) {
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
        subscriptions(session, kept);
        session.outbox()
                .restore(
                        outgoing,
                        recorded.lastPacketIdentifier(),
                        message -> session.subscriptions().owesRetainedBefore(message));
        if (recorded.disconnectedAtMillis() != StoredSession.CONNECTED) {
            // Nothing was sent after that record, so it knows better than what is still on its way.
            session.outbox().countFrom(recorded.lastPacketIdentifier());
        }
        session.inbox().restore(kept.received());
        // From here on: what was restored needs no second record.
        session.journal().resume(kept.session().number(), lastSequence, lastSentSequence);
    }

    private void subscriptions(Session session, StoredState.Kept kept) {
        List<Subscription<Session>> retainedDue = new ArrayList<>();
        for (StoredSubscription stored : kept.subscriptions()) {
            Subscription<Session> subscription = new Subscription<>(
                    session,
                    stored.filter(),
                    stored.maximumQos(),
                    stored.noLocal(),
                    stored.retainAsPublished(),
                    stored.identifier());
            session.subscriptions().restore(subscription, stored.retainedDue());
            if (stored.retainedDue() != 0) {
                retainedDue.add(subscription);
            }
        }
        ClientAccess access = session.access();
        if (!retainedDue.isEmpty() && access != null) {
            Set<TopicName> offered = offered(kept);
            RetainSource source = new RetainSource(
                    broker, securities.apply(kept.session().listener()), access, session.clientIdentifier());
            session.walk().restore(retainedDue, message -> !offered.contains(message.topic()) && source.test(message));
        }
    }

    /** The topics of retained messages that the session was offered and still has; others it may be offered twice. */
    private static Set<TopicName> offered(StoredState.Kept kept) {
        return kept.outgoing().stream()
                .filter(StoredOutgoing::retain)
                .map(outgoing -> outgoing.message().topic())
                .collect(Collectors.toSet());
    }
}
