package io.alicia.mqtt.client;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.Outgoing.Place;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Ends messages, or the waiting for their results, when their time is over. One look at all of them for the earliest deadline, so
 * that a message costs no timer of its own. Confined to the client's {@link Lane}.
 */
final class Deadlines {

    /** With so many messages a look at all deadlines may cost a millisecond, so the next one waits as long. */
    private static final int MESSAGES_PER_MILLISECOND = 1_000;

    private final Lane lane;
    private final Scheduler time;
    private final OutboxQueue queue;
    private final UnderWay underWay;
    private final Endings endings;
    private final Runnable whenLooked;
    private @Nullable Disposable look;
    private long nextLookMillis = Long.MAX_VALUE;

    /** {@code whenLooked} is run in the lane when there may be room for others. */
    Deadlines(Lane lane, Scheduler time, OutboxQueue queue, UnderWay underWay, Endings endings, Runnable whenLooked) {
        this.lane = lane;
        this.time = time;
        this.queue = queue;
        this.underWay = underWay;
        this.endings = endings;
        this.whenLooked = whenLooked;
    }

    private long nowMillis() {
        return time.now(TimeUnit.MILLISECONDS);
    }

    /** When {@code deadline} from now is over, as near as milliseconds get. */
    static long end(long nowMillis, Duration deadline) {
        long millis = millis(deadline);
        return Long.MAX_VALUE - nowMillis < millis ? Long.MAX_VALUE : nowMillis + millis;
    }

    private static long millis(Duration duration) {
        try {
            return duration.toMillis();
        } catch (ArithmeticException beyond) {
            return duration.isNegative() ? 0 : Long.MAX_VALUE;
        }
    }

    /** Has all looked at when {@code outgoing} is due, unless that is to happen sooner anyway. */
    void watch(Outgoing outgoing) {
        if (outgoing.place() != Place.DONE) {
            lookAt(outgoing.dueMillis());
        }
    }

    void stop() {
        Disposable later = look;
        if (later != null) {
            later.dispose();
        }
    }

    private void lookAt(long millis) {
        if (millis >= nextLookMillis) {
            return;
        }
        stop();
        nextLookMillis = Long.MAX_VALUE; // should there be no memory for a look, the next message asks for one
        look = time.scheduleDirect(
                () -> lane.execute(this::look), Math.max(0, millis - nowMillis()), TimeUnit.MILLISECONDS);
        nextLookMillis = millis;
    }

    private void look() {
        look = null;
        nextLookMillis = Long.MAX_VALUE;
        long now = nowMillis();
        try {
            lookAtWaiting(now);
            lookAtUnderWay(now);
            whenLooked.run();
        } finally {
            lookAgain(now);
        }
    }

    private void lookAgain(long now) {
        long next = Stream.concat(queue.all().stream(), underWay.all().stream())
                .filter(outgoing -> outgoing.place() != Place.QUEUED
                        || !outgoing.isOverdue(now)
                        || outgoing.isTold()) // else tellKept is at it
                .mapToLong(Outgoing::dueMillis)
                .min()
                .orElse(Long.MAX_VALUE);
        int messages = queue.size() + underWay.all().size();
        lookAt(Math.max(next, now + 1 + messages / MESSAGES_PER_MILLISECOND));
    }

    private void lookAtWaiting(long now) {
        queue.takeIf(outgoing -> outgoing.isExpired(now) || (outgoing.isOverdue(now) && !outgoing.isKept()))
                .forEach(outgoing -> endings.end(outgoing, Endings.unsent(outgoing, new PublishResult.Expired())));
        List<Outgoing> waitOnDisk = queue.all().stream()
                .filter(outgoing -> outgoing.isOverdue(now) && !outgoing.isTold())
                .toList();
        if (!waitOnDisk.isEmpty()) {
            endings.tellKept(
                    waitOnDisk, new PublishResult.Queued(), new PublishResult.Expired(), this::watch); // it may expire
        }
    }

    private void lookAtUnderWay(long now) {
        List<Outgoing> overdue = underWay.all().stream()
                .filter(outgoing -> outgoing.isOverdue(now) && !outgoing.isTold())
                .toList();
        overdue.forEach(outgoing -> {
            PublishResult result = new PublishResult.Unconfirmed("no acknowledgement before the deadline");
            if (outgoing.isKept()) {
                endings.tell(outgoing, result);
            } else {
                endings.finish(outgoing, result);
            }
        });
    }
}
