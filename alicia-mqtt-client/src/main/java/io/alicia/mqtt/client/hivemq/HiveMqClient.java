package io.alicia.mqtt.client.hivemq;

import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.message.Subscription;
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

/** One HiveMQ client object behind the vocabulary of both protocol versions; RxJava 2 ends above it. */
interface HiveMqClient {

    /** Connects; fails with the HiveMQ client's own exceptions. */
    Single<Connack> connect(ConnectRequest request);

    /** All messages from the moment of subscription to the end of the session, which is an error. */
    Flowable<Delivery> deliveries();

    /** {@code caller} gets one outcome, then completion when nothing of the message is in flight any more. */
    void publish(ApplicationMessage message, FlowableSubscriber<PublishOutcome> caller);

    /** The same with QoS 2, and with the Packet Identifier of {@code handshake} on a connection that translates them. */
    void publish(ApplicationMessage message, KeptHandshake handshake, FlowableSubscriber<PublishOutcome> caller);

    Single<List<ReasonCode>> subscribe(List<Subscription> subscriptions);

    /** With a Subscription Identifier; MQTT 5 alone. */
    Single<List<ReasonCode>> subscribe(List<Subscription> subscriptions, int subscriptionIdentifier);

    Single<List<ReasonCode>> unsubscribe(List<TopicFilter> topicFilters);

    Completable disconnect(ReasonCode reasonCode, Optional<Duration> sessionExpiryInterval);
}
