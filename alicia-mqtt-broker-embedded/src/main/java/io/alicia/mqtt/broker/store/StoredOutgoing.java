package io.alicia.mqtt.broker.store;

import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message for one session, from the moment it waits until it is acknowledged.
 *
 * @param sequence its place among all that the session ever had, from 1
 * @param messageNumber the same for all sessions that have the same message, which is kept once
 * @param message what
 * @param qos with which the client gets it
 * @param retain the RETAIN flag that the client sees
 * @param identifiers the Subscription Identifiers that the client sees
 * @param sharedFilter the shared subscription that it came by, or null
 * @param stage how far it has got
 * @param packetIdentifier once it was sent, 1 to 65,535
 * @param sentSequence once it was sent, its place among those sent: the order in which they are sent again
 */
public record StoredOutgoing(
        long sequence,
        long messageNumber,
        StoredMessage message,
        Qos qos,
        boolean retain,
        List<Integer> identifiers,
        @Nullable TopicFilter sharedFilter,
        Stage stage,
        int packetIdentifier,
        long sentSequence) {

    /** How far a message has got. */
    public enum Stage {
        /** Not sent yet. */
        WAITING(0),
        /** Sent, PUBACK or PUBREC is awaited. */
        PUBLISHED(1),
        /** QoS 2: received by the client and released, PUBCOMP is awaited. */
        RELEASED(2);

        private final int code;

        Stage(int code) {
            this.code = code;
        }

        /** What a record says for it. */
        int code() {
            return code;
        }

        static @Nullable Stage ofCodeOrNull(int code) {
            return switch (code) {
                case 0 -> WAITING;
                case 1 -> PUBLISHED;
                case 2 -> RELEASED;
                default -> null;
            };
        }
    }
}
