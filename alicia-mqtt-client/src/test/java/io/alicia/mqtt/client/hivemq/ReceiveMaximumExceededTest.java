package io.alicia.mqtt.client.hivemq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.TransportOptions;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that sends its whole queue past the Receive Maximum, as Mosquitto 2.0.11 does. */
@Timeout(30)
class ReceiveMaximumExceededTest {

    private static final int RECEIVE_MAXIMUM = 2;
    private static final int SENT = 20;
    private static final byte[] CONNACK = {0x20, 3, 0, 0, 0};

    private final PrintStream usual = System.err;
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private ServerSocket server;
    private MqttTransport transport;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        server.setSoTimeout(10_000);
        transport = new HiveMqTransportProvider()
                .create(TransportOptions.builder()
                        .version(MqttVersion.MQTT_5)
                        .clientIdentifier("flooded")
                        .build());
        System.setErr(new PrintStream(logged, true, UTF_8));
    }

    @AfterEach
    void close() throws IOException {
        System.setErr(usual);
        transport.close().blockingAwait();
        server.close();
    }

    @Test
    void is_told_once_and_not_for_each_message() throws IOException {
        TestSubscriber<Delivery> deliveries = transport.deliveries().test();
        TestObserver<DisconnectCause> closed = transport
                .connect(ConnectRequest.builder()
                        .server(ServerAddress.of("mqtt://127.0.0.1:" + server.getLocalPort()))
                        .cleanStart(true)
                        .receiveMaximum(RECEIVE_MAXIMUM)
                        .build())
                .flatMap(MqttConnection::closed)
                .test();
        try (Socket socket = server.accept()) {
            skipConnect(socket);
            socket.getOutputStream().write(CONNACK);
            socket.getOutputStream().write(publishes());

            closed.awaitDone(5, TimeUnit.SECONDS)
                    .assertValue(cause -> cause.reasonCode()
                            .filter(ReasonCode.RECEIVE_MAXIMUM_EXCEEDED::equals)
                            .isPresent());
        }

        deliveries.assertValueCount(RECEIVE_MAXIMUM);
        assertThat(logged.toString(UTF_8).lines().filter(line -> line.contains("ERROR")))
                .singleElement()
                .asString()
                .contains("than allowed by receive maximum (2)");
    }

    private static void skipConnect(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        assertThat(in.readUnsignedByte()).as("CONNECT").isEqualTo(0x10);
        in.readFully(new byte[in.readUnsignedByte()]);
    }

    /** QoS 1, to the topic {@code t}, with the Packet Identifiers from 1 on, no property and no payload; in one piece. */
    private static byte[] publishes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int identifier = 1; identifier <= SENT; identifier++) {
            all.writeBytes(new byte[] {0x32, 6, 0, 1, 't', 0, (byte) identifier, 0});
        }
        return all.toByteArray();
    }
}
