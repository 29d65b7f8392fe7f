package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.internal.mqtt.message.publish.MqttPublish;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5RxClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5UnsubAckException;
import com.hivemq.client.mqtt.mqtt5.message.Mqtt5ReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5Disconnect;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import com.hivemq.client.mqtt.mqtt5.message.unsubscribe.Mqtt5Unsubscribe;
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
import java.util.List;
import java.util.Optional;

/** MQTT 5 over the HiveMQ client. */
final class HiveMq5Client implements HiveMqClient {

    private final ClientSetup setup;
    private final Mqtt5RxClient client;
    private final PublishFlow<Mqtt5Publish, Mqtt5PublishResult> flow;
    private final ContentTypes contentTypes = new ContentTypes();

    HiveMq5Client(ClientSetup setup) {
        this.setup = setup;
        this.client = MqttClient.builder()
                .useMqttVersion5()
                .identifier(setup.clientIdentifier())
                .transportConfig(setup.transportConfig())
                .executorConfig(setup.executorConfig())
                .addDisconnectedListener(setup.disconnected())
                .buildRx();
        this.flow = new PublishFlow<>(client::publish, Mqtt5PublishResult::getPublish, Failures::outcome);
    }

    @Override
    public Single<Connack> connect(ConnectRequest request) {
        return client.connect(Mqtt5Mapping.connect(request))
                .map(connAck -> Mqtt5Mapping.connack(connAck, request, setup.clientIdentifier()));
    }

    @Override
    public Flowable<Delivery> deliveries() {
        ContentTypes arriving = new ContentTypes();
        return client.publishes(MqttGlobalPublishFilter.ALL, true)
                .map(publish -> new ReceivedMessage((MqttPublish) publish, arriving));
    }

    @Override
    public void publish(ApplicationMessage message, FlowableSubscriber<PublishOutcome> caller) {
        SentPublish publish = Mqtt5Mapping.publish(message, contentTypes);
        if (message.qos() == Qos.EXACTLY_ONCE) {
            publishAlone(publish, caller);
        } else {
            flow.publish(publish, publish, caller);
        }
    }

    private void publishAlone(MqttPublish publish, FlowableSubscriber<PublishOutcome> caller) {
        client.publish(Flowable.just(publish)).map(Failures::outcome).subscribe(caller);
    }

    @Override
    public void publish(
            ApplicationMessage message, KeptHandshake handshake, FlowableSubscriber<PublishOutcome> caller) {
        publishAlone(new KeptPublish(Mqtt5Mapping.publish(message, contentTypes), handshake), caller);
    }

    @Override
    public Single<List<ReasonCode>> subscribe(List<Subscription> subscriptions) {
        return subscribe(subscribePacket(subscriptions));
    }

    @Override
    public Single<List<ReasonCode>> subscribe(List<Subscription> subscriptions, int subscriptionIdentifier) {
        return subscribe(new IdentifiedSubscribe(subscribePacket(subscriptions), subscriptionIdentifier));
    }

    private static Mqtt5Subscribe subscribePacket(List<Subscription> subscriptions) {
        List<Mqtt5Subscription> mapped =
                subscriptions.stream().map(Mqtt5Mapping::subscription).toList();
        return Mqtt5Subscribe.builder().addSubscriptions(mapped).build();
    }

    private Single<List<ReasonCode>> subscribe(Mqtt5Subscribe packet) {
        return client.subscribe(packet)
                .map(subAck -> reasonCodes(subAck.getReasonCodes()))
                .onErrorResumeNext(failure -> failure instanceof Mqtt5SubAckException refused
                        ? Single.just(reasonCodes(refused.getMqttMessage().getReasonCodes()))
                        : Single.error(Failures.operation(failure)));
    }

    @Override
    public Single<List<ReasonCode>> unsubscribe(List<TopicFilter> topicFilters) {
        List<MqttTopicFilter> mapped = topicFilters.stream()
                .map(filter -> MqttTopicFilter.of(filter.value()))
                .toList();
        return client.unsubscribe(
                        Mqtt5Unsubscribe.builder().addTopicFilters(mapped).build())
                .map(unsubAck -> reasonCodes(unsubAck.getReasonCodes()))
                .onErrorResumeNext(failure -> failure instanceof Mqtt5UnsubAckException refused
                        ? Single.just(reasonCodes(refused.getMqttMessage().getReasonCodes()))
                        : Single.error(Failures.operation(failure)));
    }

    private static List<ReasonCode> reasonCodes(List<? extends Mqtt5ReasonCode> codes) {
        return codes.stream().map(code -> Failures.reasonCode(code.getCode())).toList();
    }

    @Override
    public Completable disconnect(ReasonCode reasonCode, Optional<Duration> sessionExpiryInterval) {
        Mqtt5DisconnectReasonCode mapped = Mqtt5DisconnectReasonCode.fromCode(reasonCode.code());
        if (mapped == null) {
            return Completable.error(new IllegalArgumentException("not a Reason Code of DISCONNECT: " + reasonCode));
        }
        Mqtt5DisconnectBuilder builder = Mqtt5Disconnect.builder().reasonCode(mapped);
        if (sessionExpiryInterval.isPresent()) {
            builder = builder.sessionExpiryInterval(sessionExpiryInterval.get().toSeconds());
        }
        return client.disconnect(builder.build());
    }
}
