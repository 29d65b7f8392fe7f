package io.alicia.mqtt.client;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.Connack;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.SessionEndedException;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An {@link Outbox} whose time is the test's, and whose network is, too. */
abstract class OutboxStory {

    static final Duration DEADLINE = Duration.ofMinutes(1);

    final TestScheduler time = new TestScheduler();
    Instant timeOfDay = Instant.EPOCH;

    final ClientCounts counts = new ClientCounts();

    Outbox outbox(OfflineQueue bounds) {
        return outbox(new Lane(Runnable::run), bounds);
    }

    Outbox outbox(Lane lane, OfflineQueue bounds) {
        return new Outbox(lane, time, () -> timeOfDay, Runnable::run, bounds, OutboxStore.NONE, 10_000, counts);
    }

    Outbox outbox() {
        return outbox(OfflineQueue.DEFAULT);
    }

    static FakeConnection connect(Outbox outbox, int receiveMaximum) {
        FakeConnection connection = new FakeConnection(connack(receiveMaximum));
        outbox.connected(connection, FakeTransport.HOUSE);
        return connection;
    }

    static Connack connack(int receiveMaximum) {
        return Connack.builder()
                .sessionPresent(false)
                .clientIdentifier("fake")
                .sessionExpiryInterval(Duration.ZERO)
                .keepAlive(Duration.ZERO)
                .receiveMaximum(receiveMaximum)
                .build();
    }

    static TestObserver<PublishResult> publish(Outbox outbox, String payload, Qos qos) {
        return outbox.publish(message(payload, qos), DEADLINE).test();
    }

    static ApplicationMessage message(String payload, Qos qos) {
        return ApplicationMessage.builder()
                .topic(TopicName.of("t"))
                .payload(BinaryData.ofUtf8(payload))
                .qos(qos)
                .build();
    }

    static ApplicationMessage expiring(String payload, Duration messageExpiryInterval) {
        return message(payload, Qos.AT_LEAST_ONCE).toBuilder()
                .messageExpiryInterval(messageExpiryInterval)
                .build();
    }

    static void acknowledge(FakeConnection connection, int number) {
        connection.published.get(number).outcome().onSuccess(PublishOutcome.SUCCESS);
    }

    /** The server may have the message, and it may not. */
    static void sessionEndsAfterSending(FakeConnection connection, int number) {
        connection.published.get(number).outcome().onError(new SessionEndedException("gone", true, null));
    }

    /** The server does not have the message. */
    static void sessionEndsBeforeSending(FakeConnection connection, int number) {
        connection.published.get(number).outcome().onError(new SessionEndedException("gone", false, null));
    }

    static List<String> payloads(FakeConnection connection) {
        return connection.published.stream()
                .map(entry -> entry.message().payload().toUtf8())
                .toList();
    }
}
