package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.protocol.ReasonCode;
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
     * Publishes with nobody's rights but the owner's. Messages of one thread keep their order.
     *
     * @param message what
     */
    public void publish(Message message) {
        BrokerLoop loop = broker.loops().get(0);
        loop.execute(() -> broker.router().publish(message, null, loop));
    }
}
