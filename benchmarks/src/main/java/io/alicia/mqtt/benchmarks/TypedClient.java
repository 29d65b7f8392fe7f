package io.alicia.mqtt.benchmarks;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.TypedTopic;
import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The typed layer over the same HiveMQ client, encoding and decoding each message. */
final class TypedClient<P> implements Contestant {

    /** How many messages are under way at a time. */
    static final int IN_FLIGHT = 256;

    private final String name;
    private final AliciaMqttClient sender;
    private final AliciaMqttClient receiver;
    private final TypedTopic<String, P> outgoing;
    private final Disposable receiving;
    private final P payload;
    private volatile CountDownLatch counting = new CountDownLatch(0);

    TypedClient(String name, ServerAddress server, PayloadCodec<P> codec, P payload) {
        this.name = name;
        this.payload = payload;
        TopicTemplate<String> template = TopicTemplate.of(name.replace(' ', '-') + "/{n}");
        sender = AliciaMqttClient.builder().server(server).connect();
        receiver = AliciaMqttClient.builder().server(server).connect();
        outgoing = sender.topic(template, codec).withQos(Qos.AT_LEAST_ONCE);
        receiving = receiver.topic(template, codec)
                .withQos(Qos.AT_LEAST_ONCE)
                .messages()
                .subscribe(received -> counting.countDown());
        receiver.subscribed().blockingAwait();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void publish(int messages, CountDownLatch arrived) {
        counting = arrived;
        new Publishing(messages).await();
    }

    /** Publishes the next message when one has its result; one object for all, so that what is measured is the client's. */
    private final class Publishing implements SingleObserver<PublishResult> {

        private final int atOnce;
        private final AtomicInteger toPublish;
        private final CountDownLatch results;
        private volatile @Nullable Throwable failure;

        Publishing(int messages) {
            atOnce = Math.min(messages, IN_FLIGHT);
            toPublish = new AtomicInteger(messages - atOnce);
            results = new CountDownLatch(messages);
        }

        void await() {
            for (int i = 0; i < atOnce; i++) {
                publishOne();
            }
            try {
                results.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (failure != null) {
                throw new IllegalStateException("a message was not acknowledged", failure);
            }
        }

        private void publishOne() {
            outgoing.publishForResult("1", payload).subscribe(this);
        }

        @Override
        public void onSubscribe(Disposable disposable) {
            // Nobody gives up.
        }

        @Override
        public void onSuccess(PublishResult result) {
            if (!result.isAcknowledged()) {
                failure = new IllegalStateException(result.description());
            }
            next();
        }

        @Override
        public void onError(Throwable fault) {
            failure = fault;
            next();
        }

        private void next() {
            if (toPublish.getAndDecrement() > 0) {
                publishOne();
            }
            results.countDown();
        }
    }

    @Override
    public void close() {
        receiving.dispose();
        sender.close();
        receiver.close();
    }
}
