package io.alicia.mqtt.client.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.client.server.Mosquitto;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.topic.NoLevels;
import io.alicia.mqtt.topic.TopicTemplate;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mvn package} leaves in {@code target/}, put together by the same script from the classes under test. */
@Timeout(60)
class LauncherTest {

    private static final String JAR = "client.jar";
    private static final String SECRET = "a secret of the house";

    @TempDir
    static Path target;

    @TempDir
    private Path folder = Path.of("");

    private record Outcome(int exitCode, String output) {}

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        Path lib = Files.createDirectory(target.resolve("lib"));
        int classes = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (Files.isRegularFile(path) && !isForTests(path)) {
                Files.copy(path, lib.resolve(path.getFileName()));
            } else if (!entry.isEmpty() && Files.isDirectory(path) && !isForTests(path)) {
                classes++;
                jar(lib.resolve(classes + ".jar"), entry);
            }
        }
        jar(target.resolve(JAR), "src/launcher");
        Outcome built = run(target, "sh", Path.of("src/launcher/build.sh").toAbsolutePath(), target, JAR);
        assertThat(built.exitCode()).as(built.output()).isZero();
    }

    /** The tests' own classes and their log are not in what is packaged, and would write into the output. */
    private static boolean isForTests(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.equals("test-classes") || name.startsWith("slf4j-simple");
    }

    private static void jar(Path file, String folder) {
        ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
        int exitCode = tool.run(
                System.out, System.err, "--create", "--no-compress", "--file", file.toString(), "-C", folder, ".");
        assertThat(exitCode).as("jar %s", folder).isZero();
    }

    private static Process start(Path directory, Object... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.of(command).map(Object::toString).toList())
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("ALICIA_HA_PASSWORD", SECRET);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static Outcome run(Path directory, Object... command) throws IOException, InterruptedException {
        Process process = start(directory, command);
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Outcome(process.waitFor(), output);
    }

    @Test
    void anyone_may_run_it() throws IOException {
        assertThat(Files.getPosixFilePermissions(target.resolve("alicia-ha")))
                .contains(PosixFilePermission.OTHERS_EXECUTE, PosixFilePermission.OTHERS_READ);
    }

    @Test
    void it_answers_with_lines_and_exit_code_from_any_directory_and_through_a_link() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("ha"), target.resolve("alicia-ha"));
        String line =
                "{\"id\":1,\"topic\":\"homeassistant/sensor/t/config\",\"payload\":{\"stat_t\":\"ü\",\"uniq_id\":\"u\"%s}}";
        Files.writeString(folder.resolve("good.jsonl"), line.formatted(""));
        Files.writeString(folder.resolve("bad.jsonl"), line.formatted(",\"qos\":7"));

        Outcome taken = run(folder, link, "check", "--json", "good.jsonl");
        Outcome refused = run(folder, link, "check", "bad.jsonl");
        Outcome missing = run(folder, link, "check", "none.jsonl");

        assertThat(taken)
                .isEqualTo(new Outcome(0, "{\"id\":1,\"verdict\":\"accept\",\"at\":[],\"dropped\":[],\"hints\":[]}\n"));
        assertThat(refused.exitCode()).as(refused.output()).isEqualTo(1);
        assertThat(refused.output()).startsWith("reject  1  homeassistant/sensor/t/config\n    refused at qos: ");
        assertThat(missing).isEqualTo(new Outcome(3, "alicia-ha: there is no file none.jsonl\n"));
    }

    @Test
    void where_the_locale_is_that_of_cron_files_have_the_names_that_they_have() throws Exception {
        // A script, as this JVM's locale may be that of cron, too.
        Path script = Files.writeString(folder.resolve("script"), """
                echo '{"id":1,"topic":"homeassistant/sensor/t/config","payload":{"stat_t":"ü","uniq_id":"u"}}' >küche.jsonl
                exec '%s' check --json küche.jsonl
                """.formatted(target.resolve("alicia-ha")));

        Outcome outcome = run(folder, "env", "LC_ALL=C", "/bin/sh", script);

        assertThat(outcome)
                .isEqualTo(new Outcome(0, "{\"id\":1,\"verdict\":\"accept\",\"at\":[],\"dropped\":[],\"hints\":[]}\n"));
    }

    @Test
    void it_prints_the_catalogue() throws Exception {
        Outcome catalogue = run(folder, target.resolve("alicia-ha"), "catalogue");

        assertThat(catalogue.exitCode()).as(catalogue.output()).isZero();
        assertThat(catalogue.output().lines()).hasSizeGreaterThan(70).allMatch(line -> line.startsWith("{\"id\":"));
    }

    @Test
    void an_output_that_cannot_be_written_is_told_and_one_that_nobody_wants_to_the_end_is_not() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "there is no /dev/full here, so that no device is full");
        String command = target.resolve("alicia-ha") + " catalogue";

        Outcome full = run(folder, "/bin/sh", "-c", command + " >/dev/full");
        Outcome enough = run(folder, "/bin/sh", "-c", "{ " + command + "; echo $? >code; } | head -n 1");

        assertThat(full.exitCode()).as(full.output()).isEqualTo(3);
        assertThat(full.output()).startsWith("alicia-ha: the output cannot be written: ");
        assertThat(enough.output()).startsWith("{\"id\":").hasLineCount(1);
        assertThat(folder.resolve("code")).hasContent("0");
    }

    @Test
    void it_follows_what_is_announced_on_a_server_until_it_is_interrupted() throws Exception {
        Path passwords = Mosquitto.passwordFile("alicia", SECRET);
        try (Mosquitto mosquitto = Mosquitto.start(List.of("allow_anonymous false", "password_file " + passwords));
                AliciaMqttClient other = AliciaMqttClient.builder()
                        .server(mosquitto.tcp())
                        .account("alicia", SECRET)
                        .build()) {
            other.connect();
            announce(other, "homeassistant/sensor/before/config", "{\"stat_t\":\"a\",\"uniq_id\":\"u\"}");
            Process process = start(
                    folder,
                    target.resolve("alicia-ha"),
                    "check",
                    "--json",
                    "--follow",
                    "--account",
                    "alicia",
                    mosquitto.tcp());
            try (BufferedReader lines = process.inputReader(UTF_8)) {
                assertThat(next(lines)).contains("sensor/before/config", "\"verdict\":\"accept\"");
                announce(other, "homeassistant/sensor/after/config", "{\"stat_t\":\"a\",\"qos\":7}");
                assertThat(next(lines)).contains("sensor/after/config", "\"verdict\":\"reject\",\"at\":[\"qos\"]");
                announce(other, "homeassistant/sensor/before/config", "");
                assertThat(next(lines)).contains("sensor/before/config", "\"verdict\":\"remove\"");
                assertThat(process.isAlive()).isTrue();

                process.toHandle().destroy(); // which leaves its output open
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).as("something was refused").isEqualTo(1);
                assertThat(lines.lines()).isEmpty();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void interrupted_it_says_how_many_messages_there_were_and_what_became_of_them() throws Exception {
        try (Mosquitto mosquitto = Mosquitto.start(List.of("allow_anonymous true"));
                AliciaMqttClient other =
                        AliciaMqttClient.builder().server(mosquitto.tcp()).build()) {
            other.connect();
            announce(other, "homeassistant/sensor/good/config", "{\"stat_t\":\"a\",\"uniq_id\":\"u\"}");
            Process process = start(folder, target.resolve("alicia-ha"), "check", "--follow", mosquitto.tcp());
            try (BufferedReader lines = process.inputReader(UTF_8)) {
                assertThat(next(lines, "accept")).endsWith("sensor/good/config");

                process.toHandle().destroy(); // which leaves its output open

                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(lines.lines()).containsExactly("1 message, 1 accept");
                assertThat(process.exitValue()).as("nothing was refused").isZero();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    /**
     * The next line of JSON: a newer JVM warns of libraries on its standard error. Bounded, because nobody can interrupt the
     * reading of a pipe.
     */
    private static String next(BufferedReader lines) throws Exception {
        return next(lines, "{");
    }

    private static String next(BufferedReader lines, String start) throws Exception {
        return CompletableFuture.supplyAsync(() -> lines.lines()
                        .filter(line -> line.startsWith(start))
                        .findFirst()
                        .orElse("the end of the output"))
                .get(20, TimeUnit.SECONDS);
    }

    private static void announce(AliciaMqttClient client, String topic, String payload) {
        client.topic(TopicTemplate.fixed(topic), PayloadCodec.text())
                .withRetained(true)
                .publish(NoLevels.NONE, payload)
                .blockingAwait();
    }

    @Test
    void without_java_it_says_what_it_needs() throws Exception {
        Outcome outcome =
                run(folder, "env", "-i", "PATH=" + folder, "/bin/sh", target.resolve("alicia-ha"), "--version");

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.output()).startsWith("alicia-ha: no Java found; set JAVA_HOME");
    }
}
