package io.alicia.mqtt.broker.bridge.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.bridge.BridgeConfig;
import io.alicia.mqtt.broker.bridge.BridgeTopic;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemoteLinkTest {

    private static final ServerAddress THERE = ServerAddress.of("mqtt://there");

    private final List<String> told = new ArrayList<>();
    private final List<Throwable> undelivered = new ArrayList<>();

    @AfterEach
    void handleErrorsAsBefore() {
        RxJavaPlugins.setErrorHandler(null);
    }

    @Test
    void tells_its_owner_of_an_attempt_that_failed() {
        link(Runnable::run, new Unreachable(Single.error(new IllegalStateException("away"))))
                .connect(request());

        assertThat(told).containsExactly("failed");
    }

    @Test
    void tells_its_owner_of_an_attempt_that_could_not_even_begin() {
        link(Runnable::run, new Unreachable(Single.defer(() -> {
                    throw new IllegalStateException("no such transport");
                })))
                .connect(request());

        assertThat(told).containsExactly("failed");
    }

    @Test
    void connects_no_more_when_the_broker_has_stopped() {
        RxJavaPlugins.setErrorHandler(undelivered::add);
        Executor stopped = task -> {
            throw new RejectedExecutionException("stopped");
        };

        link(stopped, new Unreachable(Single.never())).connect(request());

        assertThat(told).isEmpty();
        assertThat(undelivered).isEmpty();
    }

    private RemoteLink link(Executor blocking, MqttTransport transport) {
        BridgeConfig.Builder config = BridgeConfig.builder();
        config.name("upstairs")
                .addAddresses(THERE)
                .addTopics(new BridgeTopic("#", BridgeTopic.Direction.OUT, Qos.AT_MOST_ONCE, "", ""));
        return new RemoteLink(
                config.build(),
                transport,
                Runnable::run,
                blocking,
                listening(RemoteLink.Owner.class),
                listening(RemoteLink.Receiver.class));
    }

    private <T> T listening(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            told.add(method.getName());
            return null;
        }));
    }

    private static ConnectRequest request() {
        return ConnectRequest.builder().server(THERE).build();
    }

    /** Only ever attempts. */
    private record Unreachable(Single<MqttConnection> attempt) implements MqttTransport {

        @Override
        public Single<MqttConnection> connect(ConnectRequest request) {
            return attempt;
        }

        @Override
        public Flowable<Delivery> deliveries() {
            return Flowable.never();
        }

        @Override
        public Completable close() {
            return Completable.complete();
        }
    }
}
