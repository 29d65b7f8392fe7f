package io.alicia.mqtt.client;

import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Notification;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscriber of one stream. Messages wait here for its demand and are decoded and handed over on its own worker, one
 * after the other; a message counts as taken when {@code onNext} has returned.
 *
 * <p>How many may wait is bounded by the {@link Dispatcher}, which does not ask the transport for more than it can place.
 *
 * @param <R> what the subscriber gets
 */
final class MessageFlow<R> implements Subscription, Runnable {

    /** Makes what a subscriber gets of a message, on the stream's worker. */
    interface Reader<R> {

        /**
         * The value, or null if this stream has no use for the message. With manual acknowledgement {@code taken} is to be run
         * once, when the message may be acknowledged; otherwise it does nothing.
         */
        @Nullable
        R readOrNull(ApplicationMessage message, Runnable taken);
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(MessageFlow.class);

    private final List<TopicFilter> filters;
    private final Qos qos;
    private final boolean manual;
    private final Reader<R> reader;
    private final Subscriber<? super R> downstream;
    private final Scheduler.Worker worker;
    private final Consumer<MessageFlow<?>> whenCancelled;

    private final @Nullable SeenRetained seen;
    private final Queue<SharedDelivery> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger lag = new AtomicInteger();
    private final AtomicLong requested = new AtomicLong();
    private final AtomicInteger work = new AtomicInteger();
    private final AtomicReference<@Nullable Notification<R>> terminal = new AtomicReference<>();
    private final CompletableSubject subscribed = CompletableSubject.create();

    /** With manual acknowledgement, what was handed over and is not acknowledged yet. */
    private final Set<SharedDelivery> inHand = ConcurrentHashMap.newKeySet();

    /** By the subscriber. */
    private volatile boolean cancelled;

    /** The subscriber knows that nothing comes any more. */
    private volatile boolean ended;

    MessageFlow(
            StreamOptions options,
            Reader<R> reader,
            Subscriber<? super R> downstream,
            Scheduler.Worker worker,
            Consumer<MessageFlow<?>> whenCancelled) {
        this.filters = options.filters();
        this.qos = options.qos();
        this.manual = options.manualAcknowledgement();
        this.reader = reader;
        this.downstream = downstream;
        this.worker = worker;
        this.whenCancelled = whenCancelled;
        this.seen = filters.stream().anyMatch(filter -> filter.shareName().isPresent()) ? null : new SeenRetained();
    }

    List<TopicFilter> filters() {
        return filters;
    }

    Qos qos() {
        return qos;
    }

    /** Whether nobody wants anything of it, or can: it was cancelled, say, by the subscriber that it was being given to. */
    boolean isOver() {
        return cancelled || terminal.get() != null;
    }

    /** Completes when the server has the subscription for the first time; fails if it refuses. */
    Completable subscribed() {
        return subscribed;
    }

    void markSubscribed() {
        if (!subscribed.hasComplete()) {
            subscribed.onComplete();
        }
    }

    /** Whether this stream wants the message, which matches it and came by that connection; on the dispatching thread. */
    boolean accepts(ApplicationMessage message, int connection) {
        return !cancelled && !ended && (seen == null || seen.accept(message, connection));
    }

    /** A message that was accepted is not offered all the same: if the server keeps it, it is to come again. */
    void missed(ApplicationMessage message) {
        if (seen != null) {
            seen.forget(message);
        }
    }

    /** Takes a message that is accepted; {@link SharedDelivery#taken()} will follow. */
    void offer(SharedDelivery delivery) {
        lag.incrementAndGet();
        waiting.add(delivery);
        drain();
    }

    /** The client is closed: what waits is left unacknowledged, for the server to send again if it keeps the session. */
    void complete() {
        finish(Notification.createOnComplete());
    }

    /** The server refused the subscription. */
    void fail(Throwable failure) {
        if (!subscribed.hasComplete()) {
            subscribed.onError(failure);
        }
        finish(Notification.createOnError(failure));
    }

    private void finish(Notification<R> end) {
        if (terminal.compareAndSet(null, end)) {
            drain();
        }
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            fail(new IllegalArgumentException("a demand of " + n + " messages: expected 1 or more (§3.9)"));
            whenCancelled.accept(this);
            return;
        }
        requested.accumulateAndGet(n, (before, more) -> before + more < 0 ? Long.MAX_VALUE : before + more);
        drain();
    }

    /** What waits or is in hand is released here and now: the worker may be busy for long. */
    @Override
    public void cancel() {
        if (!cancelled) {
            cancelled = true;
            whenCancelled.accept(this);
            releaseInHand();
            releaseAll();
            drain();
        }
    }

    private void drain() {
        if (work.getAndIncrement() > 0) {
            return;
        }
        if (worker.isDisposed()) {
            releaseAll();
        } else {
            Disposable unused = worker.schedule(this); // the worker is disposed of as a whole
        }
    }

    /** On the worker. */
    @Override
    public void run() {
        int missed = 1;
        do {
            try {
                handOver();
            } catch (Throwable failure) { // what waits is to be released, or it would hold up the others
                LOGGER.error("the stream of {} failed and gets nothing more", filters, failure);
                cancel();
            }
            missed = work.addAndGet(-missed);
        } while (missed != 0);
    }

    private void handOver() {
        while (!cancelled && !ended && terminal.get() == null && requested.get() > 0) {
            SharedDelivery delivery = waiting.poll();
            if (delivery == null) {
                return;
            }
            handOver(delivery);
        }
        Notification<R> end = terminal.get();
        if (cancelled) {
            releaseInHand();
            releaseAll();
            worker.dispose();
        } else if (end != null && !ended) {
            ended = true;
            try {
                tellTheEnd(end.getError());
            } finally {
                worker.dispose();
            }
        }
    }

    private void tellTheEnd(@Nullable Throwable failure) {
        if (failure == null) {
            waiting.clear();
            downstream.onComplete();
        } else {
            releaseAll();
            downstream.onError(failure);
        }
    }

    private void handOver(SharedDelivery delivery) {
        ApplicationMessage message = delivery.message();
        MessageContext context = MessageContext.enter(message);
        if (manual) {
            inHand.add(delivery);
        }
        try {
            R value = reader.readOrNull(message, manual ? () -> takenByHand(delivery) : MessageFlow::nothing);
            if (value == null) {
                taken(delivery);
                return;
            }
            downstream.onNext(value);
            if (requested.get() != Long.MAX_VALUE) {
                requested.decrementAndGet();
            }
            if (!manual) {
                through(delivery);
            }
        } catch (Throwable failure) { // which a subscriber must not throw (Reactive Streams §2.13)
            LOGGER.error("the subscriber of {} failed at {} and gets nothing more", filters, message, failure);
            taken(delivery);
            cancel();
        } finally {
            context.leave();
        }
    }

    /** What is acknowledged when the subscriber has it waits for nobody's word. */
    private static void nothing() {}

    private void taken(SharedDelivery delivery) {
        if (manual) {
            takenByHand(delivery);
        } else {
            through(delivery);
        }
    }

    private void takenByHand(SharedDelivery delivery) {
        if (inHand.remove(delivery)) {
            through(delivery);
        }
    }

    private void through(SharedDelivery delivery) {
        lag.decrementAndGet();
        delivery.taken();
    }

    /** How many messages it was given and has not taken. */
    int lag() {
        return lag.get();
    }

    /** Its receiver has given them up: what nobody acknowledges would hold up the whole client. */
    private void releaseInHand() {
        inHand.forEach(this::takenByHand);
    }

    /** Nobody wants them any more; others may be waiting for their acknowledgement. */
    private void releaseAll() {
        SharedDelivery delivery = waiting.poll();
        while (delivery != null) {
            through(delivery);
            delivery = waiting.poll();
        }
    }
}
