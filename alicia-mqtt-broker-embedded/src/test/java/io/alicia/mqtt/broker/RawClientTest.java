package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.broker.protocol.Publish;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client of many tests makes of the end of a connection. */
class RawClientTest {

    /** Connected to a peer that sends these bytes and closes. */
    private static RawClient heardAndClosed(String hex) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RawClient client = RawClient.at(server.getLocalPort());
            try (Socket peer = server.accept()) {
                peer.getOutputStream().write(HexFormat.of().parseHex(hex));
            }
            return client;
        }
    }

    @Test
    void an_end_behind_a_packet_is_an_end() throws IOException {
        try (RawClient client = heardAndClosed("30050001740078")) {
            client.receive(Publish.class);
            client.expectClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "3085", "3005", "300500017400"})
    void an_end_within_a_packet_fails_and_shows_what_came(String torn) throws IOException {
        try (RawClient client = heardAndClosed(torn)) {
            assertThatThrownBy(client::expectClosed)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("within a packet: " + torn);
        }
    }
}
