package io.alicia.mqtt.broker.bridge.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.broker.bridge.BridgeConfig;
import io.alicia.mqtt.broker.bridge.BridgeTopic;
import io.alicia.mqtt.broker.bridge.BridgeTopic.Direction;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The bytes of a bridge, as Mosquitto's sends them and its own tests expect them; the remote broker is a bare socket. Hex
 * digits, and text in quotation marks.
 */
class BridgeWireTest {

    private static final int PATIENCE_MILLIS = 15_000;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final ServerSocket remote = listening();

    private ServerSocket listening() {
        try {
            ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
            socket.setSoTimeout(PATIENCE_MILLIS);
            open.add(socket);
            return socket;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private EmbeddedBroker bridged(MqttVersion version, Direction direction, Qos qos) {
        BridgeConfig bridge = BridgeConfig.builder()
                .name("b")
                .remoteClientid("b")
                .addAddresses(ServerAddress.of("mqtt://127.0.0.1:" + remote.getLocalPort()))
                .addTopics(new BridgeTopic("t/#", direction, qos, "", ""))
                .protocolVersion(version)
                .sessionExpiryInterval(0)
                .receiveMaximum(20)
                .notifications(false)
                .restartTimeout(Duration.ofMillis(50))
                .build();
        EmbeddedBroker broker = EmbeddedBroker.builder()
                .tcp(0)
                .allowAnonymous()
                .access(AccessPolicy.unrestricted())
                .bridge(bridge)
                .start();
        open.add(broker);
        return broker;
    }

    /** One connection of the bridge; its CONNECT has come and is answered. */
    private Link accepted(MqttVersion version) throws IOException {
        Link link = new Link(remote.accept());
        open.add(link);
        if (version == MqttVersion.MQTT_5) {
            link.expect("10 14 0004 'MQTT' 05 00 003C 06 22000A 210014 0001 'b'")
                    .send("20 03 00 00 00");
        } else {
            link.expect("10 0D 0004 'MQTT' 84 00 003C 0001 'b'").send("20 02 00 00");
        }
        return link;
    }

    private static String subscribe(MqttVersion version, int identifier) {
        return version == MqttVersion.MQTT_5
                ? "82 09 000" + identifier + " 00 0003 't/#' 0E"
                : "82 08 000" + identifier + " 0003 't/#' 02";
    }

    private static String suback(MqttVersion version, int identifier) {
        return version == MqttVersion.MQTT_5 ? "90 04 000" + identifier + " 00 02" : "90 03 000" + identifier + " 02";
    }

    private static String publish(MqttVersion version, String flags, int identifier) {
        return version == MqttVersion.MQTT_5
                ? "3" + flags + " 09 0003 't/a' 000" + identifier + " 00 'x'"
                : "3" + flags + " 08 0003 't/a' 000" + identifier + " 'x'";
    }

    @ParameterizedTest
    @EnumSource(value = MqttVersion.class, names = "MQTT_3_1", mode = EnumSource.Mode.EXCLUDE)
    void what_is_in_flight_is_sent_again_behind_the_subscriptions_under_its_identifier(MqttVersion version)
            throws IOException {
        EmbeddedBroker broker = bridged(version, Direction.BOTH, Qos.EXACTLY_ONCE);
        Link first = accepted(version).expect(subscribe(version, 1)).send(suback(version, 1));
        try (Neighbour near = Neighbour.at(broker.port())) {
            near.says("t/a", "x", 2, false);
        }
        first.expect(publish(version, "4", 2)).close();

        Link second = accepted(version)
                .expect(subscribe(version, 3))
                .send(suback(version, 3))
                .expect(publish(version, "C", 2))
                .send("50 02 0002");
        second.expect("62 02 0002").close();

        accepted(version)
                .expect(subscribe(version, 4))
                .send(suback(version, 4))
                .expect("62 02 0002")
                .send("70 02 0002")
                .isStillThere();
    }

    @ParameterizedTest
    @EnumSource(value = MqttVersion.class, names = "MQTT_3_1", mode = EnumSource.Mode.EXCLUDE)
    void a_qos_2_message_from_there_arrives_once_over_three_connections(MqttVersion version) throws IOException {
        EmbeddedBroker broker = bridged(version, Direction.BOTH, Qos.EXACTLY_ONCE);
        try (Neighbour near = Neighbour.at(broker.port(), "t/#")) {
            accepted(version)
                    .expect(subscribe(version, 1))
                    .send(suback(version, 1) + publish(version, "4", 5))
                    .close();
            accepted(version)
                    .expect(subscribe(version, 2))
                    .send(suback(version, 2) + publish(version, "C", 5))
                    .expect("50 02 0005")
                    .close();
            accepted(version)
                    .expect(subscribe(version, 3))
                    .send(suback(version, 3) + publish(version, "C", 5))
                    .expect("50 02 0005")
                    .send("62 02 0005")
                    .expect("70 02 0005")
                    .isStillThere();

            near.awaitHeard("t/a x");
            near.says("t/end", "x");
            near.awaitHeard("t/end x");
            assertThat(near.heard()).containsExactly("t/a x", "t/end x");
        }
    }

    @ParameterizedTest
    @EnumSource(value = MqttVersion.class, names = "MQTT_3_1", mode = EnumSource.Mode.EXCLUDE)
    void acknowledgements_of_something_unknown_do_no_harm(MqttVersion version) throws IOException {
        bridged(version, Direction.OUT, Qos.EXACTLY_ONCE);
        accepted(version)
                .expect(version == MqttVersion.MQTT_5 ? "A2 08 0001 00 0003 't/#'" : "A2 07 0001 0003 't/#'")
                .send(version == MqttVersion.MQTT_5 ? "B0 04 0001 00 00" : "B0 02 0001")
                .send("40 02 07D0")
                .send("50 02 07D1")
                .expect("62 02 07D1")
                .send("62 02 07D2")
                .expect("70 02 07D2")
                .send("70 02 07D3")
                .isStillThere();
    }

    @Test
    void a_qos_0_message_waits_for_the_connection_that_is_being_made() throws IOException {
        EmbeddedBroker broker = bridged(MqttVersion.MQTT_3_1_1, Direction.BOTH, Qos.EXACTLY_ONCE);
        Link link = new Link(remote.accept());
        open.add(link);
        link.expect("10 0D 0004 'MQTT' 84 00 003C 0001 'b'");
        try (Neighbour near = Neighbour.at(broker.port())) {
            near.says("t/a", "x", 0, false);
            near.says("other", "the broker has read what came before", 1, false);
        }

        link.send("20 02 00 00").expect(subscribe(MqttVersion.MQTT_3_1_1, 1)).expect("30 06 0003 't/a' 'x'");
    }

    @Test
    void a_broken_packet_ends_the_connection_without_a_word() throws IOException {
        bridged(MqttVersion.MQTT_5, Direction.BOTH, Qos.EXACTLY_ONCE);
        accepted(MqttVersion.MQTT_5)
                .expect(subscribe(MqttVersion.MQTT_5, 1))
                .send("32 0C 0006 '++++++' 0004 00 33")
                .isClosed();
    }

    @Test
    @ResourceLock(Resources.SYSTEM_ERR)
    void a_connection_that_the_remote_broker_resets_is_no_error() throws IOException {
        PrintStream before = System.err;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
        try {
            bridged(MqttVersion.MQTT_3_1_1, Direction.BOTH, Qos.EXACTLY_ONCE);
            accepted(MqttVersion.MQTT_3_1_1)
                    .expect(subscribe(MqttVersion.MQTT_3_1_1, 1))
                    .reset();
            accepted(MqttVersion.MQTT_3_1_1);
        } finally {
            System.setErr(before);
        }

        assertThat(logged.toString(StandardCharsets.UTF_8)).doesNotContain("breaks off", "SocketException");
    }

    /** The remote broker's end of one connection. */
    private static final class Link implements AutoCloseable {

        private final Socket socket;

        Link(Socket socket) throws IOException {
            this.socket = socket;
            socket.setSoTimeout(PATIENCE_MILLIS);
        }

        Link send(String script) throws IOException {
            socket.getOutputStream().write(bytes(script));
            return this;
        }

        Link expect(String script) throws IOException {
            byte[] expected = bytes(script);
            byte[] read = socket.getInputStream().readNBytes(expected.length);
            assertThat(HexFormat.of().formatHex(read)).isEqualTo(HexFormat.of().formatHex(expected));
            return this;
        }

        /** As Mosquitto's tests look whether nothing else was sent: a bridge answers PINGREQ. */
        void isStillThere() throws IOException {
            send("C0 00").expect("D0 00");
        }

        void isClosed() throws IOException {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }

        private static byte[] bytes(String script) {
            StringBuilder hex = new StringBuilder();
            String[] parts = script.split("'", -1);
            for (int i = 0; i < parts.length; i++) {
                hex.append(
                        i % 2 == 0
                                ? parts[i].replace(" ", "")
                                : HexFormat.of().formatHex(parts[i].getBytes(StandardCharsets.UTF_8)));
            }
            return HexFormat.of().parseHex(hex);
        }
    }
}
