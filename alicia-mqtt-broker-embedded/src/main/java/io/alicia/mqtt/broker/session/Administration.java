package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.security.RulesChange;
import io.alicia.mqtt.broker.security.Security;
import io.alicia.mqtt.protocol.ReasonCode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the embedding program does to clients and sessions; from any thread, done on their event loops. */
public final class Administration {

    private final Broker broker;

    Administration(Broker broker) {
        this.broker = broker;
    }

    /** {@return the Client Identifiers of the clients that are connected now, sorted} */
    public Set<String> connectedClients() {
        Set<String> connected = new TreeSet<>();
        for (Session session : broker.sessions().all()) {
            if (session.isConnected()) {
                connected.add(session.clientIdentifier());
            }
        }
        return connected;
    }

    /**
     * Closes a client's connection; its session stays as long as it would after any loss of connection.
     *
     * @param clientIdentifier the client
     * @return whether there is a session, so that there may be a connection
     */
    public boolean disconnect(String clientIdentifier) {
        Session session = broker.sessions().get(clientIdentifier);
        if (session != null) {
            session.home().execute(() -> disconnect(session));
        }
        return session != null;
    }

    private static void disconnect(Session session) {
        SessionClient client = session.client();
        if (client != null) {
            client.close(ReasonCode.ADMINISTRATIVE_ACTION, "closed by the broker's owner");
        }
    }

    /**
     * Ends a client's session with its connection, as if it had expired.
     *
     * @param clientIdentifier the client
     * @return whether there was one
     */
    public boolean forgetSession(String clientIdentifier) {
        Session session = broker.sessions().get(clientIdentifier);
        if (session != null) {
            session.home().execute(() -> {
                disconnect(session);
                session.expire();
            });
        }
        return session != null;
    }

    /**
     * Asks before rules are replaced whether the caller may wait for the event loops.
     *
     * @throws IllegalStateException if it is one of them, which would wait for the others
     */
    public void requireElsewhere() {
        if (broker.loops().stream().anyMatch(BrokerLoop::isCurrent)) {
            throw new IllegalStateException("rules are not replaced on an event loop: it would wait for the others");
        }
    }

    /**
     * Disconnects the clients that could not log in again by the rules that are in force now. Waits for the event loops.
     *
     * @param changes what changed, for the listeners whose rules were replaced
     * @return who was connected, and whom it disconnected
     */
    public List<Reviewed> review(Map<Security, RulesChange> changes) {
        broker.denials().rulesReplaced();
        return new AccessReview(broker, changes).run();
    }

    /**
     * Publishes with nobody's rights but the owner's. Messages of one thread keep their order.
     *
     * @param message what
     */
    public void publish(Message message) {
        BrokerLoop loop = broker.loops().get(0);
        loop.execute(() -> broker.router().publish(message, null, loop));
    }
}
