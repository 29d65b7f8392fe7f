package io.alicia.mqtt.client;

import io.alicia.mqtt.HandlerError;
import io.alicia.mqtt.MessageHandler;
import io.alicia.mqtt.Unacknowledged;
import io.reactivex.rxjava3.core.CompletableObserver;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.disposables.SerialDisposable;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a {@link MessageHandler} work on the messages of one stream, one at a time. Asks for the next message when one is done, on
 * whichever thread that is: the stream then hands over on its own worker, with the logging context and the trace of that message.
 */
final class HandlerLoop<T, P> implements FlowableSubscriber<Unacknowledged<T, P>>, Disposable {

    private static final Logger LOGGER = LoggerFactory.getLogger(HandlerLoop.class);

    private final Object name;
    private final MessageHandler<T, P> handler;
    private final Consumer<HandlerError> errors;
    private final ClientThreads threads;
    private final AtomicReference<@Nullable Turn> current = new AtomicReference<>();
    private final AtomicReference<@Nullable Subscription> upstream = new AtomicReference<>();
    private final SerialDisposable work = new SerialDisposable();

    /** {@code name} is for the log; {@code threads} are told of each message that is worked on, for the client's end. */
    HandlerLoop(Object name, MessageHandler<T, P> handler, Consumer<HandlerError> errors, ClientThreads threads) {
        this.threads = threads;
        this.name = name;
        this.handler = handler;
        this.errors = errors;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        upstream.set(subscription);
        subscription.request(1);
    }

    @Override
    public void onNext(Unacknowledged<T, P> message) {
        Turn turn = new Turn(message);
        current.set(turn);
        threads.begin();
        try {
            Objects.requireNonNull(handler.handle(message.received()), "the handler gave null")
                    .subscribe(turn);
        } catch (Throwable failure) { // RxJava lets pass what it takes for fatal, and nobody would hear of it
            turn.onError(failure);
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
    }

    @Override
    public void onComplete() {
        LOGGER.debug("no more messages of {}: the client is closed", name);
    }

    @Override
    public void dispose() {
        Subscription subscription = upstream.get();
        if (subscription != null) {
            subscription.cancel();
        }
        work.dispose();
        Turn turn = current.get();
        if (turn != null) {
            turn.abandon();
        }
    }

    @Override
    public boolean isDisposed() {
        return work.isDisposed();
    }

    /** The work on one message. */
    private final class Turn implements CompletableObserver {

        private final Unacknowledged<T, P> message;
        private final AtomicBoolean ended = new AtomicBoolean();

        Turn(Unacknowledged<T, P> message) {
            this.message = message;
        }

        @Override
        public void onSubscribe(Disposable disposable) {
            work.set(disposable);
        }

        @Override
        public void onComplete() {
            if (ended.compareAndSet(false, true)) {
                message.acknowledge();
                threads.end();
                next();
            }
        }

        void abandon() {
            if (ended.compareAndSet(false, true)) {
                threads.end();
            }
        }

        @Override
        public void onError(Throwable failure) {
            HandlerError error = new HandlerError(message.received().message(), failure);
            LOGGER.warn("the handler failed at {}", error, failure);
            errors.accept(error);
            onComplete();
        }
    }
}
