package io.alicia.mqtt.examples.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.access.AclFile;
import io.alicia.mqtt.access.StandardPolicy;
import io.alicia.mqtt.broker.cli.Main;
import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.payload.Availability;
import io.alicia.mqtt.topic.DeviceId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The house on a broker in another process, started with the same three files: Mosquitto, and ours in its place. */
class HouseOnMosquittoInteropTest {

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @Test
    void the_story_comes_true_on_the_real_mosquitto(@TempDir Path directory) throws IOException {
        try (HouseServer mosquitto = HouseServer.start(directory, Mosquitto.command())) {
            assertThat(house(mosquitto.uri(), mosquitto.environment()).run())
                    .as(() -> told() + mosquitto.log())
                    .isZero();

            assertThat(told())
                    .contains("refused by the server: Not authorized", "The story came true.")
                    .containsPattern(
                            "denied PUBLISH alicia/devices/hall_bulb/command by living_room_climate.*: no rule matched")
                    .doesNotContain("log in as esp32_device");
            assertThat(presence(mosquitto))
                    .containsEntry(DeviceId.of(Inhabitants.HALL_BULB), Availability.OFFLINE)
                    .containsEntry(DeviceId.of(Inhabitants.KITCHEN_BULB), Availability.OFFLINE);
        }
    }

    @Test
    void the_story_comes_true_where_the_devices_have_no_accounts_of_their_own(@TempDir Path directory)
            throws IOException {
        try (HouseServer mosquitto = HouseServer.startWithSharedAccounts(directory, Mosquitto.command())) {
            assertThat(house(mosquitto.uri(), mosquitto.environment()).run())
                    .as(() -> told() + mosquitto.log())
                    .isZero();

            assertThat(told())
                    .contains("these log in as esp32_device: living_room_climate, hall_motion, hall_bulb, kitchen_bulb")
                    .containsPattern(
                            "denied PUBLISH alicia/devices/hall_bulb/command by esp32_device.*: no rule matched");
        }
    }

    @Test
    void the_story_comes_true_again_where_it_was_told_before(@TempDir Path directory) throws IOException {
        try (HouseServer mosquitto = HouseServer.start(directory, Mosquitto.command())) {
            for (int time = 1; time <= 2; time++) {
                told.reset();
                assertThat(house(mosquitto.uri(), mosquitto.environment()).run())
                        .as(() -> told() + mosquitto.log())
                        .isZero();
            }
        }
    }

    @Test
    void the_story_comes_true_beside_a_house_that_stays_up(@TempDir Path directory)
            throws IOException, InterruptedException {
        try (HouseServer mosquitto = HouseServer.start(directory, Mosquitto.command())) {
            House neighbour = house(mosquitto.uri(), mosquitto.environment(), false);
            Thread running = new Thread(neighbour::run, "neighbour");
            running.start();
            try {
                await().atMost(Duration.ofSeconds(30)).until(() -> told().contains("Join it:\n") || !running.isAlive());
                assertThat(running.isAlive()).as(this::told).isTrue();
                assertThat(told())
                        .contains("mosquitto_sub -V 5 -h 127.0.0.1 -p ")
                        .contains("Export ALICIA_PASSWORD_MOBILE_APP and ALICIA_PASSWORD_ESP32_DEVICE");

                assertThat(house(mosquitto.uri(), mosquitto.environment()).run())
                        .as(() -> told() + mosquitto.log())
                        .isZero();
            } finally {
                neighbour.end();
                running.join();
            }
            assertThat(mosquitto.log()).doesNotContain("session taken over");
        }
    }

    @Test
    void the_story_comes_true_on_our_broker_with_the_same_files(@TempDir Path directory) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
        try (HouseServer ours = HouseServer.start(directory, command)) {
            assertThat(house(ours.uri(), ours.environment()).run())
                    .as(() -> told() + ours.log())
                    .isZero();

            assertThat(told()).contains("refused by the server: Not authorized", "The story came true.");
            assertThat(ours.log())
                    .contains("denied PUBLISH alicia/devices/hall_bulb/command by living_room_climate")
                    .contains("house.acl:");
        }
    }

    @Test
    void the_acl_file_says_what_the_policy_of_the_house_says() {
        assertThat(AclFile.read(HouseServer.FILES.resolve("house.acl")).toString())
                .isEqualTo(AclFile.of("house.acl", HousePolicy.create()).toString());
    }

    @Test
    void passwords_that_are_not_there_are_named_before_anything_starts() {
        assertThat(house("mqtt://127.0.0.1:1", Map.of("ALICIA_PASSWORD_ALICIA", "x"))
                        .run())
                .isEqualTo(2);

        assertThat(told())
                .contains("ALICIA_PASSWORD_ESP32_DEVICE")
                .doesNotContain("ALICIA_PASSWORD_ALICIA,", "ALICIA_PASSWORD_HALL_BULB")
                .hasLineCount(1);
    }

    private House house(String server, Map<String, String> environment) {
        return house(server, environment, true);
    }

    private House house(String server, Map<String, String> environment, boolean once) {
        HouseOptions options = new HouseOptions();
        options.once = once;
        options.server = server;
        return new House(
                options,
                environment,
                new Narrator(
                        new PrintStream(told, true, StandardCharsets.UTF_8),
                        InstantSource.system(),
                        ZoneOffset.UTC,
                        false));
    }

    /** What the server keeps of who is there, when it is complete. */
    private static Map<DeviceId, Availability> presence(HouseServer server) {
        try (AliciaMqtt alicia = AliciaMqttClient.builder()
                .server(server.uri())
                .account(
                        StandardPolicy.ALICIA,
                        Objects.requireNonNull(
                                server.environment().get(HousePasswords.environmentVariable(StandardPolicy.ALICIA))))
                .connect()) {
            return alicia.devices()
                    .presence()
                    .filter(known -> known.size() == 2)
                    .timeout(10, TimeUnit.SECONDS)
                    .blockingFirst();
        }
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }
}
