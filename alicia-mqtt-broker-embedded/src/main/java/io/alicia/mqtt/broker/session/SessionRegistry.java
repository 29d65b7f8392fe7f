package io.alicia.mqtt.broker.session;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The sessions by Client Identifier; the only place where event loops meet to find one. */
public final class SessionRegistry {

    private final Broker broker;
    private final ConcurrentHashMap<String, Session> sessions = new ConcurrentHashMap<>();

    SessionRegistry(Broker broker) {
        this.broker = broker;
    }

    /**
     * The client's session, a new one at home on {@code loop} if there is none. It may end before the caller reaches its
     * home; then the caller asks again.
     */
    Session of(String clientIdentifier, BrokerLoop loop) {
        Session present = sessions.get(clientIdentifier);
        return present != null
                ? present
                : sessions.computeIfAbsent(clientIdentifier, identifier -> new Session(broker, identifier, loop));
    }

    /** A session that the store kept; null if the client has another one. */
    @Nullable
    Session restore(Session session) {
        return sessions.putIfAbsent(session.clientIdentifier(), session) == null ? session : null;
    }

    /** Whether a client without a session would be one more than there may be. */
    boolean isFullFor(String clientIdentifier) {
        return sessions.size() >= broker.settings().quotas().maxSessions() && !sessions.containsKey(clientIdentifier);
    }

    /** {@return how many there are} */
    public int size() {
        return sessions.size();
    }

    void remove(Session session) {
        sessions.remove(session.clientIdentifier(), session);
    }

    /**
     * {@return the client's session, or null if it has none}
     *
     * @param clientIdentifier its Client Identifier
     */
    public @Nullable Session get(String clientIdentifier) {
        return sessions.get(clientIdentifier);
    }

    /** {@return all sessions, those without a client among them; changes meanwhile may be seen or not} */
    public Collection<Session> all() {
        return sessions.values();
    }
}
