package io.alicia.mqtt.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client of the cases makes of the end of a connection. */
class RawClientTest {

    private static final String PUBLISH = "300400017478";

    /** Connected to a peer that sends these bytes and closes. */
    private static RawClient heardAndClosed(String hex) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RawClient client = new RawClient(server.getLocalPort());
            try (Socket peer = server.accept()) {
                peer.getOutputStream().write(Wire.hex(hex));
            }
            return client;
        }
    }

    @Test
    void an_end_behind_a_packet_is_an_end() throws IOException {
        try (RawClient client = heardAndClosed(PUBLISH)) {
            assertThat(client.receive("PUBLISH").type()).isEqualTo(Frame.PUBLISH);
            client.expectClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "3084", "3004", "30040001"})
    void an_end_within_a_packet_fails_and_shows_what_came(String torn) throws IOException {
        try (RawClient client = heardAndClosed(torn)) {
            assertThatThrownBy(client::expectClosed)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("within a packet: " + torn);
        }
    }
}
