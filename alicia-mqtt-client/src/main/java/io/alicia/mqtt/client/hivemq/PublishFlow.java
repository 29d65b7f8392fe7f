package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.mqtt.datatypes.MqttTopic;
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
 * 128 places. A result finds its message by the topic object, which is made for each message and comes back with it.
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
    private final Function<R, MqttTopic> topicOf;
    private final Function<R, PublishOutcome> outcomeOf;
    private final AtomicReference<@Nullable Flow> current = new AtomicReference<>();

    PublishFlow(
            Function<Flowable<P>, Flowable<R>> client,
            Function<R, MqttTopic> topicOf,
            Function<R, PublishOutcome> outcomeOf) {
        this.client = client;
        this.topicOf = topicOf;
        this.outcomeOf = outcomeOf;
    }

    /** Publishes when somebody subscribes; {@code topic} is the one object in {@code message} that no other message has. */
    Flowable<PublishOutcome> publish(P message, MqttTopic topic) {
        return new Flowable<>() {
            @Override
            protected void subscribeActual(Subscriber<? super PublishOutcome> caller) {
                caller.onSubscribe(NOTHING_TO_ASK_FOR);
                open().publish(message, topic, caller);
            }
        };
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

    /** Told apart by what it is, not by what it says. */
    private record Identity(MqttTopic topic) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Identity identity && identity.topic == topic;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(topic);
        }
    }

    /** Lasts as long as the HiveMQ client does, unless it is opened while there is no connection. */
    private final class Flow implements FlowableSubscriber<R> {

        private final FlowableProcessor<P> messages =
                UnicastProcessor.<P>create().toSerialized();
        private final ConcurrentMap<Identity, Subscriber<? super PublishOutcome>> waiting = new ConcurrentHashMap<>();
        private volatile @Nullable Throwable end;

        void publish(P message, MqttTopic topic, Subscriber<? super PublishOutcome> caller) {
            waiting.put(new Identity(topic), caller);
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
            Subscriber<? super PublishOutcome> caller = waiting.remove(new Identity(topicOf.apply(result)));
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
            waiting.keySet().forEach(message -> {
                Subscriber<? super PublishOutcome> caller = waiting.remove(message);
                if (caller != null) {
                    caller.onError(failure);
                }
            });
        }
    }
}
