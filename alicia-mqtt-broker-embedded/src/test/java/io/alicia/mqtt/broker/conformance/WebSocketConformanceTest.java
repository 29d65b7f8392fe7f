package io.alicia.mqtt.broker.conformance;

import static io.alicia.mqtt.broker.conformance.Wire.concat;
import static io.alicia.mqtt.broker.conformance.Wire.hex;
import static io.alicia.mqtt.broker.conformance.Wire.u16;
import static io.alicia.mqtt.broker.conformance.Wire.u8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** MQTT over WebSocket, its frames written by hand (§6). */
class WebSocketConformanceTest extends ConformanceTest {

    private static final int BINARY = 0x82;
    private static final int TEXT = 0x81;
    private static final int FIRST_BINARY = 0x02;
    private static final int LAST_CONTINUATION = 0x80;
    private static final int CLOSE = 0x88;

    private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();

    private final List<HttpUpgrade> sockets = new ArrayList<>();

    WebSocketConformanceTest(BrokerKind kind) {
        super(kind);
    }

    private HttpUpgrade upgrade() {
        HttpUpgrade socket = new HttpUpgrade(broker().webSocketPort());
        sockets.add(socket);
        return socket;
    }

    @AfterEach
    void close_sockets() {
        sockets.forEach(HttpUpgrade::close);
    }

    /** A masked frame, as clients send them. */
    private static byte[] frame(int firstByte, byte[] payload) {
        byte[] mask = hex("37FA213D");
        byte[] masked = payload.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= mask[i % 4];
        }
        byte[] length = payload.length < 126 ? u8(0x80 | payload.length) : concat(u8(0x80 | 126), u16(payload.length));
        return concat(u8(firstByte), length, mask, masked);
    }

    /** Reads frames until {@code size} bytes of MQTT are there. */
    private byte[] read(HttpUpgrade socket, int size) {
        while (arrived.size() < size) {
            arrived.writeBytes(socket.binaryFrame());
        }
        byte[] all = arrived.toByteArray();
        arrived.reset();
        arrived.write(all, size, all.length - size);
        return Arrays.copyOf(all, size);
    }

    private static int connackSize(Version version, byte[] head) {
        return version.is5() ? 2 + head[1] : 4;
    }

    private void expectConnack(HttpUpgrade socket, Version version) {
        byte[] head = read(socket, 2);
        assertThat(head[0]).isEqualTo((byte) 0x20);
        byte[] rest = read(socket, connackSize(version, head) - 2);
        assertThat(rest[1]).as("Reason Code").isZero();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-6.0.0-1", "MQTT-6.0.0-3", "MQTT-6.0.0-4", "MQTT-4.2.0-1"},
            mqtt311 = {"MQTT-6.0.0-1", "MQTT-6.0.0-3", "MQTT-6.0.0-4", "MQTT-7.0.0-2"})
    void the_broker_selects_the_subprotocol_mqtt_and_answers_in_binary_frames(Version version) {
        HttpUpgrade socket = upgrade();
        assertThat(socket.header("Sec-WebSocket-Protocol")).isEqualTo("mqtt");

        socket.send(frame(BINARY, connecting(version, "c").bytes()));
        expectConnack(socket, version);
        socket.send(frame(BINARY, hex("C000")));

        assertThat(read(socket, 2)).isEqualTo(hex("D000"));
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-6.0.0-2", mqtt311 = "MQTT-6.0.0-2")
    void packets_need_not_line_up_with_frames(Version version) {
        HttpUpgrade socket = upgrade();
        byte[] connect = connecting(version, "c").bytes();
        for (byte b : connect) {
            socket.send(frame(BINARY, new byte[] {b}));
        }
        expectConnack(socket, version);

        socket.send(frame(BINARY, hex("C000 C000 C0")));
        assertThat(read(socket, 4)).isEqualTo(hex("D000 D000"));
        socket.send(
                frame(BINARY, hex("00 C0")), frame(FIRST_BINARY, hex("00 C0")), frame(LAST_CONTINUATION, hex("00")));
        assertThat(read(socket, 6)).isEqualTo(hex("D000 D000 D000"));
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-6.0.0-1", mqtt311 = "MQTT-6.0.0-1")
    @MosquittoDiffers("it takes text frames for binary ones")
    void a_text_frame_ends_the_connection(Version version) {
        HttpUpgrade socket = upgrade();
        socket.send(frame(BINARY, connecting(version, "c").bytes()));
        expectConnack(socket, version);

        socket.send(frame(TEXT, hex("C000")));

        socket.expectEndOrClosing(CLOSE);
    }
}
