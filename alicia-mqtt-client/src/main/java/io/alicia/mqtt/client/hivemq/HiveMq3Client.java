package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.internal.mqtt.message.publish.MqttPublish;
import com.hivemq.client.internal.mqtt.message.publish.mqtt3.Mqtt3PublishView;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import com.hivemq.client.mqtt.mqtt3.Mqtt3RxClient;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3SubAckException;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3PublishResult;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscribe;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscription;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.suback.Mqtt3SubAck;
import com.hivemq.client.mqtt.mqtt3.message.unsubscribe.Mqtt3Unsubscribe;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.Connack;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.KeptHandshake;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.topic.TopicFilter;
import io.reactivex.Completable;
import io.reactivex.Flowable;
import io.reactivex.FlowableSubscriber;
import io.reactivex.Single;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** MQTT 3.1.1 over the HiveMQ client. */
final class HiveMq3Client implements HiveMqClient {

    private final ClientSetup setup;
    private final Mqtt3RxClient client;
    private final PublishFlow<Mqtt3Publish, Mqtt3PublishResult> flow;

    HiveMq3Client(ClientSetup setup) {
        this.setup = setup;
        this.client = MqttClient.builder()
                .useMqttVersion3()
                .identifier(setup.clientIdentifier())
                .transportConfig(setup.transportConfig())
                .executorConfig(setup.executorConfig())
                .addDisconnectedListener(setup.disconnected())
                .buildRx();
        this.flow = new PublishFlow<>(client::publish, result -> delegate(result.getPublish()), Failures::outcome);
    }

    @Override
    public Single<Connack> connect(ConnectRequest request) {
        return client.connect(Mqtt3Mapping.connect(request))
                .map(connAck -> Mqtt3Mapping.connack(connAck, request, setup.clientIdentifier()));
    }

    @Override
    public Flowable<Delivery> deliveries() {
        ContentTypes none = new ContentTypes();
        return client.publishes(MqttGlobalPublishFilter.ALL, true)
                .map(publish -> new ReceivedMessage(delegate(publish), none));
    }

    /** What every message of 3.1.1 is inside of the HiveMQ client. */
    private static MqttPublish delegate(Mqtt3Publish publish) {
        return ((Mqtt3PublishView) publish).getDelegate();
    }

    @Override
    public void publish(ApplicationMessage message, FlowableSubscriber<PublishOutcome> caller) {
        SentPublish publish = Mqtt3Mapping.delegate(message);
        if (message.qos() == Qos.EXACTLY_ONCE) {
            publishAlone(publish, caller);
        } else {
            flow.publish(Mqtt3PublishView.of(publish), publish, caller);
        }
    }

    private void publishAlone(MqttPublish publish, FlowableSubscriber<PublishOutcome> caller) {
        client.publish(Flowable.just(Mqtt3PublishView.of(publish)))
                .map(Failures::outcome)
                .subscribe(caller);
    }

    @Override
    public void publish(
            ApplicationMessage message, KeptHandshake handshake, FlowableSubscriber<PublishOutcome> caller) {
        publishAlone(new KeptPublish(Mqtt3Mapping.delegate(message), handshake), caller);
    }

    @Override
    public Single<List<ReasonCode>> subscribe(List<Subscription> subscriptions) {
        List<Mqtt3Subscription> mapped =
                subscriptions.stream().map(Mqtt3Mapping::subscription).toList();
        return client.subscribe(
                        Mqtt3Subscribe.builder().addSubscriptions(mapped).build())
                .map(HiveMq3Client::reasonCodes)
                .onErrorResumeNext(failure -> failure instanceof Mqtt3SubAckException refused
                        ? Single.just(reasonCodes(refused.getMqttMessage()))
                        : Single.error(Failures.operation(failure)));
    }

    @Override
    public Single<List<ReasonCode>> subscribe(List<Subscription> subscriptions, int subscriptionIdentifier) {
        return Single.error(new UnsupportedOperationException("3.1.1 has no Subscription Identifiers"));
    }

    /** 3.1.1's return codes have the values of their counterparts in MQTT 5, 0x80 included. */
    private static List<ReasonCode> reasonCodes(Mqtt3SubAck subAck) {
        return subAck.getReturnCodes().stream()
                .map(code -> Failures.reasonCode(code.getCode()))
                .toList();
    }

    @Override
    public Single<List<ReasonCode>> unsubscribe(List<TopicFilter> topicFilters) {
        List<MqttTopicFilter> mapped = topicFilters.stream()
                .map(filter -> MqttTopicFilter.of(filter.value()))
                .toList();
        return client.unsubscribe(
                        Mqtt3Unsubscribe.builder().addTopicFilters(mapped).build())
                .toSingleDefault(Collections.nCopies(topicFilters.size(), ReasonCode.SUCCESS))
                .onErrorResumeNext(failure -> Single.error(Failures.operation(failure)));
    }

    /** 3.1.1 has one DISCONNECT: it drops the Will, says no reason, and leaves the session as the CONNECT wanted it. */
    @Override
    public Completable disconnect(ReasonCode reasonCode, Optional<Duration> sessionExpiryInterval) {
        return client.disconnect();
    }
}
