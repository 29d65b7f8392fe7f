package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.broker.tls.OpenSsl;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicName;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options of listeners in a {@code mosquitto.conf}, as clients see them on the wire; many beside the real Mosquitto. */
@Timeout(60)
@ExtendWith(LeakExtension.class)
class ListenerOptionsTest {

    private static final String CONNECT_V3_1 = "10 13 00 06 4D 51 49 73 64 70 03 02 00 3C 00 05 61 6C 69 63 65";
    private static final String CONNECT_V3_1_1 = "10 11 00 04 4D 51 54 54 04 02 00 3C 00 05 61 6C 69 63 65";
    private static final String CONNECT_V5 = "10 12 00 04 4D 51 54 54 05 02 00 3C 00 00 05 61 6C 69 63 65";

    @TempDir
    Path directory;

    private BrokerConfig read(String... lines) throws IOException {
        List<String> all = new ArrayList<>(List.of("allow_anonymous true"));
        all.addAll(List.of(lines));
        return BrokerConfig.fromMosquitto(Files.write(directory.resolve("mosquitto.conf"), all));
    }

    private EmbeddedBroker start(String... lines) throws IOException {
        return EmbeddedBroker.start(read(lines));
    }

    private static String listener(int port) {
        return "listener " + port + " 127.0.0.1";
    }

    /** The first four bytes of the answer; fewer if the connection ends before. */
    private static String answer(int port, String hex) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(HexFormat.of().parseHex(hex.replace(" ", "")));
            try {
                return HexFormat.ofDelimiter(" ")
                        .withUpperCase()
                        .formatHex(socket.getInputStream().readNBytes(4));
            } catch (SocketException e) {
                return "";
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            accept_protocol_versions 5       | 20 02 00 01 | 20 02 00 01 | 20
            accept_protocol_versions 4       | 20 02 00 01 | 20 02 00 00 | 20 03 00 84
            accept_protocol_versions 4, 5    | 20 02 00 01 | 20 02 00 00 | 20
            accept_protocol_versions 3       | 20 02 00 00 | 20 02 00 01 | 20 03 00 84
            accept_protocol_versions , 3 , 5 | 20 02 00 00 | 20 02 00 01 | 20
            """)
    void versions_that_are_not_accepted_are_refused_in_their_own_words(
            String option, String v31, String v311, String v5) throws IOException {
        int port = FreePort.find();
        try (EmbeddedBroker broker = start(listener(port), option)) {
            assertThat(broker.port()).isEqualTo(port);
            assertThat(answer(port, CONNECT_V3_1)).isEqualTo(v31);
            assertThat(answer(port, CONNECT_V3_1_1)).isEqualTo(v311);
            assertThat(answer(port, CONNECT_V5)).startsWith(v5);
        }
    }

    @Test
    void versions_of_which_none_is_spoken_let_nobody_in_as_with_mosquitto() throws IOException {
        int port = FreePort.find();
        try (EmbeddedBroker broker = start(listener(port), "accept_protocol_versions 9")) {
            assertThat(broker.port()).isEqualTo(port);
            assertThat(answer(port, CONNECT_V3_1)).isEqualTo("20 02 00 01");
            assertThat(answer(port, CONNECT_V3_1_1)).isEqualTo("20 02 00 01");
            assertThat(answer(port, CONNECT_V5)).isEqualTo("20 03 00 84");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "clientid_prefixes al",
                "clientid_prefixes alice",
                "clientid_prefixes bob",
                "clientid_prefixes alice;use_username_as_clientid true",
                "clientid_prefixes auto-",
            })
    void prefixes_of_client_identifiers_are_asked_for_as_by_mosquitto(String options) throws IOException {
        OpenSsl.require("mosquitto");
        int port = FreePort.find();
        String[] lines = options.replace(";", "\n").lines().toArray(String[]::new);
        List<String> file = new ArrayList<>(List.of("allow_anonymous true", lines[0], listener(port)));
        file.addAll(Arrays.asList(lines).subList(1, lines.length));
        List<String> theirs;
        try (MosquittoBroker mosquitto = MosquittoBroker.start(directory, port, file)) {
            theirs = mosquitto.whileRunning(() -> answers(port));
        }
        try (EmbeddedBroker broker = start(file.toArray(String[]::new))) {
            assertThat(answers(broker.port())).isEqualTo(theirs);
        }
    }

    private static List<String> answers(int port) {
        List<String> answers = new ArrayList<>();
        try {
            answers.add(answer(port, CONNECT_V3_1_1));
            answers.add(answer(port, "10 0C 00 04 4D 51 54 54 04 02 00 3C 00 00"));
            answers.add(answer(port, "10 15 00 04 4D 51 54 54 04 82 00 3C 00 05 61 6C 69 63 65 00 02 62 6F"));
            // Of MQTT 5 only success or not and the code: the properties differ between versions of Mosquitto.
            answers.add(answer(port, CONNECT_V5).substring(6));
            answers.add(
                    answer(port, "10 0D 00 04 4D 51 54 54 05 02 00 3C 00 00 00").substring(6));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return answers;
    }

    @Test
    void assigned_client_identifiers_begin_with_the_listeners_prefix() throws IOException {
        int first = FreePort.find();
        int second = FreePort.find();
        try (EmbeddedBroker broker =
                start("auto_id_prefix house-", listener(first), "listener_auto_id_prefix hall-", listener(second))) {
            try (RawClient hall = RawClient.at(first);
                    RawClient house = RawClient.at(second)) {
                assertThat(hall.connect("").properties().assignedClientIdentifier())
                        .startsWith("hall-");
                assertThat(house.connect("").properties().assignedClientIdentifier())
                        .startsWith("house-");
            }
            assertThat(broker.addresses()).hasSize(2);
        }
    }

    @Test
    void a_missing_client_identifier_is_allowed_for_each_listener_on_its_own() throws IOException {
        int first = FreePort.find();
        int second = FreePort.find();
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.fromMosquitto(Files.writeString(
                        directory.resolve("own.conf"),
                        "per_listener_settings true\n" + listener(first)
                                + "\nallow_anonymous true\nallow_zero_length_clientid false\n" + listener(second)
                                + "\nallow_anonymous true\n")));
                RawClient refused = RawClient.at(first);
                RawClient let = RawClient.at(second)) {
            assertThat(refused.connect("").reasonCode()).isEqualTo(ReasonCode.UNSPECIFIED_ERROR);
            assertThat(let.connect("").reasonCode()).isEqualTo(ReasonCode.SUCCESS);
            assertThat(broker.addresses()).hasSize(2);
        }
    }

    @Test
    void a_mount_point_and_a_limit_hold_for_their_listener_alone() throws IOException {
        int mounted = FreePort.find();
        int plain = FreePort.find();
        try (EmbeddedBroker broker =
                        start(listener(mounted), "mount_point hall/", "max_connections 1", listener(plain));
                RawClient inside = RawClient.at(mounted).connected("inside");
                RawClient outside = RawClient.at(plain).connected("outside").subscribed("hall/#", Qos.AT_MOST_ONCE)) {
            inside.publish("lamp", "on", Qos.AT_MOST_ONCE, false, 0);
            assertThat(outside.receivePublish().topic()).isEqualTo(TopicName.of("hall/lamp"));
            try (RawClient second = RawClient.at(mounted)) {
                second.expectClosed();
            }
            assertThat(broker.counters().connectionsOpened().sum()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"'', true", "set_tcp_nodelay true, true", "set_tcp_nodelay false, false"})
    void small_segments_wait_only_if_it_is_asked_for(String option, boolean nodelay) throws IOException {
        assertThat(read("listener 1883", option).tcpNodelay()).isEqualTo(nodelay);
    }

    /** The status of a request for an upgrade, 0 if the connection ends without one. */
    private static int upgrade(int port, String path, String headers) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nUpgrade: websocket\r\n"
                                    + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                    + "Sec-WebSocket-Version: 13\r\n" + headers.replace(";", "\r\n") + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] status = new DataInputStream(socket.getInputStream()).readNBytes(12);
            return status.length < 12
                    ? 0
                    : Integer.parseInt(new String(status, StandardCharsets.US_ASCII).substring(9));
        } catch (SocketException e) {
            return 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            /                | Sec-WebSocket-Protocol: mqtt
            /mqtt            | Sec-WebSocket-Protocol: mqtt
            /any/path?a=b    | Sec-WebSocket-Protocol: mqtt
            /                | Sec-WebSocket-Protocol: mqttv3.1
            /                | Sec-WebSocket-Protocol: chat, mqtt
            /                | Sec-WebSocket-Protocol: chat
            """)
    void a_websocket_is_taken_where_mosquitto_takes_it(String path, String headers) throws IOException {
        OpenSsl.require("mosquitto");
        int plain = FreePort.find();
        int port = FreePort.find();
        List<String> file = List.of(
                "allow_anonymous true", listener(plain), listener(port), "protocol websockets", "socket_domain ipv4");
        boolean theirs;
        try (MosquittoBroker mosquitto = MosquittoBroker.start(directory, port, file)) {
            theirs = mosquitto.whileRunning(() -> upgrade(port, path, headers) == 101);
        }
        try (EmbeddedBroker broker = start(file.toArray(String[]::new))) {
            assertThat(upgrade(broker.webSocketPort(), path, headers) == 101).isEqualTo(theirs);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Origin: https://house.example:8443 | 101
            Origin: http://house.example       | 101
            Origin: https://house.example      | 0
            Origin: https://evil.example       | 0
            Origin: null                       | 0
            X-Nothing: no browser              | 101
            """)
    void websockets_of_other_origins_are_refused_without_a_word(String origin, int status) throws IOException {
        int port = FreePort.find();
        try (EmbeddedBroker broker = start(
                listener(port),
                "protocol websockets",
                "websockets_origin https://house.example:8443",
                "websockets_origin http://house.example")) {
            assertThat(upgrade(broker.webSocketPort(), "/", origin + ";Sec-WebSocket-Protocol: mqtt"))
                    .isEqualTo(status);
        }
    }

    /** Mosquitto's 13-websocket-bad-origin and 21-proxy-v2-websockets compare the answer byte by byte. */
    @Test
    void the_answer_to_an_upgrade_is_mosquittos() throws IOException {
        try (EmbeddedBroker broker =
                        EmbeddedBroker.builder().webSocket(0).allowAnonymous().start();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.webSocketPort())) {
            socket.setSoTimeout(5000);
            String request = """
                    GET /mqtt HTTP/1.1
                    Host: localhost
                    Upgrade: websocket
                    Connection: Upgrade
                    Sec-WebSocket-Key: 1JaITHdgDZVd/4OE2AzTTA==
                    Sec-WebSocket-Protocol: mqtt
                    Sec-WebSocket-Version: 13

                    """.replace("\n", "\r\n");
            String expected = """
                    HTTP/1.1 101 Switching Protocols
                    Upgrade: WebSocket
                    Connection: Upgrade
                    Sec-WebSocket-Accept: Ako91O0lxiq8gN0+b9YCijMx8lk=
                    Sec-WebSocket-Protocol: mqtt

                    """.replace("\n", "\r\n");

            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

            byte[] answer = socket.getInputStream().readNBytes(expected.length());
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-WebSocket-Version: 8\r\n",
                "Sec-WebSocket-Version: 7\r\n",
                "Sec-WebSocket-Version: 14\r\n",
                "Sec-WebSocket-Version: 130\r\n",
                "Sec-WebSocket-Version: x\r\n",
                "Sec-WebSocket-Version:\r\n",
                ""
            })
    void a_websocket_of_another_version_is_told_which_would_do(String version) throws IOException {
        try (EmbeddedBroker broker =
                        EmbeddedBroker.builder().webSocket(0).allowAnonymous().start();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.webSocketPort())) {
            socket.setSoTimeout(5000);

            socket.getOutputStream()
                    .write(("GET /mqtt HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: mqtt\r\n"
                                    + version + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 426 Upgrade Required\r\n");
            assertThat(answer.toLowerCase(Locale.ROOT).lines())
                    .contains("sec-websocket-version: 13", "upgrade: websocket", "connection: close");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /mqtt HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: a\r\n",
                "GET /mqtt HTTP/1.1\r\nUpgrade: websocket\r\nConnection: keep-alive\r\nSec-WebSocket-Key: a\r\n",
                "GET /mqtt HTTP/1.1\r\nUpgrade: websockets\r\nConnection: Upgrade\r\nSec-WebSocket-Key: a\r\n",
                "GET /mqtt HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n",
            })
    void what_is_no_handshake_of_websocket_is_a_bad_request(String head) throws IOException {
        try (EmbeddedBroker broker =
                        EmbeddedBroker.builder().webSocket(0).allowAnonymous().start();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.webSocketPort())) {
            socket.setSoTimeout(5000);

            socket.getOutputStream()
                    .write((head + "Host: localhost\r\nSec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Protocol: mqtt\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 400 Bad Request\r\n");
        }
    }

    @Test
    void a_websocket_at_another_path_than_the_programs_is_refused() {
        try (EmbeddedBroker broker =
                EmbeddedBroker.builder().webSocket(0).allowAnonymous().start()) {
            assertThat(upgrade(broker.webSocketPort(), "/mqtt?token=x", "Sec-WebSocket-Protocol: mqtt"))
                    .isEqualTo(101);
            assertThat(upgrade(broker.webSocketPort(), "/other", "Sec-WebSocket-Protocol: mqtt"))
                    .isEqualTo(404);
            assertThat(upgrade(broker.webSocketPort(), "/mqtt", "X-Nothing: at all"))
                    .isEqualTo(400);
        }
    }

    @Test
    void options_that_only_matter_elsewhere_do_not_stop_the_start() throws IOException {
        ListenerConfig listener = read(
                        "listener 1883", "require_certificate true", "websockets_origin https://x", "http_dir /nowhere")
                .listeners()
                .get(0);

        assertThat(listener.requireCertificate()).isFalse();
        assertThat(listener.httpDir()).isEmpty();
        assertThat(listener.acceptProtocolVersions()).containsExactlyInAnyOrder(MqttVersion.values());
    }

    @Test
    void a_connack_for_a_version_that_is_refused_is_of_that_version() throws IOException {
        int port = FreePort.find();
        try (EmbeddedBroker broker = start(listener(port), "accept_protocol_versions 4");
                RawClient client = RawClient.v5(broker)) {
            Connack connack = client.connect("c");

            assertThat(connack.reasonCode()).isEqualTo(ReasonCode.UNSUPPORTED_PROTOCOL_VERSION);
            client.expectClosed();
        }
    }
}
