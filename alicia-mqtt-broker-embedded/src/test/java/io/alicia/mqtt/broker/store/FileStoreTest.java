package io.alicia.mqtt.broker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest extends StoreContract {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("mosquitto.db");
    }

    @Override
    Store open() throws StoreException {
        return FileStore.open(file);
    }

    private static void awaitCommit(Store store) {
        CompletableFuture<Void> committed = new CompletableFuture<>();
        store.whenCommitted(Runnable::run, () -> committed.complete(null));
        assertThat(committed).succeedsWithin(PATIENCE);
    }

    /** A store with {@code count} sessions, each with a subscription and a message, and as many retained messages. */
    private void write(int count) throws StoreException {
        try (Store store = open()) {
            for (int i = 1; i <= count; i++) {
                StoredMessage message = Samples.message("t/" + i, "payload " + i);
                store.record(new Change.Retained(message.topic(), () -> message));
                store.record(new Change.SessionPut(Samples.session(i)));
                store.record(new Change.Subscribed(
                        i, new StoredSubscription(TopicFilter.of("t/" + i), Qos.EXACTLY_ONCE, false, false, i, 0)));
                store.record(new Change.OutgoingPut(i, Samples.waiting(1, 1_000_000 + i, message)));
            }
        }
    }

    @Test
    void what_belongs_together_is_committed_as_a_whole_or_not_at_all() throws Exception {
        Path copy = directory.resolve("copy.db");
        try (Store store = open()) {
            store.record(new Change.SessionPut(Samples.session(7)));
            awaitCommit(store);
            Runnable one = store.together();
            Runnable other = store.together();
            store.record(new Change.Received(7, 1));
            CompletableFuture<Void> committed = new CompletableFuture<>();
            store.whenCommitted(Runnable::run, () -> committed.complete(null));
            one.run();
            await().until(FileStoreTest::storeWaits);
            assertThat(committed).isNotDone();
            Files.copy(file, copy);

            store.record(new Change.Received(7, 2));
            other.run();

            assertThat(committed).succeedsWithin(PATIENCE);
        }
        assertThat(receivedIn(copy)).isEmpty();
        assertThat(receivedIn(file)).containsExactlyInAnyOrder(1, 2);
    }

    /** Its thread has taken what is there, and waits for more. */
    private static boolean storeWaits() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("alicia-broker-store"))
                .allMatch(thread -> thread.getState() == Thread.State.WAITING);
    }

    private static Set<Integer> receivedIn(Path file) throws StoreException {
        try (Store store = FileStore.open(file)) {
            return Set.copyOf(store.contents().sessions().get(0).received());
        }
    }

    @Test
    void what_never_becomes_complete_keeps_the_store_from_nothing_when_it_is_closed() throws Exception {
        Store store = open();
        store.record(new Change.SessionPut(Samples.session(7)));
        store.together();
        store.record(new Change.Received(7, 1));

        store.close();

        assertThat(receivedIn(file)).containsExactly(1);
    }

    @Test
    void what_is_committed_is_in_the_file_although_the_store_was_never_closed() throws Exception {
        Path copy = directory.resolve("copy.db");
        try (Store store = open()) {
            store.record(new Change.SessionPut(Samples.session(7)));
            awaitCommit(store);
            // What a killed process leaves behind.
            Files.copy(file, copy);
        }
        try (Store store = FileStore.open(copy)) {
            assertThat(store.contents().sessions())
                    .singleElement()
                    .satisfies(kept -> assertThat(kept.session()).isEqualTo(Samples.session(7)));
            assertThat(store.contents().lastNumber()).isEqualTo(7);
        }
    }

    @Test
    void a_message_of_many_sessions_is_kept_once_and_goes_with_the_last() throws Exception {
        StoredMessage message = Samples.message("t", "x".repeat(100_000));
        try (Store store = open()) {
            for (int i = 1; i <= 20; i++) {
                store.record(new Change.SessionPut(Samples.session(i)));
                store.record(new Change.OutgoingPut(i, Samples.waiting(1, 500, message)));
            }
        }
        assertThat(Files.size(file)).isLessThan(400_000);
        try (Store store = open()) {
            assertThat(store.contents().sessions())
                    .hasSize(20)
                    .allSatisfy(kept -> assertThat(kept.outgoing())
                            .singleElement()
                            .satisfies(
                                    outgoing -> assertThat(outgoing.message()).isEqualTo(message)));
            for (int i = 1; i <= 10; i++) {
                store.record(new Change.OutgoingFinished(i, 1));
            }
            for (int i = 11; i <= 20; i++) {
                store.record(new Change.SessionEnded(i));
            }
        }
        try (MVStore raw = new MVStore.Builder().fileName(file.toString()).open()) {
            assertThat(raw.openMap("messages").sizeAsLong()).isZero();
            assertThat(raw.openMap("outgoing").sizeAsLong()).isZero();
        }
    }

    @Test
    void the_file_stops_growing_with_what_comes_and_goes() throws Exception {
        StoredMessage message = Samples.message("t", "x".repeat(500));
        AtomicInteger last = new AtomicInteger();
        AtomicLong size = new AtomicLong();
        try (Store store = open()) {
            store.record(new Change.SessionPut(Samples.session(1)));

            await().atMost(PATIENCE).pollInterval(Duration.ZERO).until(() -> {
                for (int i = 0; i < 50; i++) {
                    int sequence = last.incrementAndGet();
                    store.record(new Change.OutgoingPut(1, Samples.waiting(sequence, sequence, message)));
                    store.record(new Change.OutgoingFinished(1, sequence - 50));
                    awaitCommit(store);
                }
                return size.getAndSet(Files.size(file)) == Files.size(file);
            });
        }
    }

    @Test
    void a_save_gives_space_back_that_is_mostly_unused() throws Exception {
        try (Store store = open()) {
            store.record(new Change.SessionPut(Samples.session(1)));
            for (int i = 1; i <= 300; i++) {
                StoredMessage message = Samples.message("t", i + "x".repeat(100_000));
                store.record(new Change.OutgoingPut(1, Samples.waiting(i, i, message)));
            }
            awaitCommit(store);
            assertThat(Files.size(file)).isGreaterThan(30_000_000);
            for (int i = 2; i <= 300; i++) {
                store.record(new Change.OutgoingFinished(1, i));
            }

            assertThat(store.save()).succeedsWithin(PATIENCE);

            assertThat(Files.size(file)).isLessThan(1_000_000);
            store.record(new Change.Received(1, 7));
        }
        try (Store store = open()) {
            assertThat(store.contents().sessions()).singleElement().satisfies(kept -> {
                assertThat(kept.outgoing()).hasSize(1);
                assertThat(kept.received()).containsExactly(7);
            });
        }
        assertThat(directory.resolve("mosquitto.db.new")).doesNotExist();
    }

    @Test
    void only_its_owner_may_read_the_file() throws Exception {
        write(1);

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void a_save_brings_back_a_file_that_somebody_removed() throws Exception {
        write(3);
        try (Store store = open()) {
            Files.delete(file);

            assertThat(store.save()).succeedsWithin(PATIENCE);

            assertThat(file).exists();
            store.record(new Change.SessionEnded(1));
        }
        try (Store store = open()) {
            assertThat(store.contents().sessions())
                    .extracting(kept -> kept.session().number())
                    .containsExactly(2L, 3L);
        }
    }

    @Test
    void a_save_after_the_end_fails_instead_of_never_ending() throws Exception {
        Store store = open();
        store.close();

        assertThat(store.save()).failsWithin(PATIENCE);
    }

    @Test
    void a_file_that_another_store_has_open_is_refused() throws Exception {
        try (Store store = open()) {
            assertThat(store.commitsAtOnce()).isFalse();

            assertRefused("another process has it open.");
        }
    }

    @Test
    void a_file_of_something_else_is_refused_and_left_as_it_is() throws Exception {
        Files.writeString(file, "garbage garbage garbage garbage garbage\n".repeat(300));
        byte[] before = Files.readAllBytes(file);

        assertRefused("it is not a database of this broker, or damaged beyond reading.");
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void a_database_of_mosquitto_is_refused_and_left_as_it_is() throws Exception {
        byte[] before = "\0\u00b5\0mosquitto db and what follows".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file, before);

        assertRefused("it is a database of Mosquitto, whose format this broker does not have. Move it away, or name"
                + " another persistence_file.");
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void a_database_of_another_program_is_refused() throws Exception {
        try (MVStore other = new MVStore.Builder().fileName(file.toString()).open()) {
            other.openMap("somebody's").put("a", "b");
        }

        assertRefused("it is not a database of this broker.");
    }

    @Test
    void a_file_of_a_newer_version_is_refused() throws Exception {
        write(1);
        try (MVStore newer = new MVStore.Builder().fileName(file.toString()).open()) {
            newer.setStoreVersion(2);
        }

        assertRefused("it has format 2, made by a newer version; this one reads format 1.");
    }

    @Test
    void a_directory_that_is_not_there_is_named() {
        file = directory.resolve("nowhere/mosquitto.db");

        assertRefused("its directory does not exist.");
    }

    @Test
    void a_directory_in_place_of_the_file_is_refused() throws Exception {
        Files.createDirectory(file);

        assertRefused("it is not a file.");
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessage("Unable to restore persistent database '" + file + "': " + reason);
    }

    @Test
    void a_record_that_is_damaged_costs_only_itself() throws Exception {
        write(20);
        damage("payload 7".getBytes(StandardCharsets.UTF_8));

        try (Store store = open()) {
            assertThat(store.contents().sessions()).hasSize(20);
            assertThat(store.contents().retained())
                    .hasSize(19)
                    .noneMatch(message -> message.topic().equals(TopicName.of("t/7")));
            assertThat(store.contents().sessions().stream()
                            .filter(kept -> kept.outgoing().isEmpty())
                            .map(kept -> kept.session().number()))
                    .containsExactly(7L);
        }
        assertThat(directory.resolve("mosquitto.db.damaged")).exists();
        try (Store store = open()) {
            assertThat(store.contents().retained()).hasSize(19);
        }
        assertThat(directory.resolve("mosquitto.db.damaged-2")).doesNotExist();
    }

    /** Changes one byte wherever these stand in the file. */
    private void damage(byte[] bytes) throws IOException {
        byte[] content = Files.readAllBytes(file);
        int found = 0;
        for (int i = 0; i + bytes.length <= content.length; i++) {
            if (Arrays.equals(content, i, i + bytes.length, bytes, 0, bytes.length)) {
                content[i] ^= 1;
                found++;
            }
        }
        assertThat(found).as("places to damage").isPositive();
        Files.write(file, content);
    }

    @Test
    void wherever_the_file_is_damaged_it_opens_with_the_rest_or_is_refused() throws Exception {
        write(1_000);
        byte[] good = Files.readAllBytes(file);
        int opened = 0;
        for (int part = 0; part < 16; part++) {
            byte[] bad = good.clone();
            int from = (int) ((long) good.length * part / 16);
            Arrays.fill(bad, from, Math.min(good.length, from + 2_000), (byte) 0xA5);
            Files.write(file, bad);
            try (Store store = open()) {
                assertThat(store.contents().sessions().size()).isLessThanOrEqualTo(1_000);
                opened++;
            } catch (StoreException e) {
                assertThat(e).hasMessageStartingWith("Unable to restore persistent database '");
                assertThat(file).hasBinaryContent(bad);
            }
        }
        assertThat(opened).as("files that opened with what was left").isGreaterThan(8);
    }

    @Test
    void a_file_that_is_cut_off_opens_with_what_was_committed_before_or_is_refused() throws Exception {
        List<Long> sizes;
        try (Store store = open()) {
            for (int i = 1; i <= 30; i++) {
                store.record(new Change.SessionPut(Samples.session(i)));
                awaitCommit(store);
            }
            Files.copy(file, directory.resolve("whole.db"), StandardCopyOption.REPLACE_EXISTING);
        }
        byte[] whole = Files.readAllBytes(directory.resolve("whole.db"));
        sizes = List.of((long) whole.length - 1, (long) whole.length - 5_000, whole.length / 2L, 4_096L, 100L);
        for (long size : sizes) {
            Files.write(file, Arrays.copyOf(whole, (int) size));
            try (Store store = open()) {
                assertThat(store.contents().sessions().size()).isLessThanOrEqualTo(30);
            } catch (StoreException e) {
                assertThat(e).hasMessageStartingWith("Unable to restore persistent database '");
            }
        }
    }
}
