package io.alicia.mqtt.examples.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.StandardPolicy;
import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.broker.EmbeddedBrokerBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HouseTest {

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @Test
    void the_story_comes_true_and_the_house_ends_with_0() {
        assertThat(house(0).run()).as(this::everythingTold).isZero();

        assertThat(everythingTold())
                .contains("automation          knows that it is 21.5 °C at living_room_climate")
                .contains("automation          turns hall_bulb on")
                .contains("hall_bulb           is on at 75 %")
                .contains("sonos_kitchen       says \"Done: kitchen light on\"")
                .contains("sonos_kitchen       is at volume 35 %")
                .contains("late_joiner         knows at once that it is 21.5 °C")
                .contains("late_joiner         sees that hall_bulb is on")
                .contains("denied PUBLISH alicia/devices/hall_bulb/command by esp32_device")
                .contains("nearest: ")
                .contains("refused by the server: Not authorized")
                .contains("The story came true.")
                .doesNotContain("\u001b[");
    }

    @Test
    void each_step_is_told_below_the_title_of_its_chapter() {
        house(0).run();

        assertThat(everythingTold())
                .containsSubsequence(
                        "== Everyone moves in",
                        "hall_bulb           is off",
                        "== Sensor readings arrive",
                        "living_room_climate measures 21.5",
                        "== Motion in the hall",
                        "hall_motion         notices motion",
                        "== \"Turn on the kitchen light\"",
                        "voice_assistant     hears \"Turn on the kitchen light\"",
                        "== The app sets the volume",
                        "mobile_app          sets sonos_kitchen to 35 %",
                        "== A late joiner",
                        "late_joiner         knows at once",
                        "== An ESP32 tries",
                        "living_room_climate tries to turn hall_bulb off");
    }

    @Test
    void a_step_that_does_not_come_true_is_named_and_the_house_ends_with_1() {
        assertThat(houseWhereServerAllows(AccessPolicy.unrestricted())).isEqualTo(1);

        assertThat(everythingTold().strip())
                .endsWith("FAILED: An ESP32 tries to command a bulb and is refused: "
                        + "the broker took a command that the policy forbids")
                .doesNotContain("The story came true.");
    }

    @Test
    void a_server_that_lets_nobody_move_in_is_a_failed_step_too() {
        assertThat(houseWhereServerAllows(StandardPolicy.of())).isEqualTo(1);

        assertThat(everythingTold()).contains("FAILED: Everyone moves in: ").doesNotContain("\tat ");
    }

    /** Lives on a server with the accounts of the house and other rules. */
    private int houseWhereServerAllows(AccessPolicy policy) {
        Map<String, String> environment = new HashMap<>();
        EmbeddedBrokerBuilder server = EmbeddedBroker.builder().tcp(0).access(policy);
        for (String account : HousePolicy.create().accounts()) {
            String password = UUID.randomUUID().toString();
            environment.put(HousePasswords.environmentVariable(account), password);
            server.account(account, password);
        }
        try (EmbeddedBroker started = server.start()) {
            HouseOptions options = options(0);
            options.server = started.uri();
            return house(options, environment).run();
        }
    }

    @Test
    void a_port_in_use_is_one_readable_line_and_exit_code_1() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(house(taken.getLocalPort()).run()).isEqualTo(1);

            assertThat(everythingTold())
                    .startsWith("The house could not start: ")
                    .contains(String.valueOf(taken.getLocalPort()))
                    .hasLineCount(1);
        }
    }

    private House house(int mqttPort) {
        return house(options(mqttPort), Map.of());
    }

    private static HouseOptions options(int mqttPort) {
        HouseOptions options = new HouseOptions();
        options.once = true;
        options.mqttPort = mqttPort;
        options.webSocketPort = 0;
        return options;
    }

    private House house(HouseOptions options, Map<String, String> environment) {
        return new House(
                options,
                environment,
                new Narrator(
                        new PrintStream(told, true, StandardCharsets.UTF_8),
                        InstantSource.system(),
                        ZoneOffset.UTC,
                        false));
    }

    private String everythingTold() {
        return told.toString(StandardCharsets.UTF_8);
    }
}
