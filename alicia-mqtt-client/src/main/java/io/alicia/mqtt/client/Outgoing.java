package io.alicia.mqtt.client;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.message.Qos;
import io.reactivex.rxjava3.core.SingleEmitter;
import java.nio.charset.StandardCharsets;

/** A message between the caller's publish and its result. Confined to the client's {@link Lane} once it is in the outbox. */
final class Outgoing {

    /** Where it is. */
    enum Place {
        /** Waits for a connection or for room. */
        QUEUED,
        /** With the transport. */
        IN_FLIGHT,
        /** Has its result. */
        DONE
    }

    private final ApplicationMessage message;
    private final long acceptedMillis;
    private final long deadlineMillis;
    private final SingleEmitter<PublishResult> emitter;
    private final long bytes;
    private long sequence;
    private Place place = Place.QUEUED;

    /** Accepted at {@code acceptedMillis}, to have its result by {@code deadlineMillis}. */
    Outgoing(
            ApplicationMessage message,
            long acceptedMillis,
            long deadlineMillis,
            SingleEmitter<PublishResult> emitter) {
        this.message = message;
        this.acceptedMillis = acceptedMillis;
        this.deadlineMillis = deadlineMillis;
        this.emitter = emitter;
        this.bytes =
                message.payload().length() + (long) message.topic().value().getBytes(StandardCharsets.UTF_8).length;
    }

    ApplicationMessage message() {
        return message;
    }

    Qos qos() {
        return message.qos();
    }

    /** Topic and payload, in bytes. */
    long bytes() {
        return bytes;
    }

    long deadlineMillis() {
        return deadlineMillis;
    }

    long sequence() {
        return sequence;
    }

    void sequence(long number) {
        sequence = number;
    }

    Place place() {
        return place;
    }

    void place(Place next) {
        place = next;
    }

    /** Whether it is not worth sending any more. */
    boolean isExpired(long nowMillis) {
        return nowMillis >= deadlineMillis
                || message.messageExpiryInterval()
                        .map(interval -> nowMillis - acceptedMillis >= interval.toMillis())
                        .orElse(false);
    }

    /** The message as it is to be sent now: the time that it waited comes off its Message Expiry Interval. */
    ApplicationMessage messageAt(long nowMillis) {
        long waitedSeconds = (nowMillis - acceptedMillis) / 1_000;
        return waitedSeconds == 0 || message.messageExpiryInterval().isEmpty()
                ? message
                : message.toBuilder()
                        .messageExpiryInterval(
                                message.messageExpiryInterval().get().minusSeconds(waitedSeconds))
                        .build();
    }

    /** Gives the caller its result, once. */
    void finish(PublishResult result) {
        if (place != Place.DONE) {
            place = Place.DONE;
            emitter.onSuccess(result);
        }
    }

    /** Tells the caller that the message itself is at fault, once. */
    void fail(Throwable failure) {
        if (place != Place.DONE) {
            place = Place.DONE;
            emitter.tryOnError(failure);
        }
    }
}
