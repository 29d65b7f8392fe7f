package io.alicia.mqtt.broker.store;

import java.util.List;
import java.util.Set;

/**
 * Everything that a store keeps.
 *
 * @param retained the retained message of each topic
 * @param sessions the sessions
 * @param lastNumber the highest number of a session or message; new ones begin behind it
 */
public record StoredState(List<StoredMessage> retained, List<Kept> sessions, long lastNumber) {

    /** Nothing. */
    public static final StoredState EMPTY = new StoredState(List.of(), List.of(), 0);

    /**
     * A session with all that belongs to it.
     *
     * @param session its own data
     * @param subscriptions what it is subscribed to
     * @param outgoing messages for its client, by sequence
     * @param received Packet Identifiers of QoS 2 messages from its client between PUBLISH and PUBREL
     */
    public record Kept(
            StoredSession session,
            List<StoredSubscription> subscriptions,
            List<StoredOutgoing> outgoing,
            Set<Integer> received) {}
}
