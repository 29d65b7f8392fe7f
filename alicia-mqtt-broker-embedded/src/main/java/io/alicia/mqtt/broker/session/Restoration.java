package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.security.ClientAccess;
import io.alicia.mqtt.broker.security.Security;
import io.alicia.mqtt.broker.store.Change;
import io.alicia.mqtt.broker.store.StoredMessage;
import io.alicia.mqtt.broker.store.StoredSession;
import io.alicia.mqtt.broker.store.StoredState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
            session.restore(kept, messages);
        }
        return session;
    }
}
