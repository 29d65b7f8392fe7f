package io.alicia.mqtt.testkit.tck;

import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.Connack;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.KeptHandshake;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.MqttTransportProvider;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.TransportOptions;
import io.alicia.mqtt.topic.TopicFilter;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A right transport, around which one thing is wrong: whatever is overridden. */
class WrongTransport {

    ConnectRequest request(ConnectRequest request) {
        return request;
    }

    Single<MqttConnection> connecting(Single<MqttConnection> connecting, ConnectRequest request) {
        return connecting;
    }

    Connack connack(Connack connack, ConnectRequest request) {
        return connack;
    }

    Flowable<Delivery> deliveries(Flowable<Delivery> deliveries) {
        return deliveries;
    }

    Completable close(Completable close) {
        return close;
    }

    ApplicationMessage published(ApplicationMessage message) {
        return message;
    }

    Single<PublishOutcome> publishing(Single<PublishOutcome> publishing, MqttConnection connection) {
        return publishing;
    }

    Single<PublishOutcome> publishingKept(
            MqttConnection connection, ApplicationMessage message, KeptHandshake handshake) {
        return connection.publish(message, handshake);
    }

    Completable releasing(Completable releasing) {
        return releasing;
    }

    List<Subscription> subscriptions(List<Subscription> subscriptions) {
        return subscriptions;
    }

    Single<List<ReasonCode>> subscribing(Single<List<ReasonCode>> subscribing) {
        return subscribing;
    }

    Single<List<ReasonCode>> unsubscribing(Single<List<ReasonCode>> unsubscribing) {
        return unsubscribing;
    }

    Single<DisconnectCause> closed(Single<DisconnectCause> closed) {
        return closed;
    }

    Completable disconnecting(
            MqttTransport transport,
            MqttConnection connection,
            ReasonCode reasonCode,
            Optional<Duration> sessionExpiryInterval) {
        return connection.disconnect(reasonCode, sessionExpiryInterval);
    }

    /** Around the transports of {@code right}. */
    final MqttTransportProvider around(MqttTransportProvider right) {
        return new MqttTransportProvider() {
            @Override
            public String name() {
                return "wrong";
            }

            @Override
            public boolean supports(MqttVersion version, ServerAddress server) {
                return right.supports(version, server);
            }

            @Override
            public MqttTransport create(TransportOptions options) {
                return new Transport(right.create(options));
            }
        };
    }

    private final class Transport implements MqttTransport {

        private final MqttTransport right;

        Transport(MqttTransport right) {
            this.right = right;
        }

        @Override
        public Single<MqttConnection> connect(ConnectRequest request) {
            return connecting(
                    right.connect(request(request)).map(connection -> new Connection(right, connection, request)),
                    request);
        }

        @Override
        public Flowable<Delivery> deliveries() {
            return WrongTransport.this.deliveries(right.deliveries());
        }

        @Override
        public Completable close() {
            return WrongTransport.this.close(right.close());
        }
    }

    private final class Connection implements MqttConnection {

        private final MqttTransport transport;
        private final MqttConnection right;
        private final ConnectRequest request;

        Connection(MqttTransport transport, MqttConnection right, ConnectRequest request) {
            this.transport = transport;
            this.right = right;
            this.request = request;
        }

        @Override
        public Connack connack() {
            return WrongTransport.this.connack(right.connack(), request);
        }

        @Override
        public Single<PublishOutcome> publish(ApplicationMessage message) {
            return publishing(right.publish(published(message)), right);
        }

        @Override
        public boolean keepsHandshakes() {
            return right.keepsHandshakes();
        }

        @Override
        public Single<PublishOutcome> publish(ApplicationMessage message, KeptHandshake handshake) {
            return publishingKept(right, message, handshake);
        }

        @Override
        public Completable release(int packetIdentifier) {
            return releasing(right.release(packetIdentifier));
        }

        @Override
        public Single<List<ReasonCode>> subscribe(List<Subscription> subscriptions) {
            return subscribing(right.subscribe(subscriptions(subscriptions)));
        }

        @Override
        public Single<List<ReasonCode>> subscribe(List<Subscription> subscriptions, int subscriptionIdentifier) {
            return subscribing(right.subscribe(subscriptions(subscriptions), subscriptionIdentifier));
        }

        @Override
        public Single<List<ReasonCode>> unsubscribe(List<TopicFilter> topicFilters) {
            return unsubscribing(right.unsubscribe(topicFilters));
        }

        @Override
        public Single<DisconnectCause> closed() {
            return WrongTransport.this.closed(right.closed());
        }

        @Override
        public Completable disconnect(ReasonCode reasonCode, Optional<Duration> sessionExpiryInterval) {
            return disconnecting(transport, right, reasonCode, sessionExpiryInterval);
        }
    }
}
