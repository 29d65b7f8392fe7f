package io.alicia.mqtt.examples.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.connection.ConnectFailedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The house as a process: its environment, its exit code, and how it takes Ctrl-C. */
@Timeout(120)
class HouseProcessTest {

    /** A story that waits in vain takes 10 seconds, and closing used to wait for that. */
    private static final Duration QUICKLY = Duration.ofSeconds(4);

    @TempDir
    private Path directory;

    /** Also on a machine that knows no other characters than ASCII. */
    @Test
    void house_once_in_the_environment_ends_it_after_the_story_with_0_and_without_colours() throws Exception {
        Map<String, String> environment = Map.of("HOUSE_ONCE", "1", "TERM", "xterm-256color", "LC_ALL", "C");
        try (HouseProcess house = HouseProcess.start(directory, environment)) {
            assertThat(house.exitCode()).as(house::output).isZero();

            assertThat(house.output())
                    .contains("The story came true.", "°C")
                    .doesNotContain("The house stays up", "\u001b[");
        }
    }

    @Test
    void a_house_that_stays_up_tells_once_of_a_log_in_that_is_refused_and_closes_with_ctrl_c() throws Exception {
        try (HouseProcess house = HouseProcess.start(directory, Map.of()).untilPrinted("A browser joins at")) {
            Matcher uri = Pattern.compile("mqtt://127\\.0\\.0\\.1:\\d+").matcher(house.output());
            assertThat(uri.find()).isTrue();
            assertThatThrownBy(() -> AliciaMqttClient.builder()
                            .server(uri.group())
                            .account("mobile_app", "a guess")
                            .clientIdentifier("guesser")
                            .connect())
                    .isInstanceOf(ConnectFailedException.class);
            // Both are written before the client hears of it: the refusal is logged, then told, then sent.
            house.untilPrinted("refused mobile_app (client guesser)");

            long before = System.nanoTime();
            assertThat(house.signal("INT").exitCode()).isEqualTo(130);

            assertThat(since(before)).isLessThan(QUICKLY);
            assertThat(house.output().lines().filter(line -> line.contains("guesser")))
                    .hasSize(1);
            assertThat(house.output().strip()).endsWith("The house closes.").doesNotContain("FAILED", "could not");
        }
    }

    @Test
    void a_signal_closes_a_house_whose_story_is_being_told() throws Exception {
        try (HouseProcess house = HouseProcess.start(directory, Map.of()).untilPrinted("== Everyone moves in")) {
            assertThat(house.signal("TERM").exitCode()).isEqualTo(143);

            assertThat(house.output())
                    .contains("The house closes.")
                    .doesNotContain("The story came true.", "FAILED", "could not", "\tat ");
        }
    }

    @ParameterizedTest(name = "SIG{0}, at a server that answers CONNECT: {1}")
    @CsvSource({"INT, false, 130", "TERM, true, 143"})
    void a_signal_does_not_wait_for_a_story_that_waits_in_vain(String signal, boolean letsIn, int exitCode)
            throws Exception {
        try (SilentServer server = SilentServer.start(letsIn);
                HouseProcess house = HouseProcess.start(directory, passwords(), "--server", server.uri())) {
            if (letsIn) {
                house.untilPrinted("== Everyone moves in");
            } else {
                await().atMost(Duration.ofSeconds(30)).until(() -> server.connections() > 0);
            }
            long before = System.nanoTime();

            assertThat(house.signal(signal).exitCode()).as(house::output).isEqualTo(exitCode);

            assertThat(since(before)).isLessThan(QUICKLY);
            assertThat(house.output()).contains("The house closes.").doesNotContain("FAILED", "could not", "\tat ");
        }
    }

    @Test
    void a_mistake_in_the_options_is_one_line_and_exit_code_2() throws Exception {
        try (HouseProcess house = HouseProcess.start(directory, passwords(), "--server=http://127.0.0.1:1")) {
            assertThat(house.exitCode()).isEqualTo(2);

            assertThat(house.output().lines())
                    .containsExactly(
                            "Invalid value for option '--server': "
                                    + "expected a scheme of [mqtt, mqtts, ws, wss], got http",
                            "Try --help.");
        }
    }

    private static Map<String, String> passwords() {
        Map<String, String> environment = new HashMap<>();
        for (String account : HousePolicy.create().accounts()) {
            environment.put(HousePasswords.environmentVariable(account), "made for this test");
        }
        return environment;
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
