package io.alicia.mqtt.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTargetTest {

    @TempDir
    Path directory;

    private final AtomicLong nanos = new AtomicLong();
    private Path file;
    private FileTarget target;

    @BeforeEach
    void open() throws IOException {
        file = directory.resolve("broker.log");
        target = new FileTarget(file, nanos::get);
    }

    @AfterEach
    void close() throws IOException {
        target.close();
    }

    private void write(String line) throws IOException {
        target.write(line + "\n", SyslogPriority.NOTICE);
        target.flush();
    }

    private void aSecondPasses() {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void a_file_that_was_moved_away_is_followed_by_a_new_one_after_a_second() throws IOException {
        write("before");
        Path rotated = Files.move(file, directory.resolve("broker.log.1"));
        write("meanwhile");
        aSecondPasses();
        write("after");

        assertThat(rotated).hasContent("before\nmeanwhile");
        assertThat(file).hasContent("after");
    }

    @Test
    void a_file_that_another_one_took_the_place_of_is_left_for_it() throws IOException {
        write("before");
        Files.move(file, directory.resolve("broker.log.1"));
        Files.writeString(file, "made by logrotate\n");
        aSecondPasses();
        write("after");

        assertThat(file).hasContent("made by logrotate\nafter");
    }

    @Test
    void a_file_that_stays_is_not_opened_again() throws IOException {
        write("before");
        aSecondPasses();
        write("after");

        assertThat(file).hasContent("before\nafter");
    }
}
