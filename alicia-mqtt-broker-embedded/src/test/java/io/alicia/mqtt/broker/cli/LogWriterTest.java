package io.alicia.mqtt.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LogWriterTest {

    private static final int MORE_THAN_FITS = 20_000;

    /** Takes nothing until it is told to. */
    private static final class Stuck implements LogTarget {

        final CountDownLatch free = new CountDownLatch(1);
        final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void write(String line, SyslogPriority priority) throws IOException {
            try {
                if (!free.await(20, TimeUnit.SECONDS)) {
                    throw new IOException("nobody freed it");
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            lines.add(line);
        }

        @Override
        public void flush() {}
    }

    private static void unexpected(IOException failure) {
        throw new AssertionError(failure);
    }

    /** Passes nothing on until it is told to. */
    private static final class Broken implements LogTarget {

        final List<String> passed = new CopyOnWriteArrayList<>();
        volatile boolean mended;
        private final List<String> batch = new ArrayList<>();

        @Override
        public void write(String line, SyslogPriority priority) {
            batch.add(line);
        }

        @Override
        public void flush() throws IOException {
            List<String> lines = List.copyOf(batch);
            batch.clear();
            if (!mended) {
                throw new IOException("broken");
            }
            passed.addAll(lines);
        }
    }

    @Test
    void a_target_that_fails_is_told_of_once_and_says_later_how_many_lines_were_lost() {
        Broken target = new Broken();
        List<String> told = new CopyOnWriteArrayList<>();
        LogWriter writer = new LogWriter("test", target, failure -> told.add(String.valueOf(failure.getMessage())));

        for (int i = 1; i <= 3; i++) {
            int lost = i;
            writer.write("lost\n", SyslogPriority.NOTICE);
            await().until(() -> writer.lost() == lost);
        }
        target.mended = true;
        writer.write("passed\n", SyslogPriority.NOTICE);
        await().until(() -> target.passed.size() == 2);

        assertThat(target.passed).containsExactly("passed\n", "Warning: 3 log lines were dropped.\n");
        assertThat(told).containsExactly("broken");
    }

    @Test
    void a_log_that_nobody_reads_stops_nobody_and_says_later_what_was_lost() {
        Stuck target = new Stuck();
        LogWriter writer = new LogWriter("test", target, LogWriterTest::unexpected);

        for (int i = 0; i < MORE_THAN_FITS; i++) {
            writer.write("line " + i + "\n", SyslogPriority.NOTICE);
        }
        target.free.countDown();

        await().untilAsserted(() ->
                assertThat(target.lines).last().asString().matches("Warning: \\d+ log lines were dropped.\n"));
        assertThat(target.lines).hasSizeLessThan(MORE_THAN_FITS).startsWith("line 0\n", "line 1\n");
    }

    @Test
    void a_target_that_fails_is_closed_without_waiting() {
        LogWriter writer = new LogWriter("test", new Broken(), failure -> {});
        writer.write("lost\n", SyslogPriority.NOTICE);

        assertThat(writer.close(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void closing_does_not_wait_for_a_target_that_takes_nothing() {
        LogWriter writer = new LogWriter("test", new Stuck(), failure -> {});
        writer.write("line\n", SyslogPriority.NOTICE);

        assertThat(writer.close(Duration.ofMillis(10))).isFalse();
    }

    @Test
    void a_log_file_is_the_owners_alone_and_is_opened_again_after_it_was_moved(@TempDir Path directory)
            throws IOException {
        Path file = directory.resolve("broker.log");
        LogWriter writer = new LogWriter("test", new FileTarget(file), LogWriterTest::unexpected);
        writer.write("before\n", SyslogPriority.NOTICE);
        await().until(() -> Files.readString(file).equals("before\n"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        Path moved = Files.move(file, directory.resolve("broker.log.1"));
        writer.write("last\n", SyslogPriority.NOTICE);
        writer.reopen();
        writer.write("after\n", SyslogPriority.NOTICE);
        writer.close(Duration.ofSeconds(10));

        assertThat(moved).hasContent("before\nlast\n");
        assertThat(file).hasContent("after\n");
    }
}
