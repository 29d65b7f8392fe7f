package io.alicia.mqtt.client.hivemq;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.TransportOptions;
import io.reactivex.rxjava3.observers.TestObserver;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The first connection to a session that another process has left, seen from the server's side of the socket. */
@Timeout(30)
class SessionTakeoverTest {

    private static final int RECEIVE_MAXIMUM = 3;

    /** Session Present, success, and the Receive Maximum alone. */
    private static final byte[] CONNACK = {0x20, 6, 1, 0, 3, 0x21, 0, RECEIVE_MAXIMUM};

    private ServerSocket server;
    private MqttTransport transport;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        server.setSoTimeout(10_000);
        transport = new HiveMqTransportProvider()
                .create(TransportOptions.builder()
                        .version(MqttVersion.MQTT_5)
                        .clientIdentifier("heir")
                        .build());
    }

    @AfterEach
    void close() throws IOException {
        transport.close().blockingAwait();
        server.close();
    }

    @Test
    void frees_the_packet_identifiers_that_the_server_lets_it_use_before_anything_else() throws IOException {
        TestObserver<MqttConnection> connecting = connect();
        try (Socket socket = server.accept()) {
            DataInputStream in = accept(socket);
            List<Integer> freed = new ArrayList<>();
            for (int i = 0; i < RECEIVE_MAXIMUM; i++) {
                freed.add(pubrel(in));
            }
            connecting.assertNotComplete();
            for (int identifier : freed) {
                // 0x92: there was none
                socket.getOutputStream().write(new byte[] {0x70, 3, 0, (byte) identifier, (byte) 0x92});
            }

            connecting.awaitDone(5, TimeUnit.SECONDS).assertComplete();
            assertThat(freed)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, RECEIVE_MAXIMUM).boxed().toList());
        }
    }

    @Test
    void does_not_wait_for_a_server_that_does_not_answer_that() throws IOException {
        TestObserver<MqttConnection> connecting = connect();
        try (Socket socket = server.accept()) {
            accept(socket);

            connecting.awaitDone(5, TimeUnit.SECONDS).assertComplete();
        }
    }

    @Test
    void goes_without_it_the_next_time_if_a_server_hangs_up_at_that() throws IOException {
        TestObserver<MqttConnection> first = connect();
        try (Socket socket = server.accept()) {
            pubrel(accept(socket));
        }
        first.awaitDone(5, TimeUnit.SECONDS).assertError(ConnectFailedException.class);

        TestObserver<MqttConnection> second = connect();
        try (Socket socket = server.accept()) {
            accept(socket);

            second.awaitDone(5, TimeUnit.SECONDS).assertComplete();
        }
    }

    private TestObserver<MqttConnection> connect() {
        return transport
                .connect(ConnectRequest.builder()
                        .server(ServerAddress.of("mqtt://127.0.0.1:" + server.getLocalPort()))
                        .sessionExpiryInterval(Duration.ofMinutes(5))
                        .build())
                .test();
    }

    private static DataInputStream accept(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        assertThat(in.readUnsignedByte()).as("CONNECT").isEqualTo(0x10);
        in.readFully(new byte[in.readUnsignedByte()]);
        socket.getOutputStream().write(CONNACK);
        return in;
    }

    /** The identifier of the next packet. */
    private static int pubrel(DataInputStream in) throws IOException {
        assertThat(in.readUnsignedByte()).as("PUBREL").isEqualTo(0x62);
        assertThat(in.readUnsignedByte()).as("remaining length").isEqualTo(2);
        return in.readUnsignedShort();
    }
}
