package io.alicia.mqtt.benchmarks;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5RxClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.connection.ServerAddress;
import io.reactivex.Flowable;
import io.reactivex.disposables.Disposable;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/**
 * The HiveMQ client alone, sending bytes that are encoded already: either message by message, as a service does that publishes
 * when something happens, or all of them in one flow, which is the least that it can cost.
 */
final class BareHiveMq implements Contestant {

    /** As the typed client's messages have it: the same bytes are to cross the network. */
    private static final String CONTENT_TYPE = PayloadCodec.bytes().contentType();

    private final Mqtt5RxClient sender;
    private final Mqtt5RxClient receiver;
    private final Disposable receiving;
    private final byte[] payload;
    private final String topic;
    private final boolean oneFlow;
    private volatile CountDownLatch counting = new CountDownLatch(0);

    BareHiveMq(ServerAddress server, byte[] payload, boolean oneFlow) {
        this.payload = payload;
        this.oneFlow = oneFlow;
        this.topic = oneFlow ? "bare-flow/1" : "bare/1";
        sender = client(server);
        receiver = client(server);
        receiving = receiver.publishes(MqttGlobalPublishFilter.ALL).subscribe(received -> counting.countDown());
        sender.connect().ignoreElement().blockingAwait();
        receiver.connect().ignoreElement().blockingAwait();
        receiver.subscribeWith()
                .topicFilter(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .applySubscribe()
                .ignoreElement()
                .blockingAwait();
    }

    private static Mqtt5RxClient client(ServerAddress server) {
        return MqttClient.builder()
                .useMqttVersion5()
                .identifier("bare-" + UUID.randomUUID())
                .serverHost(server.host())
                .serverPort(server.port())
                .buildRx();
    }

    @Override
    public String name() {
        return oneFlow ? "bare, in one flow" : "bare, one by one";
    }

    @Override
    public void publish(int messages, CountDownLatch arrived) {
        counting = arrived;
        if (oneFlow) {
            sender.publish(Flowable.range(0, messages).map(i -> message()))
                    .ignoreElements()
                    .blockingAwait();
        } else {
            Flowable.range(0, messages)
                    .flatMap(i -> sender.publish(Flowable.just(message())), false, TypedClient.IN_FLIGHT)
                    .ignoreElements()
                    .blockingAwait();
        }
    }

    private Mqtt5Publish message() {
        return Mqtt5Publish.builder()
                .topic(topic)
                .payload(payload)
                .qos(MqttQos.AT_LEAST_ONCE)
                .contentType(CONTENT_TYPE)
                .build();
    }

    @Override
    public void close() {
        receiving.dispose();
        sender.disconnect().blockingAwait();
        receiver.disconnect().blockingAwait();
    }
}
