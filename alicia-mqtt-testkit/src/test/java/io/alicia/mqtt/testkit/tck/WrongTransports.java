package io.alicia.mqtt.testkit.tck;

import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.connection.Will;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.Connack;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.PublishOutcome;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The ways in which transports go wrong, by what is wrong with them. */
final class WrongTransports {

    private WrongTransports() {}

    static WrongTransport right() {
        return new WrongTransport();
    }

    /** Its CONNECT says something else. */
    static WrongTransport asking(Consumer<ConnectRequest.Builder> change) {
        return asking((changed, request) -> change.accept(changed));
    }

    static WrongTransport asking(BiConsumer<ConnectRequest.Builder, ConnectRequest> change) {
        return new WrongTransport() {
            @Override
            ConnectRequest request(ConnectRequest request) {
                ConnectRequest.Builder changed = ConnectRequest.builder();
                changed.from(request);
                change.accept(changed, request);
                return changed.build();
            }
        };
    }

    /** Its CONNECT has another Will. */
    static WrongTransport willing(UnaryOperator<Will> change) {
        return asking((changed, request) -> changed.will(request.will().map(change)));
    }

    static WrongTransport willingMessage(Consumer<ApplicationMessage.Builder> change) {
        return willing(will -> new Will(changed(will.message(), change), will.delayInterval()));
    }

    private static ApplicationMessage changed(ApplicationMessage message, Consumer<ApplicationMessage.Builder> change) {
        ApplicationMessage.Builder changed = message.toBuilder();
        change.accept(changed);
        return changed.build();
    }

    /** What it tells of the CONNACK is something else. */
    static WrongTransport reading(Consumer<Connack.Builder> change) {
        return reading((changed, request) -> change.accept(changed));
    }

    static WrongTransport reading(BiConsumer<Connack.Builder, ConnectRequest> change) {
        return new WrongTransport() {
            @Override
            Connack connack(Connack connack, ConnectRequest request) {
                Connack.Builder changed = Connack.builder();
                changed.from(connack);
                change.accept(changed, request);
                return changed.build();
            }
        };
    }

    static WrongTransport connecting(
            BiFunction<Single<MqttConnection>, ConnectRequest, Single<MqttConnection>> change) {
        return new WrongTransport() {
            @Override
            Single<MqttConnection> connecting(Single<MqttConnection> connecting, ConnectRequest request) {
                return change.apply(connecting, request);
            }
        };
    }

    /** It tells of another failure to connect. */
    static WrongTransport failing(UnaryOperator<ConnectFailure> change) {
        return connecting((connecting, request) -> connecting.onErrorResumeNext(failure -> Single.error(
                failure instanceof ConnectFailedException told
                        ? new ConnectFailedException(request.server(), change.apply(told.failure()), told)
                        : failure)));
    }

    static WrongTransport delivering(UnaryOperator<Flowable<Delivery>> change) {
        return new WrongTransport() {
            @Override
            Flowable<Delivery> deliveries(Flowable<Delivery> deliveries) {
                return change.apply(deliveries);
            }
        };
    }

    static WrongTransport handingOver(Function<Delivery, Delivery> change) {
        return delivering(deliveries -> deliveries.map(change::apply));
    }

    static WrongTransport handingOverMessage(Consumer<ApplicationMessage.Builder> change) {
        return handingOver(delivery -> new Handed(delivery) {
            @Override
            public ApplicationMessage message() {
                return changed(super.message(), change);
            }
        });
    }

    static WrongTransport closing(UnaryOperator<Completable> change) {
        return new WrongTransport() {
            @Override
            Completable close(Completable close) {
                return change.apply(close);
            }
        };
    }

    static WrongTransport sending(Consumer<ApplicationMessage.Builder> change) {
        return new WrongTransport() {
            @Override
            ApplicationMessage published(ApplicationMessage message) {
                return changed(message, change);
            }
        };
    }

    static WrongTransport publishing(UnaryOperator<Single<PublishOutcome>> change) {
        return publishing((outcome, connection) -> change.apply(outcome));
    }

    static WrongTransport publishing(
            BiFunction<Single<PublishOutcome>, MqttConnection, Single<PublishOutcome>> change) {
        return new WrongTransport() {
            @Override
            Single<PublishOutcome> publishing(Single<PublishOutcome> publishing, MqttConnection connection) {
                return change.apply(publishing, connection);
            }
        };
    }

    /** Its SUBSCRIBE says something else. */
    static WrongTransport subscribingTo(UnaryOperator<Subscription> change) {
        return new WrongTransport() {
            @Override
            List<Subscription> subscriptions(List<Subscription> subscriptions) {
                return subscriptions.stream().map(change).toList();
            }
        };
    }

    static WrongTransport subscribing(UnaryOperator<Single<List<ReasonCode>>> change) {
        return new WrongTransport() {
            @Override
            Single<List<ReasonCode>> subscribing(Single<List<ReasonCode>> subscribing) {
                return change.apply(subscribing);
            }
        };
    }

    static WrongTransport unsubscribing(UnaryOperator<Single<List<ReasonCode>>> change) {
        return new WrongTransport() {
            @Override
            Single<List<ReasonCode>> unsubscribing(Single<List<ReasonCode>> unsubscribing) {
                return change.apply(unsubscribing);
            }
        };
    }

    static WrongTransport ending(UnaryOperator<Single<DisconnectCause>> change) {
        return new WrongTransport() {
            @Override
            Single<DisconnectCause> closed(Single<DisconnectCause> closed) {
                return change.apply(closed);
            }
        };
    }

    /** What it tells of the end is something else. */
    static WrongTransport endingBecause(Consumer<DisconnectCause.Builder> change) {
        return ending(closed -> closed.map(cause -> {
            DisconnectCause.Builder changed = DisconnectCause.builder();
            changed.from(cause);
            change.accept(changed);
            return changed.build();
        }));
    }

    /** How one says goodbye. */
    @FunctionalInterface
    interface Goodbye {
        Completable say(
                MqttTransport transport,
                MqttConnection connection,
                ReasonCode reasonCode,
                Optional<Duration> sessionExpiryInterval);
    }

    static WrongTransport leaving(Goodbye goodbye) {
        return new WrongTransport() {
            @Override
            Completable disconnecting(
                    MqttTransport transport,
                    MqttConnection connection,
                    ReasonCode reasonCode,
                    Optional<Duration> sessionExpiryInterval) {
                return goodbye.say(transport, connection, reasonCode, sessionExpiryInterval);
            }
        };
    }

    /** A delivery as it is. */
    static class Handed implements Delivery {

        private final Delivery right;

        Handed(Delivery right) {
            this.right = right;
        }

        @Override
        public ApplicationMessage message() {
            return right.message();
        }

        @Override
        public List<Integer> subscriptionIdentifiers() {
            return right.subscriptionIdentifiers();
        }

        @Override
        public boolean isDuplicate() {
            return right.isDuplicate();
        }

        @Override
        public void acknowledge() {
            right.acknowledge();
        }
    }
}
