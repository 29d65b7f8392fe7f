package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How large the file of a queue is when its messages have come and gone. */
class QueueFileTest {

    private static final int MESSAGES = 1_000;
    private static final int LARGE_BYTES = 10_000;

    @TempDir
    private Path directory;

    /** What the file has to have, were the process killed now. */
    private Set<Long> certain = Set.of();

    /** What it may have. */
    private Set<Long> possible = Set.of();

    @ParameterizedTest
    @ValueSource(ints = {1, 50, MESSAGES})
    void is_small_again_as_soon_as_the_queue_is_empty(int atOnce) throws IOException {
        QueueFile file = new QueueFile(path());
        come(file, MESSAGES, atOnce);
        assertThat(Files.size(path())).isGreaterThan((long) MESSAGES * LARGE_BYTES);

        go(file, MESSAGES, atOnce);

        assertThat(Files.size(path())).isLessThanOrEqualTo(QueueFile.EMPTY_BYTES);
        file.close();
        assertThat(Files.size(path())).isLessThanOrEqualTo(QueueFile.EMPTY_BYTES);
    }

    @Test
    void is_small_when_closed_although_an_earlier_process_died_before_it_came_to_that() throws IOException {
        try (MVStore store = QueueFile.open(path())) {
            store.setRetentionTime(0);
            store.openMap("messages").put(0L, new byte[20 * LARGE_BYTES * 100]);
            store.commit();
            store.openMap("messages").clear();
            store.commit();
            store.closeImmediately();
        }
        assertThat(Files.size(path())).isGreaterThan(QueueFile.EMPTY_BYTES);

        new QueueFile(path()).close();

        assertThat(Files.size(path())).isLessThanOrEqualTo(QueueFile.EMPTY_BYTES);
    }

    @Test
    void has_what_it_said_it_has_at_whatever_moment_the_process_is_killed() {
        List<String> wrong = new ArrayList<>();
        Set<Integer> counts = new HashSet<>();
        try (WatchedDisk disk = WatchedDisk.looking(() -> {
            Set<Long> found = afterKill();
            counts.add(found.size());
            if (!found.containsAll(certain) || !possible.containsAll(found)) {
                wrong.add(found + " instead of " + certain + " to " + possible);
            }
        })) {
            QueueFile file = new QueueFile(path(), () -> open(disk.scheme() + path()));
            possible = LongStream.range(0, MESSAGES).boxed().collect(Collectors.toSet());
            come(file, MESSAGES, MESSAGES);
            certain = possible;
            file.write(Map.of());
            certain = Set.of();
            go(file, MESSAGES, MESSAGES);
            possible = Set.of(7L);
            file.write(Map.of(7L, Optional.of(large(7))));
            certain = Set.of(7L);
            file.close();
        }

        assertThat(wrong).isEmpty();
        assertThat(counts).contains(MESSAGES, 0, 1);
        assertThat(afterKill()).containsExactly(7L);
    }

    private Set<Long> afterKill() {
        Path copy = directory.resolve("copy.mv");
        try {
            Files.copy(path(), copy, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        QueueFile next = new QueueFile(copy);
        Set<Long> found =
                next.restored().stream().map(OutboxStore.Restored::sequence).collect(Collectors.toSet());
        next.close();
        return found;
    }

    private static MVStore open(String name) {
        return new MVStore.Builder().fileName(name).autoCommitDisabled().open();
    }

    private static void come(QueueFile file, int count, int atOnce) {
        write(file, count, atOnce, Optional.of(large(1)));
    }

    private static void go(QueueFile file, int count, int atOnce) {
        write(file, count, atOnce, Optional.empty());
    }

    private static void write(QueueFile file, int count, int atOnce, Optional<StoredMessage> message) {
        for (long first = 0; first < count; first += atOnce) {
            Map<Long, Optional<StoredMessage>> changes = new LinkedHashMap<>();
            LongStream.range(first, first + atOnce).forEach(sequence -> changes.put(sequence, message));
            file.write(changes);
        }
    }

    private Path path() {
        return directory.resolve("queue.mv");
    }

    private static StoredMessage large(int seed) {
        byte[] noise = new byte[LARGE_BYTES];
        new Random(seed).nextBytes(noise);
        ApplicationMessage message = ApplicationMessage.builder()
                .topic(TopicName.of("camera/hall"))
                .payload(BinaryData.wrap(noise))
                .qos(Qos.AT_LEAST_ONCE)
                .build();
        return new StoredMessage(message, 0, StoredMessage.Progress.WAITING, StoredMessage.NO_PACKET_IDENTIFIER, "");
    }
}
