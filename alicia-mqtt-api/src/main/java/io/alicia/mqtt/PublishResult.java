package io.alicia.mqtt;

import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import java.util.Optional;

/** What became of one published message. Every publish ends in exactly one of these. */
public sealed interface PublishResult {

    /** Whether the server has taken the message by its QoS. */
    default boolean isAcknowledged() {
        return this instanceof Acknowledged;
    }

    /** What happened, as a sentence's end: "acknowledged", "refused by the server: Not authorized". */
    String description();

    /**
     * The server has taken the message: with QoS 0 the network has, with QoS 1 and 2 the server said so.
     *
     * @param reasonCode {@link ReasonCode#SUCCESS}, or {@link ReasonCode#NO_MATCHING_SUBSCRIBERS} if an MQTT 5 server says
     *     that nobody listens
     * @param loweredTo the QoS that it was sent with instead of its own, because the server takes no more (Maximum QoS, MQTT 5
     *     §3.2.2.3.4): with {@link Qos#AT_MOST_ONCE} it may be lost all the same. Empty if it was sent with its own
     */
    record Acknowledged(ReasonCode reasonCode, Optional<Qos> loweredTo) implements PublishResult {

        /** Sent with its own QoS. */
        public Acknowledged(ReasonCode reasonCode) {
            this(reasonCode, Optional.empty());
        }

        /** False if the server said that nobody is subscribed; true if it did not say so. */
        public boolean hadSubscribers() {
            return reasonCode != ReasonCode.NO_MATCHING_SUBSCRIBERS;
        }

        @Override
        public String description() {
            return (hadSubscribers() ? "acknowledged" : "acknowledged, nobody is subscribed")
                    + loweredTo
                            .map(qos -> ", but sent with QoS " + qos.level() + ": the server takes no more")
                            .orElse("");
        }
    }

    /**
     * The server did not want it: it said so in answer to the message, or at CONNACK, in which case nothing was sent. A 3.1.1
     * server cannot say so; it ends the connection. If it does so again and again right after one and the same message, at last
     * with nothing else under way and after it took others, that message is given up with {@link ReasonCode#UNSPECIFIED_ERROR}, for
     * the sake of the others.
     *
     * @param reasonCode why, such as {@link ReasonCode#NOT_AUTHORIZED}
     * @param reasonString the server's words, if it gave any
     */
    record RefusedByServer(ReasonCode reasonCode, Optional<String> reasonString) implements PublishResult {
        @Override
        public String description() {
            return "refused by the server: " + reasonCode.phrase()
                    + reasonString.map(words -> ": " + words).orElse("");
        }
    }

    /**
     * The client's own access policy forbids it; nothing was sent.
     *
     * @param decision which rule decided
     */
    record RefusedByPolicy(Decision decision) implements PublishResult {
        @Override
        public String description() {
            return "refused by this client's access policy: " + decision;
        }
    }

    /**
     * It waits on disk and will be sent as soon as there is a connection, by this process or the next one: the caller's deadline
     * was over, or the client was closed. Only with an offline queue on disk.
     */
    record Queued() implements PublishResult {
        @Override
        public String description() {
            return "kept on disk, to be sent when there is a connection";
        }
    }

    /** Its Message Expiry Interval, or the caller's deadline, was over before it could be sent; nothing was sent. */
    record Expired() implements PublishResult {
        @Override
        public String description() {
            return "expired before it could be sent";
        }
    }

    /**
     * It gave way in the client's queue, or found no place there, or the client was closed; nothing was sent. The queue fills up
     * while there is no connection, and also when more is published at once than the connection takes.
     *
     * @param reason why, for a human
     */
    record Dropped(String reason) implements PublishResult {
        @Override
        public String description() {
            return "dropped: " + reason;
        }
    }

    /**
     * It was sent and nobody knows more: the acknowledgement did not come before the caller's deadline, or the session ended
     * while it was under way.
     *
     * @param reason why, for a human
     */
    record Unconfirmed(String reason) implements PublishResult {
        @Override
        public String description() {
            return "sent, but not confirmed: " + reason;
        }
    }
}
