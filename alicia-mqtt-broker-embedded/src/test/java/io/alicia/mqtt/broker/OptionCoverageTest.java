package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.config.ConfRefusedException;
import io.alicia.mqtt.broker.config.ManualOptions;
import io.alicia.mqtt.broker.config.MosquittoConf;
import io.alicia.mqtt.broker.config.Notice;
import io.alicia.mqtt.broker.config.Option;
import io.alicia.mqtt.broker.config.Options;
import io.alicia.mqtt.broker.config.Rule;
import io.alicia.mqtt.broker.config.Treatment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No option of Mosquitto's manuals is ignored in silence: another value makes another broker, or else the operator is
 * told so, with the option and its line.
 */
class OptionCoverageTest {

    /** It makes another certificate check, which can't be told by looking at it; BridgeTlsTest shows what it does. */
    private static final String UNSEEN = "bridge_require_ocsp";

    @TempDir
    static Path files;

    @TempDir
    Path directory;

    /** What became of a configuration: what the broker is given, and what the operator is told. */
    private record Outcome(String effect, List<String> told) {}

    @BeforeAll
    static void write() throws IOException, InterruptedException {
        Files.writeString(files.resolve("acl1"), "pattern read a/%u\n");
        Files.writeString(files.resolve("acl2"), "pattern read a/%u\npattern read b/%u\n");
        String hash = ":$6$c2FsdA==$" + "A".repeat(86) + "==\n";
        Files.writeString(files.resolve("passwords1"), "kitchen" + hash);
        Files.writeString(files.resolve("passwords2"), "hall" + hash);
        for (String number : List.of("1", "2")) {
            Path included = Files.createDirectory(files.resolve("dir" + number));
            Files.writeString(included.resolve("more.conf"), "max_queued_messages " + number + "\n");
        }
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-subj",
                        "/CN=localhost",
                        "-keyout",
                        files.resolve("key").toString(),
                        "-out",
                        files.resolve("cert").toString())
                .redirectErrorStream(true)
                .redirectOutput(files.resolve("openssl.log").toFile())
                .start();
        assertThat(openssl.waitFor()).isZero();
    }

    static Stream<ManualOptions.Row> withSeveralValues() {
        return ManualOptions.all().stream()
                .filter(row -> !row.other().isEmpty())
                .filter(row -> !row.name().equals(UNSEEN));
    }

    static Stream<ManualOptions.Row> withoutEffect() {
        return ManualOptions.all().stream().filter(row -> row.other().isEmpty());
    }

    static Stream<ManualOptions.Row> withDefault() {
        return withSeveralValues().filter(row -> {
            Option option = optionOf(row);
            boolean plain = option.rule() instanceof Rule.Flag
                    || option.rule() instanceof Rule.Whole
                    || option.rule() instanceof Rule.Choice;
            return plain && !option.defaultValue().isEmpty();
        });
    }

    private static Option optionOf(ManualOptions.Row row) {
        return Objects.requireNonNull(Options.named(row.name()), row.name());
    }

    @ParameterizedTest
    @MethodSource("withSeveralValues")
    void another_value_makes_another_broker(ManualOptions.Row row) throws IOException {
        Outcome one = outcome(row, row.one());
        Outcome other = outcome(row, row.other());

        assertThat(outcome(row, row.one())).as("the same again").isEqualTo(one);
        assertThat(other.effect()).isNotEqualTo(one.effect());
    }

    @ParameterizedTest
    @MethodSource("withoutEffect")
    void an_option_that_has_no_effect_is_named_with_its_line(ManualOptions.Row row) throws IOException {
        if (row.name().equals("user") && !System.getProperty("user.name").equals("root")) {
            // As in Mosquitto: it is for root alone.
            assertThat(optionOf(row).treatment()).isEqualTo(Treatment.NO_EFFECT);
            return;
        }

        assertThat(outcome(row, row.one()).told())
                .anyMatch(said ->
                        said.contains("'" + row.name()) && said.contains("(mosquitto.conf:" + lineOf(row) + ")"));
    }

    @ParameterizedTest
    @MethodSource("withDefault")
    void the_default_is_what_holds_without_the_line(ManualOptions.Row row) throws IOException {
        Outcome silent = outcome(lines(row, List.of()));

        assertThat(outcome(row, optionOf(row).defaultValue()).effect()).isEqualTo(silent.effect());
    }

    private Outcome outcome(ManualOptions.Row row, String value) throws IOException {
        List<String> option = new ArrayList<>(ManualOptions.lines(value));
        option.set(0, row.name() + " " + option.get(0));
        return outcome(lines(row, option));
    }

    private static int lineOf(ManualOptions.Row row) {
        return above(row).size() + 1;
    }

    private static List<String> above(ManualOptions.Row row) {
        List<String> lines = new ArrayList<>(List.of("listener 1883 127.0.0.1"));
        if (row.place().equals("bridge")) {
            lines.add("connection cloud");
        }
        lines.addAll(row.with());
        return lines;
    }

    private static List<String> lines(ManualOptions.Row row, List<String> option) {
        List<String> lines = above(row);
        lines.addAll(option);
        if (row.place().equals("bridge")) {
            if (!row.name().startsWith("address")) {
                lines.add("address 127.0.0.1:9");
            }
            if (!row.name().equals("topic")) {
                lines.add("topic t");
            }
        }
        return lines.stream()
                .map(line -> line.replaceAll("\\{(\\w+)}", files + "/$1"))
                .toList();
    }

    private Outcome outcome(List<String> lines) throws IOException {
        Path file = Files.writeString(directory.resolve("mosquitto.conf"), String.join("\n", lines) + "\n");
        List<Notice> notices;
        String effect;
        try {
            MosquittoConf conf = MosquittoConf.read(file);
            notices = conf.notices();
            effect = effect(file) + conf.log() + conf.global().text("pid_file");
        } catch (ConfRefusedException e) {
            notices = e.notices();
            effect = "refused: " + e.getMessage();
        }
        List<String> told = notices.stream()
                .map(notice -> notice.text().replace(directory + "/", ""))
                .toList();
        // What an object without a name of its own is called is another one each time.
        return new Outcome(effect.replaceAll("@[0-9a-f]+", ""), told);
    }

    private static String effect(Path file) {
        try {
            BrokerConfig config = BrokerConfig.fromMosquitto(file);
            // Configurations do not show passwords.
            List<String> passwords = config.bridges().stream()
                    .flatMap(bridge -> bridge.credentials().stream())
                    .map(credentials -> credentials.password().toUtf8())
                    .toList();
            return config.toString() + passwords;
        } catch (ConfigFileException e) {
            return "refused: " + e.getMessage();
        }
    }
}
