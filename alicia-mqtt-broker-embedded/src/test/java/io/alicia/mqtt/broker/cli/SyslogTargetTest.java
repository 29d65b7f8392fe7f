package io.alicia.mqtt.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In place of logger(1) a script that writes what it is given into a file. */
@Timeout(30)
class SyslogTargetTest {

    @TempDir
    private Path directory;

    private long nanos;

    private Path logger(String lastLine) throws IOException {
        Path script = directory.resolve("logger");
        Files.writeString(script, """
                #!/bin/sh
                echo $$ >> '%1$s/pids'
                echo "$*" > '%1$s/arguments'
                %2$s
                """.formatted(directory, lastLine));
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private SyslogTarget start(String lastLine) throws IOException {
        SyslogTarget target = new SyslogTarget(logger(lastLine).toString(), OptionalInt.of(2), () -> nanos);
        await().until(() -> starts() == 1);
        return target;
    }

    private SyslogTarget startWriting() throws IOException {
        return start("exec cat >> '" + directory + "/lines'");
    }

    @AfterEach
    void stop() throws IOException {
        for (String pid : pids()) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private List<String> pids() throws IOException {
        Path file = directory.resolve("pids");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private int starts() throws IOException {
        return pids().size();
    }

    private Optional<ProcessHandle> running() throws IOException {
        return pids().stream()
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                .findFirst();
    }

    private static void log(SyslogTarget target, String line) throws IOException {
        target.write(line + "\n", SyslogPriority.NOTICE);
        target.flush();
    }

    private void awaitLines(String... lines) {
        await().until(() -> Files.exists(directory.resolve("lines"))
                && Files.readAllLines(directory.resolve("lines")).equals(List.of(lines)));
    }

    @Test
    void each_line_has_the_priority_of_its_facility() throws IOException {
        SyslogTarget target = startWriting();

        log(target, "first");
        target.write("second\n", SyslogPriority.WARNING);
        target.flush();

        awaitLines("<149>first", "<148>second");
        assertThat(directory.resolve("arguments"))
                .hasContent("--prio-prefix --id=" + ProcessHandle.current().pid() + " --tag mosquitto");
    }

    /** Ctrl-C, and systemd with its KillMode control-group. */
    @Test
    void what_ends_the_broker_leaves_the_logger_there_for_the_last_lines() throws IOException {
        SyslogTarget target = startWriting();
        ProcessHandle logger = running().orElseThrow();
        log(target, "running");
        awaitLines("<149>running");

        for (String signal : List.of("TERM", "INT", "HUP")) {
            assertThat(new ProcessBuilder("sh", "-c", "kill -" + signal + " " + logger.pid())
                            .start()
                            .onExit()
                            .join()
                            .exitValue())
                    .isZero();
        }
        log(target, "terminating");
        target.close();

        logger.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        awaitLines("<149>running", "<149>terminating");
        assertThat(starts()).isEqualTo(1);
    }

    @Test
    void a_logger_that_was_killed_is_followed_by_another_one_that_has_the_next_line() throws IOException {
        SyslogTarget target = startWriting();
        log(target, "first");
        awaitLines("<149>first");
        ProcessHandle logger = running().orElseThrow();
        logger.destroyForcibly();
        logger.onExit().join();
        nanos += TimeUnit.SECONDS.toNanos(1);

        log(target, "second");

        awaitLines("<149>first", "<149>second");
        assertThat(starts()).isEqualTo(2);
    }

    @Test
    void one_that_ends_at_once_is_started_once_in_a_second() throws IOException {
        SyslogTarget target = start("exit 1");
        await().until(() -> running().isEmpty());

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> log(target, "lost")).isInstanceOf(IOException.class);
        }

        assertThat(starts()).isEqualTo(1);
    }
}
