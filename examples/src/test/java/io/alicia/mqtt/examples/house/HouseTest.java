package io.alicia.mqtt.examples.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HouseTest {

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @Test
    void the_story_comes_true_and_the_house_ends_with_0() {
        assertThat(house(0).run()).as(this::everythingTold).isZero();

        assertThat(everythingTold())
                .contains("automation         knows that it is 21.5 °C at living_room_climate")
                .contains("automation         turns hall_bulb on")
                .contains("hall_bulb          is on at 75 %")
                .contains("sonos_kitchen      says \"Done: kitchen light on\"")
                .contains("sonos_kitchen      is at volume 35 %")
                .contains("late_joiner        knows at once that it is 21.5 °C")
                .contains("denied PUBLISH alicia/devices/hall_bulb/command by esp32_device")
                .contains("nearest: ")
                .contains("refused by the server: Not authorized")
                .contains("The story came true.")
                .doesNotContain("\u001b[");
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
        HouseOptions options = new HouseOptions();
        options.once = true;
        options.mqttPort = mqttPort;
        options.webSocketPort = 0;
        return new House(
                options,
                Map.of(),
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
