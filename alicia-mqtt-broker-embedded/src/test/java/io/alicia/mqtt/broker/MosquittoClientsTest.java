package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that nobody here wrote: {@code mosquitto_pub} and {@code mosquitto_sub}. */
class MosquittoClientsTest {

    private final EmbeddedBroker broker =
            EmbeddedBroker.builder().tcp(0).account("kitchen", "secret").start();
    private final List<Process> processes = new ArrayList<>();

    @BeforeAll
    static void find() {
        boolean there = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "mosquitto_sub")));
        boolean required = Boolean.getBoolean("ALICIA_REQUIRE_MOSQUITTO")
                || Boolean.parseBoolean(System.getenv("ALICIA_REQUIRE_MOSQUITTO"));
        if (!there && required) {
            throw new AssertionError("mosquitto_sub is not on the PATH, but ALICIA_REQUIRE_MOSQUITTO is set");
        }
        if (!there) {
            Assumptions.abort("mosquitto_sub is not on the PATH (Debian: mosquitto-clients)");
        }
    }

    @AfterEach
    void stop() {
        processes.forEach(Process::destroyForcibly);
        broker.close();
    }

    private Process start(String program, String version, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                program,
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(broker.port()),
                "-u",
                "kitchen",
                "-P",
                "secret",
                "-V",
                version));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            processes.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String output(Process process) throws Exception {
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("it ends").isTrue();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void awaitSubscriptions(int count) {
        Awaitility.await().until(() -> broker.counters().subscriptions().sum() == count);
    }

    @ParameterizedTest(name = "version {0}, QoS {1}")
    @CsvSource({"311,0", "311,1", "311,2", "5,0", "5,1", "5,2"})
    void publish_and_subscribe(String version, String qos) throws Exception {
        Process subscriber =
                start("mosquitto_sub", version, "-t", "house/#", "-q", qos, "-C", "2", "-F", "%t %q %p", "-W", "10");
        awaitSubscriptions(1);

        Process one = start("mosquitto_pub", version, "-t", "house/hall", "-q", qos, "-m", "21.5");
        assertThat(output(one)).isEmpty();
        assertThat(one.exitValue()).isZero();
        Process two = start("mosquitto_pub", version, "-t", "house/attic", "-q", qos, "-m", "30");
        assertThat(output(two)).isEmpty();

        assertThat(output(subscriber)).isEqualTo("house/hall " + qos + " 21.5\nhouse/attic " + qos + " 30\n");
    }

    @ParameterizedTest(name = "version {0}")
    @ValueSource(strings = {"311", "5"})
    void get_retained_messages(String version) throws Exception {
        output(start("mosquitto_pub", version, "-t", "house/hall", "-r", "-q", "1", "-m", "21.5"));

        Process subscriber =
                start("mosquitto_sub", version, "-t", "house/+", "-q", "1", "-C", "1", "-F", "%t %r %p", "-W", "10");
        assertThat(output(subscriber)).isEqualTo("house/hall 1 21.5\n");
    }

    @ParameterizedTest(name = "version {0}")
    @ValueSource(strings = {"311", "5"})
    void leave_a_will(String version) throws Exception {
        Process watcher = start("mosquitto_sub", version, "-t", "wills", "-C", "1", "-W", "10");
        Process doomed = start(
                "mosquitto_sub", version, "-t", "x", "--will-topic", "wills", "--will-payload", "gone", "-W", "10");
        awaitSubscriptions(2);

        doomed.destroyForcibly();

        assertThat(output(watcher)).isEqualTo("gone\n");
    }

    @ParameterizedTest(name = "version {0}")
    @ValueSource(strings = {"311", "5"})
    void are_refused_with_a_wrong_password(String version) throws Exception {
        Process publisher = start("mosquitto_pub", version, "-P", "wrong", "-t", "t", "-m", "x");

        assertThat(output(publisher)).containsIgnoringCase("not authori");
        assertThat(publisher.exitValue()).isNotZero();
    }

    @ParameterizedTest(name = "version {0}")
    @ValueSource(strings = {"311", "5"})
    void find_their_session_again(String version) throws Exception {
        String[] session = {"-i", "keeper", "-c", "-t", "t", "-q", "1", "-W", "10"};
        List<String> brief = new ArrayList<>(List.of(session));
        brief.add("-E");
        if (version.equals("5")) {
            brief.addAll(List.of("-x", "3600"));
        }
        output(start("mosquitto_sub", version, brief.toArray(String[]::new)));
        output(start("mosquitto_pub", version, "-t", "t", "-q", "1", "-m", "kept"));

        List<String> again = new ArrayList<>(List.of(session));
        again.addAll(List.of("-C", "1"));
        assertThat(output(start("mosquitto_sub", version, again.toArray(String[]::new))))
                .isEqualTo("kept\n");
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1, 127, 128, 16_384, 1_000_000})
    void send_payloads_of_every_size(int size) throws Exception {
        Path file = Files.createTempFile("payload", ".bin");
        byte[] payload = new byte[size];
        Arrays.fill(payload, (byte) 'x');
        Files.write(file, payload);
        try {
            Process subscriber = start("mosquitto_sub", "5", "-t", "t", "-q", "2", "-C", "1", "-F", "%l", "-W", "10");
            awaitSubscriptions(1);
            output(start("mosquitto_pub", "5", "-t", "t", "-q", "2", "-f", file.toString()));

            assertThat(output(subscriber)).isEqualTo(size + "\n");
        } finally {
            Files.delete(file);
        }
    }
}
