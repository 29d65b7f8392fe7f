package io.alicia.mqtt.broker.conformance;

import static io.alicia.mqtt.broker.conformance.Wire.concat;
import static io.alicia.mqtt.broker.conformance.Wire.hex;
import static io.alicia.mqtt.broker.conformance.Wire.packet;
import static io.alicia.mqtt.broker.conformance.Wire.properties;
import static io.alicia.mqtt.broker.conformance.Wire.raw;
import static io.alicia.mqtt.broker.conformance.Wire.string;
import static io.alicia.mqtt.broker.conformance.Wire.u16;
import static io.alicia.mqtt.broker.conformance.Wire.u32;
import static io.alicia.mqtt.broker.conformance.Wire.u8;
import static io.alicia.mqtt.broker.conformance.Wire.variable;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** MQTT over WebSocket, its frames written by hand (§6). */
class WebSocketConformanceTest extends ConformanceTest {

    private static final int BINARY = 0x82;
    private static final int TEXT = 0x81;
    private static final int FIRST_BINARY = 0x02;
    private static final int LAST_CONTINUATION = 0x80;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8A;

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
        return concat(u8(firstByte), length(payload.length), mask, masked);
    }

    /** The length of a masked frame. */
    private static byte[] length(int bytes) {
        if (bytes < 126) {
            return u8(0x80 | bytes);
        }
        return bytes <= 0xFFFF ? concat(u8(0x80 | 126), u16(bytes)) : concat(u8(0x80 | 127), u32(0), u32(bytes));
    }

    private HttpUpgrade connected(Version version) {
        HttpUpgrade socket = upgrade();
        socket.send(frame(BINARY, connecting(version, "c").bytes()));
        expectConnack(socket, version);
        return socket;
    }

    private static String text(byte[] frame, int from) {
        return new String(frame, from, frame.length - from, StandardCharsets.UTF_8);
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

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(mqtt5 = "MQTT-6.0.0-2", mqtt311 = "MQTT-6.0.0-2")
    void one_frame_may_hold_packets_that_are_together_larger_than_the_largest_packet(Version version) {
        HttpUpgrade socket = connected(version);
        byte[] section = version.is5() ? properties() : new byte[0];
        byte[][] packets = new byte[3][];
        for (int i = 0; i < packets.length; i++) {
            packets[i] = packet(0x32, string(topic("a")), u16(i + 1), section, new byte[800_000]);
        }

        socket.send(frame(BINARY, concat(packets)));

        for (int i = 0; i < packets.length; i++) {
            byte[] head = read(socket, 2);
            assertThat(head[0]).isEqualTo((byte) 0x40);
            assertThat(read(socket, head[1])).startsWith(u16(i + 1));
        }
    }

    @Test
    @Statement(mqtt5 = {"MQTT-3.2.2-15", "MQTT-4.13.1-1"})
    @MosquittoDiffers("2.0 has no limit by default; 2.1 has 2,000,000 bytes, as this broker")
    void a_packet_above_the_brokers_maximum_is_refused_by_its_header_inside_of_a_frame_too() {
        HttpUpgrade socket = connected(Version.V5);
        byte[] begin = concat(u8(0x30), variable(2_000_000), string(topic("a")));

        socket.send(u8(BINARY), length(2_000_005), new byte[4], begin);

        List<byte[]> frames = socket.framesUpToTheEnd();
        assertThat(frames).extracting(frame -> frame[0]).containsExactly((byte) BINARY, (byte) CLOSE);
        assertThat(frames.get(0)).isEqualTo(concat(u8(BINARY), hex("E0 01 95")));
        assertThat(frames.get(1)).startsWith(concat(u8(CLOSE), u16(1000)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "82 02 C000                                          | 1002 | is not masked",
                "C2 82 00000000 C000                                 | 1002 | reserved bit",
                "83 82 00000000 C000                                 | 1002 | opcode 3",
                "8B 80 00000000                                      | 1002 | opcode 11",
                "80 82 00000000 C000                                 | 1002 | nothing to continue",
                "02 81 00000000 C0 82 81 00000000 00                 | 1002 | inside of another",
                "89 FE 007E 00000000                                 | 1002 | more than 125 bytes",
                "09 80 00000000                                      | 1002 | in pieces",
                "82 FE 007D 00000000                                 | 1002 | shortest form",
                "82 FF 000000000000FFFF 00000000                     | 1002 | shortest form",
                "82 FF 8000000000000000 00000000                     | 1002 | negative",
                "88 81 00000000 03                                   | 1002 | no valid code",
                "88 82 00000000 03ED                                 | 1002 | no valid code",
                "88 83 00000000 03E8 FF                              | 1007 | not UTF-8",
                "81 82 00000000 C000                                 | 1003 | binary",
            })
    @MosquittoDiffers("libwebsockets, which 2.0 uses, ends the connection upon some of them without a word")
    void a_frame_that_breaks_a_rule_is_answered_with_one_close_frame_and_nothing_behind_it_is_read(
            String broken, int code, String reason) {
        HttpUpgrade socket = connected(Version.V5);

        socket.send(frame(BINARY, hex("C000")), hex(broken), frame(BINARY, hex("C000")), frame(PING, hex("00")));

        assertThat(read(socket, 2)).isEqualTo(hex("D000"));
        assertThat(socket.framesUpToTheEnd()).singleElement().satisfies(frame -> {
            assertThat(frame).startsWith(concat(u8(CLOSE), u16(code)));
            assertThat(text(frame, 3)).contains(reason);
        });
    }

    @Test
    @MosquittoDiffers("libwebsockets, which 2.0 uses, leaves the reason out of its answer")
    void a_close_frame_is_answered_with_its_like_and_a_ping_with_its_payload() {
        HttpUpgrade socket = connected(Version.V5);

        socket.send(
                frame(FIRST_BINARY, hex("C0")),
                frame(PING, hex("CAFE")),
                frame(LAST_CONTINUATION, hex("00")),
                frame(CLOSE, concat(u16(4711), raw("done"))),
                frame(PING, hex("00")));

        List<byte[]> frames = socket.framesUpToTheEnd();
        assertThat(frames)
                .containsExactly(
                        concat(u8(PONG), hex("CAFE")),
                        concat(u8(BINARY), hex("D000")),
                        concat(u8(CLOSE), u16(4711), raw("done")));
    }
}
