package io.alicia.mqtt.client;

import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.client.FakeTransport.FakeConnection.Published;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.topic.TopicName;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Commands with the answers and the clock in the test's hand. */
@Timeout(30)
abstract class RequestsStory {

    static final TopicName ANSWERS = TopicName.of("alicia/commands/hall/response");

    final TestScheduler time = new TestScheduler();
    final MeterRegistry registry = new SimpleMeterRegistry();
    FakeTransport transport;
    AliciaMqttClient alicia;
    FakeConnection connection;

    @BeforeEach
    void connect() {
        connect(Duration.ofSeconds(10));
    }

    final void connect(Duration commandTimeout) {
        transport = new FakeTransport();
        alicia = AliciaMqttClient.builder()
                .server("mqtt://house")
                .transport(transport.provider())
                .time(time)
                .meters(registry)
                .commandTimeout(commandTimeout)
                .start();
        transport.awaitAttempt();
        connection = transport.accept(false);
    }

    @AfterEach
    void close() {
        alicia.closeAsync().subscribe();
        time.advanceTimeBy(1, TimeUnit.MINUTES);
    }

    TestObserver<CommandResult> ask(String command) {
        return alicia.commands().command("hall", Command.of(command)).test();
    }

    /** The command that its caller has just given; the server has not answered it. */
    Published awaitUnderWay() {
        awaitSent(1);
        return connection.published.get(0);
    }

    private void awaitSent(int count) {
        Soon.await().until(() -> !connection.subscribed.isEmpty());
        if (!connection.subscribed.get(0).codes().hasValue()) {
            connection.subscribed.get(0).grant();
        }
        Soon.await().until(() -> connection.published.size() == count);
    }

    void timeIsUp(TestObserver<CommandResult> result) {
        time.advanceTimeBy(10, TimeUnit.SECONDS);
        result.awaitDone(5, TimeUnit.SECONDS).assertError(TimeoutException.class);
    }

    /** What the server says where nobody is subscribed. */
    void reachesNobody(Published command) {
        command.outcome().onSuccess(new PublishOutcome(ReasonCode.NO_MATCHING_SUBSCRIBERS, Optional.empty()));
    }

    List<ApplicationMessage> awaitCommands(int count) {
        awaitSent(count);
        connection.published.forEach(published -> published.outcome().onSuccess(PublishOutcome.SUCCESS));
        return connection.published.stream().map(Published::message).toList();
    }

    void answer(Optional<BinaryData> correlationData, String more) {
        arrives(ApplicationMessage.builder()
                .topic(ANSWERS)
                .correlationData(correlationData)
                .payload(BinaryData.ofUtf8("{\"success\": true" + (more.isEmpty() ? "" : ", " + more) + "}"))
                .build());
    }

    void arrives(ApplicationMessage message) {
        transport.arriving.onNext(new Delivery() {
            @Override
            public ApplicationMessage message() {
                return message;
            }

            /** Has QoS 0. */
            @Override
            public void acknowledge() {}
        });
    }
}
