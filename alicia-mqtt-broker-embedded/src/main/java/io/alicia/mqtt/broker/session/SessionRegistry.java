package io.alicia.mqtt.broker.session;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The sessions by Client Identifier; the only place where event loops meet to find one. */
public final class SessionRegistry {

    private static final int SMALL_BYTES = 8 * 1024;
    /** Less than a session weighs, so that those that are known cannot take much more than there is. */
    private static final int SMALL_BYTES_OF_KNOWN = 1024;

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
                : sessions.computeIfAbsent(clientIdentifier, identifier -> {
                    broker.budget().add(Weights.ofSession(identifier));
                    return new Session(broker, identifier, loop);
                });
    }

    /** A session that the store kept; null if the client has another one. */
    @Nullable
    Session restore(Session session) {
        if (sessions.putIfAbsent(session.clientIdentifier(), session) != null) {
            return null;
        }
        broker.budget().add(Weights.ofSession(session.clientIdentifier()));
        return session;
    }

    /** Whether a client without a session would be one more than there may be. */
    boolean isFullFor(String clientIdentifier) {
        return sessions.size() >= broker.settings().quotas().maxSessions() && !sessions.containsKey(clientIdentifier);
    }

    /**
     * Whether what a client would leave here fits into what all sessions may hold together. There is always room for one
     * that leaves nothing, and has nothing large: it is as long as its connection. And for one that has its session here
     * already, and a small will.
     */
    boolean hasRoomFor(String clientIdentifier, @Nullable String account, boolean lasting, @Nullable PendingWill will) {
        boolean known = sessions.containsKey(clientIdentifier);
        long weight = (known ? 0 : Weights.ofSession(clientIdentifier) + Weights.ofName(account))
                + (will == null ? 0 : will.weightBytes());
        return (!lasting && weight <= SMALL_BYTES)
                || (known && weight <= SMALL_BYTES_OF_KNOWN)
                || broker.budget().hasRoomFor(weight);
    }

    /** {@return how many there are} */
    public int size() {
        return sessions.size();
    }

    void remove(Session session) {
        if (sessions.remove(session.clientIdentifier(), session)) {
            broker.budget().add(-Weights.ofSession(session.clientIdentifier()));
        }
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
