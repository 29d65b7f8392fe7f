package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.broker.tls.OpenSsl;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.ReasonCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Where listeners listen: unix sockets, interfaces, families and host names. */
@Timeout(60)
@ExtendWith(LeakExtension.class)
class SocketsTest {

    private static final String LOOPBACK_IPV6 = "::1";

    @TempDir
    Path directory;

    private static EmbeddedBroker start(ListenerConfig listener) {
        return EmbeddedBroker.builder().listener(listener).allowAnonymous().start();
    }

    private static boolean takesConnections(String address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(address), port), 2000);
            socket.setSoTimeout(5000);
            try (RawClient client = RawClient.on(socket, MqttVersion.MQTT_5)) {
                client.connected("c");
                return true;
            }
        } catch (IOException | AssertionError e) {
            return false;
        }
    }

    private static void requireIpv6() throws IOException {
        boolean there = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .anyMatch(address -> address instanceof Inet6Address && address.isLoopbackAddress());
        Assumptions.assumeTrue(there, "this machine has no IPv6");
    }

    private static NetworkInterface loopback() throws IOException {
        return NetworkInterface.networkInterfaces()
                .filter(candidate -> candidate.inetAddresses().anyMatch(InetAddress::isLoopbackAddress))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void all_addresses_are_those_of_ipv4_and_ipv6() throws IOException {
        requireIpv6();
        try (EmbeddedBroker broker = start(ListenerConfig.builder()
                .bindAddress(ListenerConfig.ALL_ADDRESSES)
                .build())) {
            assertThat(takesConnections("127.0.0.1", broker.port())).isTrue();
            assertThat(takesConnections(LOOPBACK_IPV6, broker.port())).isTrue();
            assertThat(broker.uri()).isEqualTo("mqtt://localhost:" + broker.port());
        }
    }

    @Test
    void one_family_can_be_chosen() throws IOException {
        requireIpv6();
        ListenerConfig.Builder all = ListenerConfig.builder().bindAddress(ListenerConfig.ALL_ADDRESSES);
        try (EmbeddedBroker ipv4 =
                        start(all.socketDomain(StandardProtocolFamily.INET).build());
                EmbeddedBroker ipv6 =
                        start(all.socketDomain(StandardProtocolFamily.INET6).build())) {
            assertThat(takesConnections("127.0.0.1", ipv4.port())).isTrue();
            assertThat(takesConnections(LOOPBACK_IPV6, ipv4.port())).isFalse();
            assertThat(takesConnections("127.0.0.1", ipv6.port())).isFalse();
            assertThat(takesConnections(LOOPBACK_IPV6, ipv6.port())).isTrue();
        }
    }

    @Test
    void the_address_of_all_ipv4_is_not_that_of_ipv6() throws IOException {
        requireIpv6();
        try (EmbeddedBroker ipv4 =
                        start(ListenerConfig.builder().bindAddress("0.0.0.0").build());
                EmbeddedBroker ipv6 =
                        start(ListenerConfig.builder().bindAddress("::").build())) {
            assertThat(takesConnections(LOOPBACK_IPV6, ipv4.port())).isFalse();
            assertThat(takesConnections("127.0.0.1", ipv6.port())).isFalse();
        }
    }

    @Test
    void an_interface_is_bound_at_its_addresses_with_one_port_and_one_limit() throws IOException {
        try (EmbeddedBroker broker = start(ListenerConfig.builder()
                .bindAddress(ListenerConfig.ALL_ADDRESSES)
                .bindInterface(loopback().getName())
                .maxConnections(1)
                .build())) {
            assertThat(broker.addresses()).extracting(BoundAddress::host).isSubsetOf("127.0.0.1", LOOPBACK_IPV6);
            assertThat(broker.addresses()).extracting(BoundAddress::port).containsOnly(broker.port());
            assertThat(broker.addresses())
                    .extracting(BoundAddress::uri)
                    .isSubsetOf("mqtt://127.0.0.1:" + broker.port(), "mqtt://[::1]:" + broker.port());
            try (RawClient first = RawClient.v5(broker).connected("first")) {
                assertThat(broker.addresses()).allMatch(address -> !takesConnections(address.host(), address.port()));
                first.ping();
            }
        }
    }

    @Test
    void who_hangs_up_and_comes_back_at_once_finds_room() {
        // The end of one connection and the beginning of the next are seen by different event loops.
        try (EmbeddedBroker broker = EmbeddedBroker.builder()
                .listener(ListenerConfig.builder().maxConnections(1).build())
                .allowAnonymous()
                .configure(config -> config.workerThreads(4))
                .start()) {
            for (int i = 0; i < 200; i++) {
                try (RawClient client = RawClient.v5(broker)) {
                    client.connected("again " + i);
                }
            }
        }
    }

    @Test
    void who_finds_no_room_within_a_moment_is_refused_and_however_many_come_nobody_is_disturbed() {
        try (EmbeddedBroker broker =
                        start(ListenerConfig.builder().maxConnections(1).build());
                RawClient first = RawClient.v5(broker).connected("first")) {
            List<RawClient> crowd = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                crowd.add(RawClient.v5(broker));
            }

            first.ping();
            crowd.forEach(RawClient::expectClosed);
            crowd.forEach(RawClient::close);
            first.ping();
        }
    }

    @Test
    void who_was_told_goodbye_has_no_place_any_more_even_without_hanging_up() {
        try (EmbeddedBroker broker = EmbeddedBroker.builder()
                        .listener(ListenerConfig.builder().maxConnections(1).build())
                        .start();
                RawClient lingers = RawClient.v5(broker)) {
            assertThat(lingers.connect("lingers", "nobody", "wrong")
                            .reasonCode()
                            .isError())
                    .isTrue();
            for (int i = 0; i < 5; i++) {
                try (RawClient next = RawClient.v5(broker)) {
                    assertThat(next.connect("next " + i, "nobody", "wrong").reasonCode())
                            .as("an answer, and not that there is no room")
                            .isEqualTo(ReasonCode.NOT_AUTHORIZED);
                }
            }
            lingers.expectClosed();
        }
    }

    @Test
    void an_interface_that_is_not_there_or_not_at_the_address_stops_the_start() throws IOException {
        String name = loopback().getName();
        assertThatThrownBy(() ->
                        start(ListenerConfig.builder().bindInterface("nothing0").build()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Interface nothing0 does not exist.");
        assertThatThrownBy(() -> start(ListenerConfig.builder()
                        .bindAddress("192.0.2.77")
                        .bindInterface(name)
                        .build()))
                .hasMessage(
                        "Interface address for " + name + " does not match specified listener address (192.0.2.77).");
    }

    @Test
    void a_host_name_is_bound_at_all_its_addresses() throws IOException {
        int addresses = InetAddress.getAllByName("localhost").length;
        try (EmbeddedBroker broker =
                start(ListenerConfig.builder().bindAddress("localhost").build())) {
            assertThat(broker.addresses()).hasSize(addresses);
            assertThat(broker.addresses()).allMatch(address -> takesConnections(address.host(), address.port()));
        }
        assertThatThrownBy(() -> start(ListenerConfig.builder()
                        .bindAddress("no-such-host.invalid")
                        .build()))
                .hasMessage("creating listener: no-such-host.invalid: Name or service not known.");
    }

    @Test
    void a_unix_socket_serves_mosquittos_clients_and_leaves_nothing_behind() throws IOException {
        OpenSsl.require("mosquitto_pub");
        Path path = directory.resolve("mqtt.sock");
        Events events = new Events();
        try (EmbeddedBroker broker = EmbeddedBroker.builder()
                .listener(ListenerConfig.unix(path))
                .allowAnonymous()
                .brokerListener(events)
                .start()) {
            assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rwxrwx---"));
            assertThat(broker.addresses()).extracting(BoundAddress::uri).containsExactly("unix:" + path);

            MosquittoClient.Outcome outcome = MosquittoClient.run(
                    "mosquitto_pub", "--unix", path.toString(), "-q", "2", "-t", "t", "-m", "x".repeat(100_000));

            assertThat(outcome).isEqualTo(new MosquittoClient.Outcome(0, ""));
            assertThat(events.connected)
                    .singleElement()
                    .satisfies(client -> assertThat(client.remoteAddress()).isEqualTo(path + ":0"));
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void a_unix_socket_that_was_left_behind_is_replaced_and_nothing_else_is() throws IOException {
        Path left = directory.resolve("left.sock");
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(left));
        }
        assertThat(left).exists();
        EmbeddedBroker broker = start(ListenerConfig.unix(left));
        broker.close();

        Path file = Files.writeString(directory.resolve("precious"), "data");
        assertThatThrownBy(() -> start(ListenerConfig.unix(file)))
                .hasMessage("cannot listen on unix socket " + file + ": there is something else than a socket");
        assertThat(file).hasContent("data");
    }

    @Test
    void a_unix_socket_whose_path_is_too_long_or_not_writable_stops_the_start() {
        for (Path path : List.of(directory.resolve("x".repeat(120)), directory.resolve("nothing/mqtt.sock"))) {
            assertThatThrownBy(() -> start(ListenerConfig.unix(path)))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("cannot listen on unix socket " + path + ": ");
        }
    }

    @Test
    void websocket_goes_over_a_unix_socket_as_well() throws IOException {
        Path path = directory.resolve("ws.sock");
        ListenerConfig listener = ListenerConfig.builder()
                .protocol(ListenerProtocol.WEBSOCKETS)
                .unixSocketPath(path)
                .build();
        try (EmbeddedBroker broker = start(listener);
                SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            channel.write(ByteBuffer.wrap(String.join(
                            "\r\n",
                            "GET /mqtt HTTP/1.1",
                            "Host: x",
                            "Upgrade: websocket",
                            "Connection: Upgrade",
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                            "Sec-WebSocket-Version: 13",
                            "Sec-WebSocket-Protocol: mqtt",
                            "\r\n")
                    .getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(12);
            while (answer.hasRemaining() && channel.read(answer) >= 0) {
                // The status line comes in as many pieces as it likes.
            }
            assertThat(new String(answer.array(), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 101");
            assertThat(broker.addresses()).hasSize(1);
        }
    }
}
