package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.ReasonCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers byte by byte as in the PROXY protocol's specification, and what Mosquitto 2.1 documents to make of them. */
@Timeout(60)
@ExtendWith(LeakExtension.class)
class ProxyProtocolTest {

    private static final String SIGNATURE = "0D0A0D0A000D0A515549540A";
    /** 192.0.2.5:6275 to 192.0.2.6:1883. */
    private static final String IPV4 = "C0000205" + "C0000206" + "1883" + "075B";
    /** [2001:db8::5]:6275 to [2001:db8::6]:1883. */
    private static final String IPV6 =
            "20010DB8000000000000000000000005" + "20010DB8000000000000000000000006" + "1883" + "075B";

    private final Events events = new Events();

    private EmbeddedBroker start(ListenerConfig.Builder listener) {
        return EmbeddedBroker.builder()
                .listener(listener.build())
                .allowAnonymous()
                .brokerListener(events)
                .start();
    }

    private static ListenerConfig.Builder v1() {
        return ListenerConfig.builder().proxyProtocol(ProxyProtocol.V1);
    }

    private static ListenerConfig.Builder v2() {
        return ListenerConfig.builder().proxyProtocol(ProxyProtocol.V2);
    }

    private static byte[] header(String versionAndCommand, String family, String body) {
        return HexFormat.of()
                .parseHex(SIGNATURE + versionAndCommand + family + String.format("%04X", body.length() / 2) + body);
    }

    /** PP2_TYPE_SSL with its flags, the result of the verification and a common name. */
    private static String tls(int client, int verify, String commonName) {
        String name = HexFormat.of().formatHex(commonName.getBytes(StandardCharsets.UTF_8));
        String inner = "21" + "0007" + HexFormat.of().formatHex("TLSv1.3".getBytes(StandardCharsets.US_ASCII)) + "22"
                + String.format("%04X", name.length() / 2) + name;
        String body = String.format("%02X%08X", client, verify) + inner;
        return "20" + String.format("%04X", body.length() / 2) + body;
    }

    private static RawClient after(EmbeddedBroker broker, byte[] header) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.port());
        socket.getOutputStream().write(header);
        return RawClient.on(socket, MqttVersion.MQTT_5);
    }

    private String addressAfter(EmbeddedBroker broker, byte[] header) throws IOException {
        try (RawClient client = after(broker, header)) {
            client.connected("c");
            return events.connected.remove().remoteAddress();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            PROXY TCP4 192.0.2.5 192.0.2.6 6275 1883     | 192.0.2.5:6275
            PROXY TCP6 2001:db8::5 2001:db8::6 6275 1883 | 2001:db8::5:6275
            """)
    void version_1_tells_the_clients_address(String line, String address) throws IOException {
        try (EmbeddedBroker broker = start(v1())) {
            assertThat(addressAfter(broker, (line + "\r\n").getBytes(StandardCharsets.US_ASCII)))
                    .isEqualTo(address);
            assertThat(events.opened).containsExactly(address);
        }
    }

    @Test
    void version_1_without_an_address_leaves_that_of_the_connection() throws IOException {
        try (EmbeddedBroker broker = start(v1())) {
            assertThat(addressAfter(broker, "PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII)))
                    .startsWith("127.0.0.1:");
        }
    }

    @Test
    void version_2_tells_the_clients_address() throws IOException {
        try (EmbeddedBroker broker = start(v2())) {
            assertThat(addressAfter(broker, header("21", "11", IPV4))).isEqualTo("192.0.2.5:6275");
            assertThat(addressAfter(broker, header("21", "21", IPV6))).isEqualTo("2001:db8::5:6275");
            assertThat(addressAfter(
                            broker,
                            header(
                                    "21",
                                    "31",
                                    HexFormat.of().formatHex("/run/x".getBytes(StandardCharsets.US_ASCII))
                                            + "00".repeat(210))))
                    .isEqualTo("/run/x:0");
        }
    }

    @Test
    void a_header_may_come_in_pieces_and_with_the_packet_behind_it() throws IOException {
        try (EmbeddedBroker broker = start(v2())) {
            byte[] header = header("21", "11", IPV4 + tls(0x01, 0, "hall"));
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
                socket.setTcpNoDelay(true);
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                all.write(header);
                all.write(HexFormat.of().parseHex("100D00044D5154540402003C000177"));
                byte[] bytes = all.toByteArray();
                for (int i = 0; i < bytes.length; i += 7) {
                    socket.getOutputStream().write(bytes, i, Math.min(7, bytes.length - i));
                }
                assertThat(socket.getInputStream().readNBytes(4)).isEqualTo(new byte[] {0x20, 2, 0, 0});
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "100D00044D5154540402003C000177", // MQTT at once
                SIGNATURE + "21" + "11" + "0004" + "C0000205", // too short for addresses
                SIGNATURE + "21" + "12" + "000C" + IPV4, // UDP
                SIGNATURE + "31" + "11" + "000C" + IPV4, // version 3
                SIGNATURE + "21" + "11" + "2000", // longer than anybody needs
            })
    void what_is_no_header_ends_the_connection(String hex) throws IOException {
        try (EmbeddedBroker broker = start(v2());
                RawClient client = after(broker, HexFormat.of().parseHex(hex + "00".repeat(3000)))) {
            client.expectClosed();
            assertThat(events.nextFailure()).startsWith("PROXY_HEADER ").endsWith("corrupt PROXY header");
        }
    }

    @Test
    void the_other_version_ends_the_connection() throws IOException {
        try (EmbeddedBroker broker = start(v1());
                RawClient client = after(broker, header("21", "11", IPV4))) {
            client.expectClosed();
            assertThat(events.nextFailure()).endsWith("corrupt PROXY header");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP3 192.0.2.5 127.0.0.1 6275 1234",
                "PROXY TCP4 192.0.2.5 127.0.0.1 6275",
                "PROXY TCP4 192.0.2.5 127.0.0.1 6275 65536",
                "PROXY TCP4 192.0.2.256 127.0.0.1 6275 1234",
                "PROXY TCP6 192.0.2.5 127.0.0.1 6275 1234",
                // 108 bytes with its end, one more than a line may have.
                "PROXY TCP4 192.0.2.5 127.0.0.1 6275 1234                                                                  ",
            })
    void a_broken_line_of_version_1_ends_the_connection(String line) throws IOException {
        try (EmbeddedBroker broker = start(v1());
                RawClient client = after(broker, (line + "\r\n").getBytes(StandardCharsets.US_ASCII))) {
            client.expectClosed();
            assertThat(events.nextFailure()).startsWith("PROXY_HEADER ").endsWith("corrupt PROXY header");
        }
    }

    @Test
    void what_tls_the_load_balancer_speaks_is_told() throws IOException {
        String cipher = "23" + "0007" + HexFormat.of().formatHex("pqrstuv".getBytes(StandardCharsets.US_ASCII));
        String version = "21" + "0007" + HexFormat.of().formatHex("TLSv1.3".getBytes(StandardCharsets.US_ASCII));
        try (EmbeddedBroker broker = start(v2())) {
            assertThat(addressAfter(
                            broker, header("21", "11", IPV4 + "20" + "0019" + "05" + "00000000" + version + cipher)))
                    .isEqualTo("192.0.2.5:6275");
            assertThat(events.proxied).containsExactly("192.0.2.5:6275 TLSv1.3 pqrstuv");
        }
    }

    /** Mosquitto hangs up on the first two and believes the addresses of the others, which the specification forbids. */
    @ParameterizedTest(name = "family {0}")
    @CsvSource({"00, ''", "00, 040003000000", "11, " + IPV4, "21, " + IPV6, "12, " + IPV4})
    void a_health_check_of_the_load_balancer_is_let_in_with_its_own_address(String family, String body)
            throws IOException {
        try (EmbeddedBroker broker = start(v2())) {
            assertThat(addressAfter(broker, header("20", family, body))).startsWith("127.0.0.1:");
            assertThat(events.failures).isEmpty();
        }
    }

    /** As Mosquitto does, and well before a CONNECT would be missed. */
    @Test
    void a_health_check_that_only_looks_whether_somebody_is_there_is_hung_up_on() throws IOException {
        try (EmbeddedBroker broker = start(v2());
                RawClient client = after(broker, header("20", "00", ""))) {
            client.expectClosed();
        }
    }

    @Test
    void a_health_check_has_no_tls_and_no_certificate_that_could_be_required() throws IOException {
        byte[] check = header("20", "11", IPV4 + tls(0x05, 0, "hall"));
        try (EmbeddedBroker broker = start(v2().proxyProtocolV2RequireTls(true));
                RawClient client = after(broker, check)) {
            client.expectClosed();
            assertThat(events.nextFailure())
                    .startsWith("PROXY_HEADER 127.0.0.1:")
                    .endsWith("did not connect using TLS");
        }
        try (EmbeddedBroker broker = start(v2().requireCertificate(true));
                RawClient client = after(broker, check)) {
            client.expectClosed();
            assertThat(events.nextFailure())
                    .startsWith("PROXY_HEADER 127.0.0.1:")
                    .endsWith("did not provide a certificate");
        }
    }

    @Test
    void tls_at_the_load_balancer_can_be_required() throws IOException {
        try (EmbeddedBroker broker = start(v2().proxyProtocolV2RequireTls(true))) {
            assertThat(addressAfter(broker, header("21", "11", IPV4 + tls(0x01, 0, "hall"))))
                    .isEqualTo("192.0.2.5:6275");
            try (RawClient client = after(broker, header("21", "11", IPV4))) {
                client.expectClosed();
            }
            assertThat(events.nextFailure()).isEqualTo("PROXY_HEADER 192.0.2.5:6275 client did not connect using TLS");
        }
    }

    @ParameterizedTest(name = "flags {0}, verified {1}")
    @CsvSource({"7, 0, true", "5, 0, true", "1, 0, false", "5, 1, false", "6, 0, false"})
    void a_certificate_at_the_load_balancer_can_be_required(int client, int verify, boolean let) throws IOException {
        try (EmbeddedBroker broker = start(v2().requireCertificate(true))) {
            byte[] header = header("21", "11", IPV4 + tls(client, verify, "hall"));
            if (let) {
                assertThat(addressAfter(broker, header)).isEqualTo("192.0.2.5:6275");
            } else {
                try (RawClient refused = after(broker, header)) {
                    refused.expectClosed();
                }
                assertThat(events.nextFailure())
                        .isEqualTo("PROXY_HEADER 192.0.2.5:6275 client did not provide a certificate");
            }
        }
    }

    @Test
    void the_common_name_of_a_required_certificate_is_the_account() throws IOException {
        ListenerConfig.Builder listener = v2().requireCertificate(true).useIdentityAsUsername(true);
        try (EmbeddedBroker broker = start(listener)) {
            try (RawClient client = after(broker, header("21", "11", IPV4 + tls(0x05, 0, "hall")))) {
                assertThat(client.connect("c", "somebody else", "x").reasonCode())
                        .isEqualTo(ReasonCode.SUCCESS);
                assertThat(events.connected.remove().account()).isEqualTo("hall");
            }
            try (RawClient client = after(broker, header("21", "11", IPV4 + tls(0x05, 0, "")))) {
                assertThat(client.connect("c").reasonCode()).isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
            }
        }
    }

    @Test
    void a_name_that_nobody_had_to_prove_is_not_believed() throws IOException {
        try (EmbeddedBroker broker = start(v2().useIdentityAsUsername(true));
                RawClient client = after(broker, header("21", "11", IPV4 + tls(0x01, 0, "admin")))) {
            assertThat(client.connect("c").reasonCode()).isEqualTo(ReasonCode.SUCCESS);
            assertThat(events.connected.remove().account()).isNull();
        }
    }
}
