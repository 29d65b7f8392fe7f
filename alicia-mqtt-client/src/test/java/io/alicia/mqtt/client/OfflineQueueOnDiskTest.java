package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.client.StoredMessage.Progress;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.PayloadFormat;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.spi.Connack;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.SessionEndedException;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of messages whose process ends: a copy of the file is what {@code kill -9} leaves. */
class OfflineQueueOnDiskTest {

    private static final int BLOCK_BYTES = 4_096;
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    @TempDir
    private Path directory;

    private final TestScheduler time = new TestScheduler();
    private Duration clockIsAhead = Duration.ofDays(20_000);
    private final InstantSource wallClock =
            () -> Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS)).plus(clockIsAhead);
    private final Lane lane = new Lane(Runnable::run);
    private final List<DiskStore> stores = new ArrayList<>();
    private int copies;

    @AfterEach
    void close() {
        stores.forEach(store ->
                assertThat(store.close().blockingAwait(5, TimeUnit.SECONDS)).isTrue());
    }

    @Test
    void keeps_what_waits_in_order_with_all_its_properties() {
        Outbox outbox = outbox(file());
        ApplicationMessage rich = ApplicationMessage.builder()
                .topic(TopicName.of("t/ü"))
                .payload(BinaryData.ofUtf8("1"))
                .qos(Qos.EXACTLY_ONCE)
                .retain(true)
                .messageExpiryInterval(Duration.ofHours(1))
                .payloadFormat(PayloadFormat.UTF_8)
                .contentType("text/plain")
                .responseTopic(TopicName.of("answers"))
                .correlationData(BinaryData.ofUtf8("42"))
                .addUserProperties(new UserProperty("a", "1"), new UserProperty("a", "😀"))
                .build();
        publish(outbox, rich);
        publish(outbox, "2", Qos.AT_LEAST_ONCE);

        awaitOnDisk("1", "2");

        FakeConnection next = connect(outbox(copy()), 10);
        awaitSent(next, "1", "2");
        assertThat(next.published.get(0).message()).isEqualTo(rich);
    }

    @Test
    void sends_what_an_earlier_process_left_before_anything_new() {
        publish(outbox(file()), "old", Qos.AT_LEAST_ONCE);
        awaitOnDisk("old");

        Outbox next = outbox(copy());
        publish(next, "new", Qos.AT_LEAST_ONCE);
        FakeConnection connection = connect(next, 10);

        awaitSent(connection, "old", "new");
    }

    @Test
    void keeps_qos_1_under_way_until_the_server_has_it() {
        Outbox outbox = outbox(file());
        FakeConnection connection = connect(outbox, 10);
        publish(outbox, "a", Qos.AT_LEAST_ONCE);
        time.advanceTimeBy(DiskStore.SOON_MILLIS, TimeUnit.MILLISECONDS);
        awaitOnDisk("a");

        connection.published.get(0).outcome().onSuccess(PublishOutcome.SUCCESS);
        time.advanceTimeBy(DiskStore.SOON_MILLIS, TimeUnit.MILLISECONDS);

        awaitOnDisk();
    }

    @Test
    void never_sends_qos_2_again_that_was_sent_when_the_process_ended() {
        Outbox outbox = outbox(file());
        publish(outbox, "a", Qos.EXACTLY_ONCE);
        FakeConnection connection = connect(outbox, 10);
        awaitSent(connection, "a");

        FakeConnection next = connect(outbox(copy()), 10);

        assertThat(next.published).isEmpty();
    }

    @Test
    void loses_no_more_qos_2_with_the_process_than_the_server_had_room_for() {
        Outbox outbox = outbox(file());
        List.of("a", "b", "c", "d").forEach(payload -> publish(outbox, payload, Qos.EXACTLY_ONCE));
        FakeConnection connection = connect(outbox, 2);
        awaitSent(connection, "a", "b");

        assertThat(unsentOnDisk()).containsExactly("c", "d");
    }

    @Test
    void keeps_qos_2_that_was_not_sent_after_all() {
        Outbox outbox = outbox(file());
        publish(outbox, "a", Qos.EXACTLY_ONCE);
        FakeConnection connection = connect(outbox, 10);
        awaitSent(connection, "a");
        inLane(() -> outbox.disconnected(FakeTransport.CABLE_PULLED));
        connection.published.get(0).outcome().onError(new SessionEndedException("gone", false, null));

        awaitOnDisk("a");
        FakeConnection next = connect(outbox(copy()), 10);

        awaitSent(next, "a");
    }

    @Test
    void keeps_the_marked_that_the_connection_took_none_of() {
        Outbox outbox = outbox(file());
        publish(outbox, "a", Qos.EXACTLY_ONCE);
        publish(outbox, "b", Qos.EXACTLY_ONCE);
        FakeConnection connection = connect(outbox, 1);
        awaitSent(connection, "a");

        inLane(() -> outbox.disconnected(FakeTransport.CABLE_PULLED));

        Awaitility.await().untilAsserted(() -> assertThat(unsentOnDisk()).containsExactly("b"));
    }

    @Test
    void tells_at_the_deadline_that_the_message_waits_and_sends_it_later() {
        Outbox outbox = outbox(file());
        TestObserver<PublishResult> result = publish(outbox, "a", Qos.AT_LEAST_ONCE);

        time.advanceTimeBy(DEADLINE.plusSeconds(1).toMillis(), TimeUnit.MILLISECONDS);

        awaitResult(result, new PublishResult.Queued());
        awaitSent(connect(outbox, 10), "a");
    }

    @Test
    void tells_nobody_that_a_message_waits_on_a_disk_that_refuses_it() {
        SmallDisk disk = new SmallDisk();
        Outbox outbox = outbox(disk);
        disk.isFull();
        TestObserver<PublishResult> atTheDeadline = publish(outbox, "a", Qos.AT_LEAST_ONCE);

        time.advanceTimeBy(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        awaitResult(atTheDeadline, new PublishResult.Expired());
        TestObserver<PublishResult> atTheEnd = publish(outbox, "b", Qos.AT_LEAST_ONCE);
        inLane(outbox::close);

        atTheEnd.awaitDone(5, TimeUnit.SECONDS);
        assertThat(atTheEnd.values().get(0)).isInstanceOf(PublishResult.Dropped.class);
    }

    /** A disk that somebody else fills, and empties again. */
    private final class SmallDisk {

        private final DiskStore store =
                new DiskStore(new QueueFile(file(), this::open), task -> new Thread(task, "disk-test"), time);
        private @Nullable MVStore opened;
        private volatile boolean full;

        SmallDisk() {
            stores.add(store);
        }

        private MVStore open() {
            if (full) {
                throw new IllegalStateException("no space left on device");
            }
            MVStore fresh = QueueFile.open(file());
            opened = fresh;
            return fresh;
        }

        /** From now on each write fails, upon which H2 closes the file. */
        void isFull() {
            full = true;
            Objects.requireNonNull(opened).closeImmediately();
        }

        void awaitRefusal() {
            Soon.await().until(() -> !store.isWorking());
        }

        void hasRoomAgain() {
            full = false;
        }
    }

    private Outbox outbox(SmallDisk disk) {
        return new Outbox(
                lane, time, wallClock, Runnable::run, OfflineQueue.DEFAULT, disk.store, 1_000, new ClientCounts());
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_LEAST_ONCE", "EXACTLY_ONCE"})
    void sends_nothing_twice_because_the_disk_was_full_for_a_moment(Qos qos) {
        SmallDisk disk = new SmallDisk();
        Outbox outbox = outbox(disk);
        publish(outbox, "kept", qos);
        awaitOnDisk("kept");
        disk.isFull();
        publish(outbox, "in memory", qos);
        disk.awaitRefusal();
        FakeConnection connection = connect(outbox, 10);
        // What is on disk and cannot be marked would be sent by the next process as well.
        awaitCount(connection, qos == Qos.EXACTLY_ONCE ? 1 : 2);

        disk.hasRoomAgain();
        time.advanceTimeBy(1, TimeUnit.MINUTES);
        awaitCount(connection, 2);
        connection.published.forEach(published -> published.outcome().onSuccess(PublishOutcome.SUCCESS));
        time.advanceTimeBy(DiskStore.SOON_MILLIS, TimeUnit.MILLISECONDS);

        awaitOnDisk();
    }

    @Test
    void keeps_on_disk_again_what_is_published_when_it_has_room_again() {
        SmallDisk disk = new SmallDisk();
        Outbox outbox = outbox(disk);
        disk.isFull();
        TestObserver<PublishResult> meanwhile = publish(outbox, "meanwhile", Qos.AT_LEAST_ONCE);
        disk.awaitRefusal();

        disk.hasRoomAgain();
        time.advanceTimeBy(1, TimeUnit.MINUTES);
        TestObserver<PublishResult> later = publish(outbox, "later", Qos.AT_LEAST_ONCE);
        awaitOnDisk("meanwhile", "later");
        time.advanceTimeBy(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);

        awaitResult(meanwhile, new PublishResult.Queued());
        awaitResult(later, new PublishResult.Queued());
    }

    /** A store that gets no thread so many times. */
    private DiskStore storeWithoutThreadsFor(int times) {
        AtomicInteger missing = new AtomicInteger(times);
        return new DiskStore(
                new QueueFile(file()),
                task -> {
                    if (missing.getAndDecrement() > 0) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    return new Thread(task, "disk-test");
                },
                time);
    }

    @Test
    void writes_to_disk_when_there_are_threads_again() {
        DiskStore store = storeWithoutThreadsFor(3);
        Outbox outbox = new Outbox(
                lane, time, wallClock, Runnable::run, OfflineQueue.DEFAULT, store, 1_000, new ClientCounts());

        publish(outbox, "a", Qos.AT_LEAST_ONCE);
        time.advanceTimeBy(DiskStore.SOON_MILLIS * 3, TimeUnit.MILLISECONDS);
        awaitOnDisk("a");

        store.close().test().awaitDone(5, TimeUnit.SECONDS).assertComplete();
    }

    @Test
    void closes_when_there_is_a_thread_for_that() {
        DiskStore store = storeWithoutThreadsFor(1);
        TestObserver<Void> closed = store.close().test();
        closed.assertNotComplete();

        time.advanceTimeBy(DiskStore.SOON_MILLIS, TimeUnit.MILLISECONDS);

        closed.awaitDone(5, TimeUnit.SECONDS).assertComplete();
        store(file()); // which is free for others
    }

    private static void awaitResult(TestObserver<PublishResult> result, PublishResult expected) {
        result.awaitDone(5, TimeUnit.SECONDS).assertValue(expected);
    }

    @Test
    void tells_at_close_that_the_message_waits() {
        Outbox outbox = outbox(file());
        TestObserver<PublishResult> kept = publish(outbox, "a", Qos.AT_LEAST_ONCE);
        TestObserver<PublishResult> lost = publish(outbox, "b", Qos.AT_MOST_ONCE);

        inLane(outbox::close);

        awaitResult(kept, new PublishResult.Queued());
        assertThat(lost.values().get(0)).isInstanceOf(PublishResult.Dropped.class);
        awaitOnDisk("a");
    }

    @Test
    void lets_go_of_what_is_not_worth_delivering_any_more() {
        Outbox outbox = outbox(file());
        publish(
                outbox,
                message("stale", Qos.AT_LEAST_ONCE).toBuilder()
                        .messageExpiryInterval(Duration.ofSeconds(30))
                        .build());
        publish(outbox, "fresh", Qos.AT_LEAST_ONCE);
        awaitOnDisk("stale", "fresh");

        time.advanceTimeBy(31, TimeUnit.SECONDS);
        FakeConnection next = connect(outbox(copy()), 10);

        awaitSent(next, "fresh");
    }

    @Test
    void counts_the_time_between_two_processes_by_the_time_of_day() {
        Outbox outbox = outbox(file());
        publish(
                outbox,
                message("a", Qos.AT_LEAST_ONCE).toBuilder()
                        .messageExpiryInterval(Duration.ofSeconds(30))
                        .build());
        awaitOnDisk("a");

        clockIsAhead = clockIsAhead.plusSeconds(12); // a process has a steady time of its own
        FakeConnection later = connect(outbox(copy()), 10);
        clockIsAhead = Duration.ZERO; // a computer that does not know the time yet
        FakeConnection withoutClock = connect(outbox(copy()), 10);

        awaitSent(later, "a");
        assertThat(later.published.get(0).message().messageExpiryInterval()).contains(Duration.ofSeconds(18));
        awaitSent(withoutClock, "a");
        assertThat(withoutClock.published.get(0).message().messageExpiryInterval())
                .contains(Duration.ofSeconds(30));
    }

    @Test
    void takes_its_bounds_from_the_disk_too() {
        Outbox outbox = outbox(file(), new OfflineQueue(2, 1_000, OfflineQueue.WhenFull.DROP_OLDEST));
        List.of("a", "b", "c").forEach(payload -> publish(outbox, payload, Qos.AT_LEAST_ONCE));

        awaitOnDisk("b", "c");
    }

    @Test
    void is_bounded_in_bytes_with_what_an_earlier_process_left() {
        OfflineQueue ofTenBytes = new OfflineQueue(100, 10, OfflineQueue.WhenFull.REJECT);
        publish(outbox(file(), ofTenBytes), "12345678", Qos.AT_LEAST_ONCE);
        awaitOnDisk("12345678");

        Outbox next = outbox(copy(), ofTenBytes);
        TestObserver<PublishResult> tooMuch = publish(next, "9", Qos.AT_LEAST_ONCE);

        tooMuch.assertValue(new PublishResult.Dropped("the offline queue is full"));
        awaitSent(connect(next, 10), "12345678");
    }

    @Test
    void stays_small_however_much_goes_through() throws IOException {
        Outbox outbox = outbox(file());
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 200; i++) {
                publish(outbox, "m".repeat(500) + i, Qos.AT_LEAST_ONCE);
            }
            FakeConnection connection = connect(outbox, 1_000);
            awaitCount(connection, 200);
            List.copyOf(connection.published)
                    .forEach(published -> published.outcome().onSuccess(PublishOutcome.SUCCESS));
            inLane(() -> outbox.disconnected(FakeTransport.CABLE_PULLED));
            time.advanceTimeBy(DiskStore.SOON_MILLIS, TimeUnit.MILLISECONDS);
        }
        awaitOnDisk();
        DiskStore store = stores.remove(0);
        assertThat(store.close().blockingAwait(5, TimeUnit.SECONDS)).isTrue();

        assertThat(Files.size(file())).isLessThan(1_000_000);
    }

    @Test
    void is_for_one_client_and_for_its_owner_alone() throws IOException {
        store(file());

        assertThatThrownBy(() -> store(file()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("another client has it open");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void makes_the_directories_that_are_missing_for_its_owner_alone() throws IOException {
        store(directory.resolve("alicia/queues/hall.mv"));

        for (String made : List.of("alicia", "alicia/queues")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(made))))
                    .as(made)
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void says_what_is_wrong_with_a_file_that_is_none() throws IOException {
        Files.createDirectories(directory.resolve("queue"));
        Files.writeString(file(), "no offline queue".repeat(1_000));

        assertThatThrownBy(() -> store(file()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("move it away");
    }

    /** As a memory card leaves it when its power was cut: pages in the middle are read after the file was opened. */
    @Test
    void says_what_is_wrong_with_a_file_that_has_lost_a_block_and_does_not_keep_it_open() throws IOException {
        try (MVStore made = QueueFile.open(file())) {
            MVMap<Long, byte[]> messages = made.openMap("messages");
            byte[] stored = new StoredMessage(
                            message("x".repeat(2_000), Qos.AT_LEAST_ONCE),
                            0,
                            Progress.WAITING,
                            StoredMessage.NO_PACKET_IDENTIFIER)
                    .toBytes();
            LongStream.range(0, 100).forEach(sequence -> messages.put(sequence, stored));
            made.commit();
        }
        int refused = 0;
        for (long at = 0; at < Files.size(file()); at += BLOCK_BYTES) {
            Path damaged = copy();
            overwrite(damaged, at);
            try {
                store(damaged);
            } catch (IllegalStateException e) {
                refused++;
                assertThat(e).hasMessageContaining(damaged.toString()).hasMessageContaining("move it away");
                assertThatThrownBy(() -> store(damaged)).hasMessage(e.getMessage());
            }
        }

        assertThat(refused).isPositive();
    }

    private static void overwrite(Path file, long position) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(BLOCK_BYTES), position);
        }
    }

    private Path file() {
        return directory.resolve("queue/outbox.mv");
    }

    /** What a process that is killed now leaves behind. */
    private Path copy() {
        Path copy = directory.resolve("copy-" + ++copies + ".mv");
        try {
            return Files.copy(file(), copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DiskStore store(Path file) {
        DiskStore store = new DiskStore(file, "disk-test", time);
        stores.add(store);
        return store;
    }

    private Outbox outbox(Path file) {
        return outbox(file, OfflineQueue.DEFAULT);
    }

    private Outbox outbox(Path file, OfflineQueue bounds) {
        return new Outbox(lane, time, wallClock, Runnable::run, bounds, store(file), 1_000, new ClientCounts());
    }

    private void awaitOnDisk(String... payloads) {
        Awaitility.await()
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(restored())
                        .extracting(restored ->
                                restored.message().message().payload().toUtf8())
                        .containsExactly(payloads));
    }

    private List<String> unsentOnDisk() {
        return restored().stream()
                .filter(restored -> restored.message().progress() == Progress.WAITING)
                .map(restored -> restored.message().message().payload().toUtf8())
                .toList();
    }

    private List<OutboxStore.Restored> restored() {
        DiskStore store = new DiskStore(copy(), "disk-test-copy", time);
        List<OutboxStore.Restored> restored = store.restored();
        store.close().blockingAwait();
        return restored;
    }

    private FakeConnection connect(Outbox outbox, int receiveMaximum) {
        FakeConnection connection = new FakeConnection(Connack.builder()
                .sessionPresent(false)
                .clientIdentifier("fake")
                .sessionExpiryInterval(Duration.ZERO)
                .keepAlive(Duration.ZERO)
                .receiveMaximum(receiveMaximum)
                .build());
        inLane(() -> outbox.connected(connection));
        return connection;
    }

    /** As everything does in a client. */
    private void inLane(Runnable step) {
        lane.execute(step);
    }

    private static void awaitSent(FakeConnection connection, String... payloads) {
        awaitCount(connection, payloads.length);
        assertThat(connection.published)
                .extracting(published -> published.message().payload().toUtf8())
                .containsExactly(payloads);
    }

    private static void awaitCount(FakeConnection connection, int count) {
        Awaitility.await(count + " messages")
                .pollInterval(2, TimeUnit.MILLISECONDS)
                .until(() -> connection.published.size() >= count);
    }

    private static TestObserver<PublishResult> publish(Outbox outbox, String payload, Qos qos) {
        return publish(outbox, message(payload, qos));
    }

    private static TestObserver<PublishResult> publish(Outbox outbox, ApplicationMessage message) {
        return outbox.publish(message, DEADLINE).test();
    }

    private static ApplicationMessage message(String payload, Qos qos) {
        return ApplicationMessage.builder()
                .topic(TopicName.of("t"))
                .payload(BinaryData.ofUtf8(payload))
                .qos(qos)
                .build();
    }
}
