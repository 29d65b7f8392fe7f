package io.alicia.mqtt.examples.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.LightColor;
import io.alicia.mqtt.payload.PowerState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

class HousePartsTest {

    @Test
    void a_password_from_the_environment_wins_over_one_made_anew() {
        HousePasswords passwords = HousePasswords.of(
                List.of("mobile_app", "alicia"), Map.of("ALICIA_PASSWORD_MOBILE_APP", "given"), new SecureRandom());

        assertThat(passwords.of("mobile_app")).isEqualTo("given");
        assertThat(passwords.of("alicia")).hasSize(16);
        assertThat(passwords.toString()).doesNotContain("given");
        assertThatThrownBy(() -> passwords.of("nobody")).hasMessageContaining("nobody");
    }

    @Test
    void a_device_without_a_password_in_the_environment_has_the_account_of_all_devices() throws Exception {
        HousePasswords passwords = HousePasswords.given(
                List.of("esp32_device", "hall_bulb", "kitchen_bulb"),
                List.of("hall_bulb", "kitchen_bulb"),
                Map.of("ALICIA_PASSWORD_ESP32_DEVICE", "a", "ALICIA_PASSWORD_HALL_BULB", "b"));

        assertThat(passwords.accountOf("hall_bulb")).isEqualTo("hall_bulb");
        assertThat(passwords.accountOf("kitchen_bulb")).isEqualTo("esp32_device");
        assertThatThrownBy(() ->
                        HousePasswords.given(List.of("esp32_device", "hall_bulb"), List.of("hall_bulb"), Map.of()))
                .hasMessageEndingWith("not set: ALICIA_PASSWORD_ESP32_DEVICE");
    }

    @Test
    void a_password_from_the_environment_is_named_and_not_printed() {
        HousePasswords passwords = HousePasswords.of(
                List.of("mobile_app", "esp32_device"),
                Map.of("ALICIA_PASSWORD_MOBILE_APP", "given"),
                new SecureRandom());

        JoiningInstructions joining =
                new JoiningInstructions(ServerAddress.of("mqtt://10.1.2.3:1884"), null, passwords);

        assertThat(joining.accounts())
                .contains("  mobile_app          the one in ALICIA_PASSWORD_MOBILE_APP")
                .contains("  esp32_device        " + passwords.of("esp32_device"));
        assertThat(joining.lines())
                .anyMatch(line -> line.contains("-h 10.1.2.3 -p 1884 -u mobile_app -P \"$ALICIA_PASSWORD_MOBILE_APP\""))
                .contains("Export ALICIA_PASSWORD_MOBILE_APP in the shell of these lines, too.")
                .anyMatch(line -> line.contains("-u esp32_device -P '" + passwords.of("esp32_device") + "'"))
                .noneMatch(line -> line.contains("given"));
    }

    @Test
    void the_lines_follow_the_server_that_the_house_lives_at() {
        HousePasswords passwords =
                HousePasswords.of(List.of("mobile_app", "esp32_device"), Map.of(), new SecureRandom());

        assertThat(new JoiningInstructions(ServerAddress.of("mqtts://house"), null, passwords).lines())
                .allMatch(line -> line.contains("-h house -p 8883 --tls-use-os-certs -u "));
        assertThat(new JoiningInstructions(ServerAddress.of("ws://house"), null, passwords).lines())
                .containsExactly("Clients of MQTT over WebSocket join at ws://house:80/mqtt");
    }

    @Test
    void a_house_at_all_addresses_is_reached_from_inside_by_the_loopback_one() {
        assertThat(new BindAddress("0.0.0.0").inside()).isEqualTo("127.0.0.1");
        assertThat(new BindAddress("0.0.0.0").shown()).matches("[0-9.]+").isNotEqualTo("0.0.0.0");
        assertThat(new BindAddress("::").inside()).isEqualTo("::1");
        assertThat(new BindAddress("::").shown())
                .contains(":")
                .isNotEqualTo("::")
                .doesNotContain("%");
        assertThat(new BindAddress("192.168.1.5"))
                .extracting(BindAddress::inside, BindAddress::shown, BindAddress::others)
                .containsExactly("192.168.1.5", "192.168.1.5", "");
    }

    @Test
    void a_line_tells_when_who_what_and_where() {
        assertThat(told(false)).isEqualTo("12:30:00.000  hall_bulb           is on  alicia/devices/hall_bulb/status\n");
    }

    @Test
    void a_terminal_gets_colours_and_each_of_them_ends() {
        assertThat(told(true))
                .isEqualTo("\u001b[2m12:30:00.000\u001b[0m  \u001b[36mhall_bulb          \u001b[0m is on"
                        + "  \u001b[2malicia/devices/hall_bulb/status\u001b[0m\n");
    }

    @Test
    void only_a_terminal_whose_owner_has_not_refused_them_gets_colours() {
        assertThat(Terminal.wantsColours(true, Map.of("TERM", "xterm"))).isTrue();
        assertThat(Terminal.wantsColours(true, Map.of("TERM", "xterm", "NO_COLOR", "")))
                .isTrue();
        assertThat(Terminal.wantsColours(true, Map.of("TERM", "xterm", "NO_COLOR", "1")))
                .isFalse();
        assertThat(Terminal.wantsColours(true, Map.of("TERM", "dumb"))).isFalse();
        assertThat(Terminal.wantsColours(true, Map.of())).isFalse();
        assertThat(Terminal.wantsColours(false, Map.of("TERM", "xterm"))).isFalse();
    }

    @Test
    void a_control_character_from_a_client_never_reaches_the_terminal() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Narrator narrator = narrator(out, false);
        String hostile = "b\u001b[2Jc\u009bd\n";

        narrator.tells(hostile, hostile, hostile);
        narrator.aside(hostile, hostile, hostile);
        narrator.refusal(hostile, hostile);
        narrator.chapter(hostile);
        narrator.success(hostile);
        narrator.failure(hostile);
        narrator.print(hostile);

        assertThat(out.toString(StandardCharsets.UTF_8).lines().filter(line -> !line.isEmpty()))
                .hasSize(7)
                .allSatisfy(line ->
                        assertThat(line).contains("b\uFFFD[2Jc\uFFFDd\uFFFD").doesNotContain("\u001b", "\u009b"));
    }

    @Test
    void a_lamp_knows_what_a_command_makes_of_it() {
        Lamp lamp = new Lamp(PowerState.OFF, Brightness.FULL, LightColor.WARM_WHITE);

        assertThat(lamp.after(Command.turnOn(Brightness.percent(50))))
                .isEqualTo(new Lamp(PowerState.ON, Brightness.percent(50), LightColor.WARM_WHITE));
        assertThat(lamp.after(Command.toggle())).extracting(Lamp::state).isEqualTo(PowerState.ON);
        assertThat(lamp.after(Command.play())).isNull();
    }

    @Test
    void a_sentence_becomes_a_command_for_the_bulb_of_its_room() {
        Intents intents = new Intents(Map.of("kitchen", "kitchen_bulb"));

        assertThat(intents.find("Please turn on the Kitchen light"))
                .hasValueSatisfying(intent -> assertThat(intent.target()).isEqualTo("kitchen_bulb"));
        assertThat(intents.find("turn on the attic light")).isEmpty();
        assertThat(intents.find("sing a song")).isEmpty();
    }

    @Test
    void the_command_line_says_how_the_house_is_run() {
        HouseOptions options = new HouseOptions();

        new CommandLine(options).parseArgs("--once", "--mqtt-port", "0");

        assertThat(options.once).isTrue();
        assertThat(options.mqttPort).isZero();
    }

    @Test
    void once_is_once_also_where_the_environment_says_so_already() {
        HouseOptions options = new HouseOptions();

        new CommandLine(options)
                .setDefaultValueProvider(option -> option.paramLabel().equals("PORT") ? "0" : "true")
                .parseArgs("--once", "--server=mqtt://house");

        assertThat(options.once).isTrue();
    }

    @Test
    void the_help_breaks_no_line_in_the_middle_of_an_address_or_a_sentence() {
        assertThat(new CommandLine(new HouseOptions()).getUsageMessage().lines())
                .anyMatch(line -> line.contains(" mqtt://127.0.0.1:1883, instead"))
                .contains("could not start, 2 for a wrong option, 130 after Ctrl-C, which");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "-1", "65536", "99999999999"})
    void a_port_that_is_none_is_refused_with_the_option_and_the_range(String port) {
        for (String option : List.of("--mqtt-port", "--websocket-port")) {
            assertThatThrownBy(() -> new CommandLine(new HouseOptions()).parseArgs(option + "=" + port))
                    .isInstanceOf(ParameterException.class)
                    .hasMessageContainingAll(option, "0 to 65535", "'" + port + "'");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:1, 'expected a scheme of [mqtt, mqtts, ws, wss], got http'",
        "house, 'not a server address: \"house\": no scheme (do you mean mqtt://house?); expected for example mqtt://house'",
        "'', 'no scheme'",
        "mqtt://house:65536, 'server port 65536: expected 1 to 65535'",
        "mqtt://name:secret@house, 'name and password go to account(name, secret)'"
    })
    void an_address_that_is_none_is_refused_before_anything_starts(String address, String why) {
        assertThatThrownBy(() -> new CommandLine(new HouseOptions()).parseArgs("--server=" + address))
                .isInstanceOf(ParameterException.class)
                .hasMessageContainingAll("--server", why)
                .hasMessageNotContaining("secret@");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--mqtt-port", "--websocket-port", "--bind"})
    void an_option_of_a_broker_that_is_not_there_is_refused_with_the_reason(String option) {
        HouseOptions options = new HouseOptions();
        ParseResult given = new CommandLine(options).parseArgs(option + "=0", "--server=mqtt://house");

        assertThatThrownBy(() -> options.refuseWithoutEffect(given))
                .isInstanceOf(ParameterException.class)
                .hasMessage(option + " is for the house's own broker, and with --server there is none");
        options.refuseWithoutEffect(new CommandLine(options).parseArgs("--server=mqtt://house"));
        HouseOptions withBroker = new HouseOptions();
        withBroker.refuseWithoutEffect(new CommandLine(withBroker).parseArgs(option + "=0"));
    }

    private static String told(boolean colours) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        narrator(out, colours).tells("hall_bulb", "is on", "alicia/devices/hall_bulb/status");
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Narrator narrator(ByteArrayOutputStream out, boolean colours) {
        return new Narrator(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                () -> Instant.parse("2026-11-22T12:30:00Z"),
                ZoneOffset.UTC,
                colours);
    }
}
