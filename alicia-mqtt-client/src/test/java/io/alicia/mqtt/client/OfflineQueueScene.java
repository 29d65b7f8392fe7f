package io.alicia.mqtt.client;

import static io.alicia.mqtt.client.OutboxStory.connack;
import static io.alicia.mqtt.client.OutboxStory.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** An {@link Outbox} that keeps what waits in a file: a copy of it is what {@code kill -9} leaves. */
abstract class OfflineQueueScene {

    static final Duration DEADLINE = Duration.ofMinutes(5);

    @TempDir
    Path directory;

    final TestScheduler time = new TestScheduler();
    Duration clockIsAhead = Duration.ofDays(20_000);
    private final InstantSource wallClock =
            () -> Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS)).plus(clockIsAhead);
    private final Lane lane = new Lane(Runnable::run);
    final List<DiskStore> stores = new ArrayList<>();
    private int copies;

    @AfterEach
    void close() {
        stores.forEach(store ->
                assertThat(store.close().blockingAwait(5, TimeUnit.SECONDS)).isTrue());
    }

    Path file() {
        return directory.resolve("queue/outbox.mv");
    }

    /** What a process that is killed now leaves behind. */
    Path copy() {
        Path copy = directory.resolve("copy-" + ++copies + ".mv");
        try {
            return Files.copy(file(), copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DiskStore store(Path file) {
        DiskStore store = new DiskStore(file, "disk-test", time);
        stores.add(store);
        return store;
    }

    Outbox outbox(Path file) {
        return outbox(file, OfflineQueue.DEFAULT);
    }

    Outbox outbox(Path file, OfflineQueue bounds) {
        return outbox(store(file), bounds);
    }

    Outbox outbox(DiskStore store, OfflineQueue bounds) {
        return new Outbox(lane, time, wallClock, Runnable::run, bounds, store, 1_000, new ClientCounts());
    }

    FakeConnection connect(Outbox outbox, int receiveMaximum) {
        FakeConnection connection = new FakeConnection(connack(receiveMaximum));
        inLane(() -> outbox.connected(connection, FakeTransport.HOUSE));
        return connection;
    }

    /** As everything does in a client. */
    void inLane(Runnable step) {
        lane.execute(step);
    }

    static TestObserver<PublishResult> publish(Outbox outbox, String payload, Qos qos) {
        return publish(outbox, message(payload, qos));
    }

    static TestObserver<PublishResult> publish(Outbox outbox, ApplicationMessage message) {
        return outbox.publish(message, DEADLINE).test();
    }

    void awaitOnDisk(String... payloads) {
        Awaitility.await()
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(restored())
                        .extracting(restored ->
                                restored.message().message().payload().toUtf8())
                        .containsExactly(payloads));
    }

    List<OutboxStore.Restored> restored() {
        DiskStore store = new DiskStore(copy(), "disk-test-copy", time);
        List<OutboxStore.Restored> restored = store.restored();
        store.close().blockingAwait();
        return restored;
    }

    static void awaitSent(FakeConnection connection, String... payloads) {
        awaitCount(connection, payloads.length);
        assertThat(connection.published)
                .extracting(published -> published.message().payload().toUtf8())
                .containsExactly(payloads);
    }

    static void awaitCount(FakeConnection connection, int count) {
        Awaitility.await(count + " messages")
                .pollInterval(2, TimeUnit.MILLISECONDS)
                .until(() -> connection.published.size() >= count);
    }

    static void awaitResult(TestObserver<PublishResult> result, PublishResult expected) {
        result.awaitDone(5, TimeUnit.SECONDS).assertValue(expected);
    }

    /** The store writes what has waited for others. */
    void letItWrite() {
        time.advanceTimeBy(DiskStore.SOON_MILLIS, TimeUnit.MILLISECONDS);
    }
}
