package io.alicia.mqtt.client;

import static io.alicia.mqtt.client.OutboxStory.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.client.StoredMessage.Progress;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.PublishOutcome;
import io.reactivex.rxjava3.observers.TestObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;

/** The file of an offline queue: whose it is, how much is in it, how large it grows and what may be wrong with it. */
class OfflineQueueFileTest extends OfflineQueueScene {

    private static final int BLOCK_BYTES = 4_096;

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
            letItWrite();
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

    @Test
    void says_what_is_wrong_with_a_file_of_nothing_but_zeros() throws IOException {
        Files.createDirectories(directory.resolve("queue"));
        Files.write(file(), new byte[5_000]);

        assertThatThrownBy(() -> store(file()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("move it away")
                .hasMessageContaining("it ends too early")
                .hasMessageNotContaining("FileChannel");
    }

    /** As a copy that was not finished, or a disk that was full. */
    @Test
    void says_what_is_wrong_with_a_file_that_was_cut_off() throws IOException {
        makeQueueOfHundredMessages();
        int refused = 0;
        for (long length = 1; length < Files.size(file()); length += BLOCK_BYTES / 2) {
            Path damaged = copy();
            truncate(damaged, length);
            try {
                store(damaged);
            } catch (IllegalStateException e) {
                refused++;
                assertThat(e)
                        .as("cut off at %s", length)
                        .hasMessageContaining("move it away")
                        .hasMessageNotContaining("FileChannel");
            }
        }

        assertThat(refused).isPositive();
    }

    /** As a memory card leaves it when its power was cut: pages in the middle are read after the file was opened. */
    @Test
    void says_what_is_wrong_with_a_file_that_has_lost_a_block_and_does_not_keep_it_open() throws IOException {
        makeQueueOfHundredMessages();
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

    private void makeQueueOfHundredMessages() {
        try (MVStore made = QueueFile.open(file())) {
            MVMap<Long, byte[]> messages = made.openMap("messages");
            byte[] stored = new StoredMessage(
                            message("x".repeat(2_000), Qos.AT_LEAST_ONCE),
                            0,
                            Progress.WAITING,
                            StoredMessage.NO_PACKET_IDENTIFIER,
                            "")
                    .toBytes();
            LongStream.range(0, 100).forEach(sequence -> messages.put(sequence, stored));
            made.commit();
        }
    }

    private static void truncate(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    private static void overwrite(Path file, long position) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(BLOCK_BYTES), position);
        }
    }
}
