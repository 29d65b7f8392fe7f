package io.alicia.mqtt.client.hivemq;

import io.alicia.mqtt.spi.PublishOutcome;
import io.reactivex.Flowable;
import io.reactivex.FlowableSubscriber;
import io.reactivex.processors.FlowableProcessor;
import io.reactivex.processors.UnicastProcessor;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One flow into the HiveMQ client for all messages with QoS 0 and 1, since a flow for each costs it 3 KB, most of it a queue of
 * 128 places. A result finds its message by an object that comes back with it and equals no other.
 *
 * <p>Not for QoS 2: there the end of a message's own flow says that its handshake is over, and a result comes before that.
 *
 * @param <P> HiveMQ's message
 * @param <R> HiveMQ's result of a message
 */
final class PublishFlow<P, R> {

    private static final Logger LOGGER = LoggerFactory.getLogger(PublishFlow.class);

    /** There is one result, and it comes whether it is asked for or not. */
    private static final Subscription NOTHING_TO_ASK_FOR = new Subscription() {
        @Override
        public void request(long count) {
            // Nothing waits for it.
        }

        @Override
        public void cancel() {
            // What was sent was sent.
        }
    };

    private final Function<Flowable<P>, Flowable<R>> client;
    private final Function<R, Object> keyOf;
    private final Function<R, PublishOutcome> outcomeOf;
    private final AtomicReference<@Nullable Flow> current = new AtomicReference<>();

    PublishFlow(
            Function<Flowable<P>, Flowable<R>> client,
            Function<R, Object> keyOf,
            Function<R, PublishOutcome> outcomeOf) {
        this.client = client;
        this.keyOf = keyOf;
        this.outcomeOf = outcomeOf;
    }

    /** Publishes; {@code key} is what the result of {@code message} brings back, and of no other. */
    void publish(P message, Object key, Subscriber<? super PublishOutcome> caller) {
        caller.onSubscribe(NOTHING_TO_ASK_FOR);
        open().publish(message, key, caller);
    }

    /** The flow that is open, or a new one; that one has ended already if there is no connection. */
    private Flow open() {
        Flow open = current.get();
        if (open != null) {
            return open;
        }
        Flow fresh = new Flow();
        Flow quicker = current.compareAndExchange(null, fresh);
        if (quicker != null) {
            return quicker;
        }
        client.apply(fresh.messages).subscribe(fresh);
        return fresh;
    }

    /** Lasts as long as the HiveMQ client does, unless it is opened while there is no connection. */
    private final class Flow implements FlowableSubscriber<R> {

        private final FlowableProcessor<P> messages =
                UnicastProcessor.<P>create().toSerialized();
        private final ConcurrentMap<Object, Subscriber<? super PublishOutcome>> waiting = new ConcurrentHashMap<>();
        private volatile @Nullable Throwable end;

        void publish(P message, Object key, Subscriber<? super PublishOutcome> caller) {
            waiting.put(key, caller);
            messages.onNext(message);
            Throwable over = end;
            if (over != null) {
                failAll(over);
            }
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(R result) {
            Subscriber<? super PublishOutcome> caller = waiting.remove(keyOf.apply(result));
            if (caller == null) {
                LOGGER.error("the HiveMQ client gave a result of a message that nobody published: {}", result);
                return;
            }
            PublishOutcome outcome;
            try {
                outcome = outcomeOf.apply(result);
            } catch (RuntimeException e) {
                caller.onError(e);
                return;
            }
            caller.onNext(outcome);
            caller.onComplete();
        }

        @Override
        public void onError(Throwable failure) {
            current.compareAndSet(this, null);
            end = failure;
            failAll(failure);
        }

        @Override
        public void onComplete() {
            onError(new IllegalStateException("the HiveMQ client ended the flow of messages"));
        }

        private void failAll(Throwable failure) {
            waiting.keySet().forEach(key -> {
                Subscriber<? super PublishOutcome> caller = waiting.remove(key);
                if (caller != null) {
                    caller.onError(failure);
                }
            });
        }
    }
}
