package io.alicia.mqtt.benchmarks;

import io.alicia.mqtt.TypedTopic;
import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.concurrent.CountDownLatch;

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
        Flowable.range(0, messages)
                .flatMapSingle(i -> outgoing.publishForResult("1", payload), false, IN_FLIGHT)
                .doOnNext(result -> {
                    if (!result.isAcknowledged()) {
                        throw new IllegalStateException("not acknowledged: " + result);
                    }
                })
                .ignoreElements()
                .blockingAwait();
    }

    @Override
    public void close() {
        receiving.dispose();
        sender.close();
        receiver.close();
    }
}
