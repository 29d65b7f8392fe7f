package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.access.Account;
import io.alicia.mqtt.access.PasswordHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A start that fails leaves nothing behind: what was wrong can be mended in the same program. */
class FailedStartTest {

    private static final List<Account> TWICE =
            List.of(Account.of("a", PasswordHash.plain("1")), Account.of("a", PasswordHash.plain("2")));

    @TempDir
    Path directory;

    private EmbeddedBrokerBuilder builder() {
        return EmbeddedBroker.builder().persistence(directory.resolve("house.db"));
    }

    private static ListenerConfig twiceOnAListener() {
        return ListenerConfig.builder()
                .port(0)
                .security(SecurityConfig.builder().accounts(TWICE).build())
                .build();
    }

    private void expectTheFileIsFree() {
        builder().tcp(0).account("a", "1").start().close();
    }

    @Test
    void an_account_that_is_there_twice_leaves_the_persistence_file_free() {
        assertThatThrownBy(() -> builder().tcp(0).accounts(TWICE).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a");

        expectTheFileIsFree();
    }

    @Test
    void an_account_that_a_listener_has_twice_leaves_the_persistence_file_free() {
        assertThatThrownBy(() -> builder().listener(twiceOnAListener()).start())
                .isInstanceOf(IllegalArgumentException.class);

        expectTheFileIsFree();
    }

    @Test
    void a_scheduler_that_takes_no_task_leaves_the_persistence_file_free() {
        TaskScheduler none = (task, delay) -> {
            throw new RejectedExecutionException("no more");
        };

        assertThatThrownBy(() -> builder()
                        .tcp(0)
                        .time(InstantSource.system(), none)
                        .configure(config -> config.retainExpiryInterval(Duration.ofMinutes(1)))
                        .start())
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("no more");

        expectTheFileIsFree();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void no_event_loop_is_left() throws IOException {
        long before = selectors();

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() ->
                            EmbeddedBroker.builder().tcp(0).accounts(TWICE).start())
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> EmbeddedBroker.builder()
                            .listener(twiceOnAListener())
                            .start())
                    .isInstanceOf(IllegalArgumentException.class);
        }

        // Brokers of other tests may still be closing, so there may be fewer.
        assertThat(selectors()).isLessThanOrEqualTo(before);
    }

    /** Each event loop holds one, from when it is made. */
    private static long selectors() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(FailedStartTest::isSelector).count();
        }
    }

    private static boolean isSelector(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().contains("eventpoll");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
