package io.alicia.mqtt.client.hivemq;

import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.Connack;
import io.alicia.mqtt.spi.KeptHandshake;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.SessionEndedException;
import io.alicia.mqtt.topic.TopicFilter;
import io.netty.channel.Channel;
import io.reactivex.FlowableSubscriber;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One network connection of a {@link HiveMqTransport}. */
final class HiveMqConnection implements MqttConnection {

    private final HiveMqClient client;
    private final Connack connack;
    private final InFlight inFlight;
    private final @Nullable Channel channel;
    private final SingleSubject<DisconnectCause> closed = SingleSubject.create();

    /** With {@code channel} if Packet Identifiers are {@linkplain IdentifierTranslation translated} on it. */
    HiveMqConnection(HiveMqClient client, Connack connack, InFlight inFlight, @Nullable Channel channel) {
        this.channel = channel;
        this.client = client;
        this.connack = connack;
        this.inFlight = inFlight;
    }

    @Override
    public Connack connack() {
        return connack;
    }

    @Override
    public Single<PublishOutcome> publish(ApplicationMessage message) {
        if (closed.hasValue()) {
            return Single.error(hasEnded());
        }
        return inFlight.new Publish(closed) {
            @Override
            void publish(FlowableSubscriber<PublishOutcome> pending) {
                client.publish(message, pending);
            }
        };
    }

    private static SessionEndedException hasEnded() {
        return new SessionEndedException("the connection has ended; nothing was sent", false, null);
    }

    @Override
    public boolean keepsHandshakes() {
        return channel != null;
    }

    @Override
    public Single<PublishOutcome> publish(ApplicationMessage message, KeptHandshake handshake) {
        if (message.qos() != Qos.EXACTLY_ONCE || !KeptHandshakes.isKept(handshake.packetIdentifier())) {
            throw new IllegalArgumentException("a handshake to be kept with QoS " + message.qos()
                    + " and Packet Identifier " + handshake.packetIdentifier() + ": expected " + Qos.EXACTLY_ONCE
                    + " and " + KeptHandshake.FIRST_PACKET_IDENTIFIER + " to "
                    + KeptHandshake.LAST_PACKET_IDENTIFIER);
        }
        if (channel == null) {
            return MqttConnection.super.publish(message, handshake);
        }
        if (closed.hasValue()) {
            return Single.error(hasEnded());
        }
        return inFlight.new Publish(closed) {
            @Override
            void publish(FlowableSubscriber<PublishOutcome> pending) {
                client.publish(message, handshake, pending);
            }
        };
    }

    @Override
    public Completable release(int packetIdentifier) {
        return channel == null
                ? MqttConnection.super.release(packetIdentifier)
                : untilClosed(IdentifierTranslation.release(channel, packetIdentifier)
                                .toSingleDefault(packetIdentifier))
                        .ignoreElement();
    }

    @Override
    public Single<List<ReasonCode>> subscribe(List<Subscription> subscriptions) {
        return untilClosed(Single.defer(
                () -> Single.fromPublisher(client.subscribe(subscriptions).toFlowable())));
    }

    @Override
    public Single<List<ReasonCode>> subscribe(List<Subscription> subscriptions, int subscriptionIdentifier) {
        return untilClosed(Single.defer(() -> Single.fromPublisher(
                client.subscribe(subscriptions, subscriptionIdentifier).toFlowable())));
    }

    @Override
    public Single<List<ReasonCode>> unsubscribe(List<TopicFilter> topicFilters) {
        return untilClosed(Single.defer(
                () -> Single.fromPublisher(client.unsubscribe(topicFilters).toFlowable())));
    }

    /** The HiveMQ client fails its operations before it is ready to connect again; callers hear of it when it is. */
    private <T> Single<T> untilClosed(Single<T> operation) {
        return Single.ambArray(
                operation.onErrorResumeNext(failure -> failure instanceof SessionEndedException
                        ? closed.flatMap(cause -> Single.error(failure))
                        : Single.error(failure)),
                closed.flatMap(
                        cause -> Single.error(new SessionEndedException("the connection was " + cause, true, null))));
    }

    @Override
    public Single<DisconnectCause> closed() {
        return closed.hide();
    }

    @Override
    public Completable disconnect(ReasonCode reasonCode, Optional<Duration> sessionExpiryInterval) {
        return Completable.defer(() -> {
            if (closed.hasValue()) {
                return Completable.complete();
            }
            return Completable.fromPublisher(
                            client.disconnect(reasonCode, sessionExpiryInterval).toFlowable())
                    .onErrorComplete(failure -> Failures.operation(failure) instanceof SessionEndedException)
                    .andThen(closed.ignoreElement());
        });
    }

    void ended(DisconnectCause cause) {
        closed.onSuccess(cause);
    }
}
