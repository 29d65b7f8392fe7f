package io.alicia.mqtt.client;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.connection.ConnectionState;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What a client has done since its start. Counted by whoever does it, read by whoever wants to know. */
final class ClientCounts {

    /** What became of publishes, as the value of a meter's tag. */
    enum Outcome {
        ACKNOWLEDGED,
        REFUSED_BY_SERVER,
        REFUSED_BY_POLICY,
        QUEUED,
        EXPIRED,
        DROPPED,
        UNCONFIRMED;

        static Outcome of(PublishResult result) {
            if (result instanceof PublishResult.Acknowledged) {
                return ACKNOWLEDGED;
            }
            if (result instanceof PublishResult.RefusedByServer) {
                return REFUSED_BY_SERVER;
            }
            if (result instanceof PublishResult.RefusedByPolicy) {
                return REFUSED_BY_POLICY;
            }
            if (result instanceof PublishResult.Queued) {
                return QUEUED;
            }
            if (result instanceof PublishResult.Expired) {
                return EXPIRED;
            }
            return result instanceof PublishResult.Dropped ? DROPPED : UNCONFIRMED;
        }
    }

    private final Map<Outcome, LongAdder> published = new ConcurrentHashMap<>();
    private final LongAdder publishMillis = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder receivedWaiting = new LongAdder();
    private final LongAdder unrouted = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder decodingErrors = new LongAdder();
    private final LongAdder handlerErrors = new LongAdder();
    private final LongAdder lateAnswers = new LongAdder();
    private final LongAdder connections = new LongAdder();
    private final LongAdder failedAttempts = new LongAdder();
    private final LongAdder waiting = new LongAdder();
    private final LongAdder waitingBytes = new LongAdder();
    private final LongAdder unacknowledged = new LongAdder();
    private final LongAdder underWayBytes = new LongAdder();

    ClientCounts() {
        for (Outcome outcome : Outcome.values()) {
            published.put(outcome, new LongAdder());
        }
    }

    /** A caller was told {@code result}, {@code millis} after its publish. */
    void published(PublishResult result, long millis) {
        adder(Outcome.of(result)).increment();
        publishMillis.add(millis);
    }

    private LongAdder adder(Outcome outcome) {
        return published.computeIfAbsent(outcome, missing -> new LongAdder());
    }

    long published(Outcome outcome) {
        return adder(outcome).sum();
    }

    /** How many callers were told a result. */
    long results() {
        return published.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** How long they waited, all together. */
    long publishMillis() {
        return publishMillis.sum();
    }

    /** A message came. */
    LongAdder received() {
        return received;
    }

    /** How many messages came that a stream has not taken yet, now. */
    LongAdder receivedWaiting() {
        return receivedWaiting;
    }

    /** A message came that no stream wants, such as those of a subscription that has just been given up. */
    LongAdder unrouted() {
        return unrouted;
    }

    /** A message of QoS 0 came while too many waited for the streams to ask for them. */
    LongAdder dropped() {
        return dropped;
    }

    /** A stream could not read a message. */
    LongAdder decodingErrors() {
        return decodingErrors;
    }

    /** A handler failed. */
    LongAdder handlerErrors() {
        return handlerErrors;
    }

    /** An answer came when nobody waited for it any more. */
    LongAdder lateAnswers() {
        return lateAnswers;
    }

    /** How many messages wait to be sent, now. */
    LongAdder waiting() {
        return waiting;
    }

    /** How long the topics and payloads of those that wait are together, now. */
    LongAdder waitingBytes() {
        return waitingBytes;
    }

    /** How many QoS 1 and 2 messages are sent and not acknowledged, now. */
    LongAdder unacknowledged() {
        return unacknowledged;
    }

    /** How long the topics and payloads of what the transport has are together, now. */
    LongAdder underWayBytes() {
        return underWayBytes;
    }

    void stateChanged(ConnectionState next) {
        if (next instanceof ConnectionState.Connected) {
            connections.increment();
        }
    }

    LongAdder connections() {
        return connections;
    }

    /** An attempt to connect failed, be it for a server or for what was to be known before. */
    LongAdder failedAttempts() {
        return failedAttempts;
    }
}
