package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.HandlerError;
import io.alicia.mqtt.SubscriptionRefusedException;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A handler that gets nothing, since its client may not receive it, says so. */
@Timeout(30)
class RefusedHandlerTest {

    private static final TopicTemplate<String> NOTES = TopicTemplate.of("story/{room}/note");

    private final FakeTransport transport = new FakeTransport();
    private AliciaMqttClient alicia;
    private FakeConnection connection;

    @BeforeEach
    void start() {
        alicia = AliciaMqttClient.builder()
                .server("mqtt://house")
                .clientIdentifier("hall-panel")
                .transport(transport.provider())
                .start();
        transport.awaitAttempt();
        connection = transport.accept(false);
    }

    @AfterEach
    void close() {
        alicia.close();
    }

    static Stream<Named<Function<AliciaMqttClient, Disposable>>> handlers() {
        return Stream.of(
                Named.of(
                        "of messages",
                        client -> client.topic(NOTES, PayloadCodec.text()).onMessage(note -> Completable.complete())),
                Named.of(
                        "of commands",
                        client -> client.devices()
                                .device("hall")
                                .onCommand(command -> Single.just(
                                        CommandResult.builder().success(true).build()))));
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void is_over_and_reported_when_the_server_refuses_its_subscription(Function<AliciaMqttClient, Disposable> begin) {
        TestSubscriber<HandlerError> errors = alicia.handlerErrors().test();
        Disposable handling = begin.apply(alicia);
        Awaitility.await().until(() -> !connection.subscribed.isEmpty());
        assertThat(handling.isDisposed()).isFalse();

        connection.subscribed.get(0).codes().onSuccess(List.of(ReasonCode.NOT_AUTHORIZED));

        errors.awaitCount(1);
        assertThat(errors.values()).singleElement().satisfies(error -> {
            assertThat(error.message()).isEmpty();
            assertThat(error.topic()).isEmpty();
            assertThat(error.failure()).isInstanceOf(SubscriptionRefusedException.class);
            assertThat(error.toString())
                    .startsWith("no more messages: ")
                    .contains(connection
                            .subscribed
                            .get(0)
                            .subscriptions()
                            .get(0)
                            .topicFilter()
                            .value())
                    .endsWith("Not authorized (0x87)");
        });
        assertThat(handling.isDisposed()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void is_over_without_an_error_when_its_client_is_closed(Function<AliciaMqttClient, Disposable> begin) {
        TestSubscriber<HandlerError> errors = alicia.handlerErrors().test();
        Disposable handling = begin.apply(alicia);

        alicia.close();

        Awaitility.await().until(handling::isDisposed);
        errors.assertNoValues();
    }
}
