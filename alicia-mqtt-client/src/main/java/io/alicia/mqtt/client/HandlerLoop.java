package io.alicia.mqtt.client;

import io.alicia.mqtt.HandlerError;
import io.alicia.mqtt.MessageHandler;
import io.alicia.mqtt.Unacknowledged;
import io.alicia.mqtt.message.ApplicationMessage;
import io.reactivex.rxjava3.core.CompletableObserver;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.disposables.SerialDisposable;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a {@link MessageHandler} work on the messages of one stream, so many at a time. Asks for the next message when one is done, on
 * whichever thread that is: the stream then hands over on its own worker, with the logging context and the trace of that message.
 * One at a time is worked on there; of several each is on a thread of its own, which is told the same.
 */
final class HandlerLoop<T, P> implements FlowableSubscriber<Unacknowledged<T, P>>, Disposable {

    private static final Logger LOGGER = LoggerFactory.getLogger(HandlerLoop.class);

    private final Object name;
    private final MessageHandler<T, P> handler;
    private final int atOnce;
    private final Consumer<HandlerError> errors;
    private final ClientThreads threads;
    private final AtomicReference<@Nullable Subscription> upstream = new AtomicReference<>();
    private final Set<Turn> turns = ConcurrentHashMap.newKeySet();
    private volatile boolean disposed;

    /** No further message comes. */
    private volatile boolean ended;

    /** {@code name} is for the log; {@code threads} are told of each message that is worked on, for the client's end. */
    HandlerLoop(
            Object name,
            MessageHandler<T, P> handler,
            int atOnce,
            Consumer<HandlerError> errors,
            ClientThreads threads) {
        this.threads = threads;
        this.name = name;
        this.handler = handler;
        this.atOnce = atOnce;
        this.errors = errors;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        upstream.set(subscription);
        subscription.request(atOnce);
    }

    @Override
    public void onNext(Unacknowledged<T, P> message) {
        Turn turn = new Turn(message);
        threads.begin();
        turns.add(turn);
        if (disposed) {
            turn.abandon();
        } else if (atOnce == 1) {
            turn.begin();
        } else {
            Disposable unused = threads.handlers().scheduleDirect(turn::beginApart); // abandoned by itself
        }
    }

    private void next() {
        Subscription subscription = upstream.get();
        if (subscription != null) {
            subscription.request(1);
        }
    }

    @Override
    public void onError(Throwable failure) {
        LOGGER.error("no more messages of {}", name, failure);
        ended = true;
        errors.accept(new HandlerError(Optional.empty(), failure));
    }

    @Override
    public void onComplete() {
        LOGGER.debug("no more messages of {}: the client is closed", name);
        ended = true;
    }

    @Override
    public void dispose() {
        disposed = true;
        Subscription subscription = upstream.get();
        if (subscription != null) {
            subscription.cancel();
        }
        turns.forEach(Turn::abandon);
    }

    @Override
    public boolean isDisposed() {
        return disposed || ended;
    }

    /** The work on one message. */
    private final class Turn implements CompletableObserver {

        private final Unacknowledged<T, P> message;
        private final SerialDisposable work = new SerialDisposable();
        private final AtomicBoolean ended = new AtomicBoolean();

        Turn(Unacknowledged<T, P> message) {
            this.message = message;
        }

        void begin() {
            try {
                Objects.requireNonNull(handler.handle(message.received()), "the handler gave null")
                        .subscribe(this);
            } catch (Throwable failure) { // RxJava lets pass what it takes for fatal, and nobody would hear of it
                onError(failure);
            }
        }

        /** On another thread than the stream's. */
        void beginApart() {
            if (ended.get()) {
                return;
            }
            MessageContext context = MessageContext.enter(message.received().message());
            try {
                begin();
            } finally {
                context.leave();
            }
        }

        @Override
        public void onSubscribe(Disposable disposable) {
            work.set(disposable);
        }

        @Override
        public void onComplete() {
            if (ended.compareAndSet(false, true)) {
                message.acknowledge();
                isOver();
                next();
            }
        }

        /** The stream gives its message back. */
        void abandon() {
            work.dispose();
            if (ended.compareAndSet(false, true)) {
                isOver();
            }
        }

        private void isOver() {
            turns.remove(this);
            threads.end();
        }

        @Override
        public void onError(Throwable failure) {
            ApplicationMessage failedAt = message.received().message();
            HandlerError error = new HandlerError(failedAt, failure);
            LOGGER.warn("the handler failed at {}", error, failure);
            errors.accept(error);
            onComplete();
        }
    }
}
