package io.alicia.mqtt.examples.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.StandardPolicy;
import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.broker.EmbeddedBrokerBuilder;
import io.alicia.mqtt.broker.fault.CrossingPacket.Kind;
import io.alicia.mqtt.broker.monitoring.BrokerListener;
import io.alicia.mqtt.broker.monitoring.ClientInfo;
import io.alicia.mqtt.testkit.TestBroker;
import io.alicia.mqtt.testkit.fault.Fault;
import io.alicia.mqtt.testkit.fault.InjectedFault;
import io.alicia.mqtt.testkit.fault.Packets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

class HouseTest {

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    /** Told once: that takes a second. */
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class TheStory {

        private int exitCode;

        @BeforeAll
        void isTold() {
            exitCode = house(0).run();
        }

        @Test
        void the_story_comes_true_and_the_house_ends_with_0() {
            assertThat(exitCode).as(HouseTest.this::everythingTold).isZero();

            assertThat(everythingTold())
                    .contains("automation          knows that it is 21.5 °C at living_room_climate")
                    .contains("automation          turns hall_bulb on")
                    .contains("hall_bulb           is on at 75 %")
                    .contains("sonos_kitchen       says \"Done: kitchen light on\"")
                    .contains("sonos_kitchen       is at volume 35 %")
                    .contains("late_joiner         knows at once that it is 21.5 °C")
                    .contains("late_joiner         sees that hall_bulb is on")
                    .contains(
                            "denied PUBLISH alicia/devices/hall_bulb/command by living_room_climate (client living_room_climate)")
                    .contains("nearest: ")
                    .contains("refused by the server: Not authorized")
                    .contains("The story came true.")
                    .doesNotContain("\u001b[");
        }

        @Test
        void each_step_is_told_below_the_title_of_its_chapter() {
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
        void a_chapter_ends_when_all_of_it_was_told_and_home_assistant_knows_everyone() {
            List<String> chapters = List.of(everythingTold().split("\n== ", -1));
            assertThat(chapters.get(1))
                    .startsWith("Everyone moves in")
                    .contains(
                            "homeassistant/device/alicia_hall_bulb/config",
                            "homeassistant/device/alicia_kitchen_bulb/config",
                            "homeassistant/device/alicia_sonos_kitchen/config",
                            "homeassistant/device/alicia_service_automation/config");
            assertThat(chapters.get(2)).contains("homeassistant/device/alicia_living_room_climate/config");
            assertThat(chapters.get(3))
                    .startsWith("Motion in the hall")
                    .contains("automation          hears from hall_bulb: done")
                    .contains("homeassistant/device/alicia_hall_motion/config");
            assertThat(chapters.get(4)).contains("home_assistant      sees AnnouncementOutcome{");
            assertThat(chapters.get(7)).doesNotContain("home_assistant");
            // Each is announced once: nothing had to be said again.
            assertThat(everythingTold().lines().filter(line -> line.contains("has got to know")))
                    .hasSize(6);
        }
    }

    @Test
    void everyone_has_an_account_and_a_connection_of_their_own() throws InterruptedException {
        Map<String, ClientInfo> clients = new ConcurrentHashMap<>();
        Map<String, String> environment = new HashMap<>();
        try (EmbeddedBroker server = server(HousePolicy.create(), environment, new BrokerListener() {
            @Override
            public void connected(ClientInfo client) {
                assertThat(clients.put(client.clientIdentifier(), client)).isNull();
            }
        })) {
            HouseOptions options = options(0);
            options.once = false;
            options.server = server.uri();
            House house = house(options, environment);
            Thread running = new Thread(house::run, "house");
            running.start();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> everythingTold().contains("The house stays up") || !running.isAlive());

            assertThat(server.connectedClients().stream().map(HouseTest::withoutSuffix))
                    .as(this::everythingTold)
                    .containsExactlyInAnyOrder(
                            "home_assistant",
                            "discovery",
                            "living_room_climate",
                            "hall_motion",
                            "hall_bulb",
                            "kitchen_bulb",
                            "sonos_kitchen",
                            "voice_assistant",
                            "automation",
                            "mobile_app");
            Map<String, String> accounts = new HashMap<>();
            clients.forEach(
                    (identifier, client) -> accounts.put(withoutSuffix(identifier), String.valueOf(client.account())));
            assertThat(accounts)
                    .containsEntry("home_assistant", "alicia")
                    .containsEntry("discovery", "alicia")
                    .containsEntry("living_room_climate", "living_room_climate")
                    .containsEntry("hall_motion", "hall_motion")
                    .containsEntry("hall_bulb", "hall_bulb")
                    .containsEntry("kitchen_bulb", "kitchen_bulb")
                    .containsEntry("sonos_kitchen", "sonos_speaker")
                    .containsEntry("voice_assistant", "voice_assistant")
                    .containsEntry("automation", "automation")
                    .containsEntry("mobile_app", "mobile_app")
                    .containsEntry("late_joiner", "mobile_app")
                    .hasSize(11);
            assertThat(clients.values().stream().map(ClientInfo::remoteAddress).distinct())
                    .hasSize(11);
            house.end();
            running.join();
        }
    }

    @Test
    void a_server_that_acknowledges_nothing_does_not_hold_up_the_closing() throws InterruptedException {
        Map<String, String> environment = new HashMap<>();
        try (TestBroker server = TestBroker.start(HousePolicy.create());
                InjectedFault silence = server.faults().always(new Fault.Hold(Packets.of(Kind.PUBACK)))) {
            for (String account : server.policy().accounts()) {
                environment.put(HousePasswords.environmentVariable(account), server.password(account));
            }
            HouseOptions options = options(0);
            options.server = server.uri();
            House house = house(options, environment);
            Thread running = new Thread(house::run, "house");
            running.start();
            silence.awaitHit();
            long before = System.nanoTime();

            house.end();

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
            running.join();
            assertThat(everythingTold().strip()).endsWith("The house closes.").doesNotContain("did not close");
        }
    }

    @Test
    void who_announces_the_house_hears_of_everyone_also_when_its_subscriptions_are_slow() throws Exception {
        Map<String, String> environment = new HashMap<>();
        Packets subscriptions = Packets.of(Kind.SUBSCRIBE).fromClient("discovery");
        try (TestBroker server = TestBroker.start(HousePolicy.create());
                InjectedFault slow = server.faults().always(new Fault.Hold(subscriptions, Duration.ofMillis(500)))) {
            for (String account : server.policy().accounts()) {
                environment.put(HousePasswords.environmentVariable(account), server.password(account));
            }
            HousePasswords passwords =
                    HousePasswords.given(List.copyOf(server.policy().accounts()), HousePolicy.DEVICES, environment);
            try (Connections connections = new Connections(server.uri(), passwords, new Closing(), "");
                    Inhabitants inhabitants = new Inhabitants(connections, InstantSource.system(), narrator())) {
                inhabitants
                        .start()
                        .andThen(inhabitants
                                .homeAssistant()
                                .knows(Set.of("homeassistant/device/alicia_service_automation/config")))
                        .timeout(5, TimeUnit.SECONDS)
                        .blockingAwait();
            }
            slow.awaitHit();
        }
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

    @Test
    void a_house_that_is_bound_to_another_address_is_there_and_says_so() throws IOException {
        InetAddress other = InetAddress.getByName("127.0.0.2");
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(other, 0));
        } catch (BindException e) {
            Assumptions.abort("this machine has no 127.0.0.2: " + e.getMessage());
        }
        HouseOptions options = options(0);
        options.bind = "127.0.0.2";

        assertThat(house(options, Map.of()).run()).as(this::everythingTold).isZero();

        assertThat(everythingTold())
                .containsPattern("listens at mqtt://127\\.0\\.0\\.2:\\d+ and ws://127\\.0\\.0\\.2:\\d+/mqtt\\. ");
    }

    /** Beside another house on the same server each client of this one is called differently. */
    private static String withoutSuffix(String clientIdentifier) {
        assertThat(clientIdentifier).matches(".+-[0-9a-f]{4}");
        return clientIdentifier.substring(0, clientIdentifier.length() - 5);
    }

    /** Lives on a server with the accounts that devices share and other rules. */
    private int houseWhereServerAllows(AccessPolicy policy) {
        Map<String, String> environment = new HashMap<>();
        try (EmbeddedBroker server = server(policy, environment, new BrokerListener() {})) {
            HousePolicy.DEVICES.forEach(device -> environment.remove(HousePasswords.environmentVariable(device)));
            HouseOptions options = options(0);
            options.server = server.uri();
            return house(options, environment).run();
        }
    }

    private static EmbeddedBroker server(
            AccessPolicy policy, Map<String, String> environment, BrokerListener listener) {
        EmbeddedBrokerBuilder server =
                EmbeddedBroker.builder().tcp(0).access(policy).brokerListener(listener);
        for (String account : HousePolicy.create().accounts()) {
            String password = UUID.randomUUID().toString();
            environment.put(HousePasswords.environmentVariable(account), password);
            server.account(account, password);
        }
        return server.start();
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
        return new House(options, environment, narrator());
    }

    private Narrator narrator() {
        return new Narrator(
                new PrintStream(told, true, StandardCharsets.UTF_8), InstantSource.system(), ZoneOffset.UTC, false);
    }

    private String everythingTold() {
        return told.toString(StandardCharsets.UTF_8);
    }
}
