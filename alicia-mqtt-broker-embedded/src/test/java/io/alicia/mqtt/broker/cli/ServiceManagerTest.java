package io.alicia.mqtt.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.ports.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In place of systemd-notify(1) a script that writes down what it is to say. */
@Timeout(60)
class ServiceManagerTest {

    private static final long PID = 4711;

    @TempDir
    private Path directory;

    private final List<String> warnings = new CopyOnWriteArrayList<>();

    private Path notifier(String lastLine) throws IOException {
        Path script = directory.resolve("systemd-notify");
        Files.writeString(script, "#!/bin/sh\necho \"$*\" >> '" + directory + "/told'\n" + lastLine + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private ServiceManager manager(Map<String, String> environment) throws IOException {
        return new ServiceManager(notifier("exit 0").toString(), environment, PID, warnings::add);
    }

    private List<String> told() throws IOException {
        Path file = directory.resolve("told");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static CompletableFuture<String> answered() {
        return CompletableFuture.completedFuture("alive");
    }

    @Test
    void hears_that_the_broker_runs_and_that_it_ends() throws IOException {
        try (ServiceManager manager = manager(Map.of("NOTIFY_SOCKET", "/run/notify"))) {
            manager.running(ServiceManagerTest::answered);
            await().until(() -> told().equals(List.of("READY=1")));
        }

        await().until(() -> told().equals(List.of("READY=1", "STOPPING=1")));
        assertThat(warnings).isEmpty();
    }

    @Test
    void hears_nothing_where_it_does_not_listen() throws IOException {
        try (ServiceManager manager = manager(Map.of("WATCHDOG_USEC", "2"))) {
            assertThat(manager.listens()).isFalse();
            manager.running(ServiceManagerTest::answered);
            manager.ask(ServiceManagerTest::answered);
        }

        assertThat(told()).isEmpty();
    }

    @Test
    void that_watches_over_the_broker_hears_of_it_again_and_again() throws IOException {
        Map<String, String> environment =
                Map.of("NOTIFY_SOCKET", "/run/notify", "WATCHDOG_USEC", "20000", "WATCHDOG_PID", Long.toString(PID));
        try (ServiceManager manager = manager(environment)) {
            manager.running(ServiceManagerTest::answered);

            await().until(() -> told().stream().filter("WATCHDOG=1"::equals).count() > 2);
        }
    }

    @Test
    void that_watches_over_another_process_does_not_hear_of_this_one() throws IOException {
        Map<String, String> environment =
                Map.of("NOTIFY_SOCKET", "/run/notify", "WATCHDOG_USEC", "1000", "WATCHDOG_PID", "1");
        List<String> questions = new CopyOnWriteArrayList<>();
        try (ServiceManager manager = manager(environment)) {
            manager.running(() -> {
                questions.add("alive?");
                return answered();
            });
            await().until(() -> told().equals(List.of("READY=1")));
        }

        await().until(() -> told().equals(List.of("READY=1", "STOPPING=1")));
        assertThat(questions).isEmpty();
    }

    @Test
    void hears_nothing_of_a_broker_that_does_not_answer() throws IOException {
        ServiceManager manager = manager(Map.of("NOTIFY_SOCKET", "/run/notify", "WATCHDOG_USEC", "2"));
        List<CompletableFuture<String>> questions = new ArrayList<>();

        for (int i = 0; i < 3; i++) {
            manager.ask(() -> {
                CompletableFuture<String> question = new CompletableFuture<>();
                questions.add(question);
                return question;
            });
        }
        assertThat(questions).hasSize(1);
        assertThat(told()).isEmpty();

        questions.get(0).complete("late");
        await().until(() -> told().equals(List.of("WATCHDOG=1")));
    }

    @Test
    void that_cannot_be_told_is_warned_of() throws IOException {
        Map<String, String> environment = Map.of("NOTIFY_SOCKET", "/run/notify");
        new ServiceManager(directory.resolve("missing").toString(), environment, PID, warnings::add)
                .running(ServiceManagerTest::answered);
        assertThat(warnings).singleElement().asString().contains("READY=1", "No such file", "set Type=exec");

        new ServiceManager(notifier("exit 7").toString(), environment, PID, warnings::add)
                .running(ServiceManagerTest::answered);
        await().until(() -> warnings.size() == 2);
        assertThat(warnings.get(1)).contains("ended with 7");
    }

    @Test
    void is_told_by_the_program() throws IOException, InterruptedException {
        notifier("exit 0");
        Path conf = directory.resolve("m.conf");
        Files.writeString(conf, "listener " + FreePort.find() + " 127.0.0.1\nallow_anonymous true\n");
        List<String> command = new ArrayList<>(BrokerProcess.ourCommand("-c", conf.toString()));
        command.addAll(
                2,
                List.of(
                        "NOTIFY_SOCKET=/run/notify",
                        "WATCHDOG_USEC=100000",
                        "PATH=" + directory + ":" + System.getenv("PATH")));
        try (BrokerProcess broker = BrokerProcess.start(directory, command)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> told().contains("WATCHDOG=1"));
            assertThat(told()).first().isEqualTo("READY=1");
            assertThat(broker.log()).anyMatch(line -> line.endsWith(" running"));

            broker.signal("TERM");
            assertThat(broker.exitCode()).isZero();
            await().until(() -> told().contains("STOPPING=1"));
        }
    }
}
