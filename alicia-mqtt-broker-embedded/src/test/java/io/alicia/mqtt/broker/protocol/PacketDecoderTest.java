package io.alicia.mqtt.broker.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.ReasonCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a failed CONNECT says about its answer, and what a connection learns. */
class PacketDecoderTest {

    @Test
    void a_malformed_3_1_1_connect_gets_no_answer() {
        assertThat(answerTo("10 0C 0004'MQTT' 04 03 003C 0000")).isNull();
    }

    @Test
    void a_malformed_mqtt_5_connect_can_be_answered() {
        assertThat(answerTo("10 0D 0004'MQTT' 05 03 003C 00 0000")).isEqualTo(MqttVersion.MQTT_5);
    }

    @Test
    void of_a_will_topic_mqtt_5_is_told_what_is_wrong_but_for_text_that_is_none() {
        assertThat(answerTo("10 15 0004'MQTT' 05 06 003C 00 0000 00 0003'a/#' 0001'x'"))
                .isEqualTo(MqttVersion.MQTT_5);
        assertThat(answerTo("10 0F 0004'MQTT' 05 06 003C 00 0000 00 00")).isEqualTo(MqttVersion.MQTT_5);
        assertThat(answerTo("10 15 0004'MQTT' 05 06 003C 00 0000 00 0003'a'00'b' 0001'x'"))
                .isNull();
    }

    @Test
    void versions_that_are_not_known_are_answered_in_the_form_of_mqtt_5_as_by_mosquitto() {
        assertThat(answerTo("10 10 0006'MQIsdp' 02 02 003C 0002'c1'")).isEqualTo(MqttVersion.MQTT_5);
        assertThat(answerTo("10 10 0006'MQIsdp' 04 02 003C 0002'c1'")).isEqualTo(MqttVersion.MQTT_3_1_1);
        assertThat(answerTo("10 0D 0004'MQTT' 06 02 003C 00 0000")).isEqualTo(MqttVersion.MQTT_5);
    }

    @Test
    void mqtt_3_1_forgives_what_later_versions_do_not() {
        String flags = "1E 10 0006'MQIsdp' 83 21 003C 0002'c1'";
        String missing = "10 10 0006'MQIsdp' 03 C2 003C 0002'c1'";

        assertThat(decoded(flags)).isInstanceOfSatisfying(Connect.class, connect -> {
            assertThat(connect.version()).isEqualTo(MqttVersion.MQTT_3_1);
            assertThat(connect.bridge()).isTrue();
        });
        assertThat(decoded(missing)).isInstanceOfSatisfying(Connect.class, connect -> {
            assertThat(connect.userName()).isNull();
            assertThat(connect.password()).isNull();
        });
    }

    private static @Nullable Decoded decoded(String bytes) {
        return PacketDecoder.ofClient(1_000, 1_000).decode(Unpooled.wrappedBuffer(Bytes.of(bytes)));
    }

    @Test
    void what_is_no_frame_gets_no_answer_from_a_connected_client() {
        assertThat(answerBehindConnect("30 FFFFFFFF01")).isNull();
        assertThat(answerBehindConnect("C0 01 00")).isNull();
    }

    private static @Nullable MqttVersion answerBehindConnect(String written) {
        PacketDecoder decoder = PacketDecoder.ofClient(1_000, 1_000);
        decoder.decode(PacketCase.connect(MqttVersion.MQTT_5));
        Decoded decoded = decoder.decode(Unpooled.wrappedBuffer(Bytes.of(written)));
        assertThat(decoded).isInstanceOf(DecodeFailure.class);
        return decoded instanceof DecodeFailure failure ? failure.version() : null;
    }

    @Test
    void who_does_not_speak_mqtt_gets_no_answer() {
        assertThat(answerTo("'GET / HTTP/1.1'")).isNull();
        assertThat(answerTo("10 0C 0004'MQTX' 04 02 003C 0000")).isNull();
        assertThat(answerTo("C000")).isNull();
    }

    @Test
    void the_version_is_learnt_from_connect() {
        PacketDecoder decoder = PacketDecoder.ofClient(1_000, 1_000);
        assertThat(decoder.version()).isNull();

        decoder.decode(PacketCase.connect(MqttVersion.MQTT_5));

        assertThat(decoder.version()).isEqualTo(MqttVersion.MQTT_5);
    }

    @Test
    void a_packet_whose_rest_is_missing_is_awaited_when_its_size_is_known() {
        PacketDecoder decoder = PacketDecoder.ofClient(1_000, 100_000);
        decoder.decode(PacketCase.connect(MqttVersion.MQTT_5));
        byte[] packet = Bytes.of("30 88 27 0001't' 00");

        assertThat(decoder.decode(Unpooled.wrappedBuffer(packet, 0, 2))).isNull();
        assertThat(decoder.awaitedBytes()).isZero();
        assertThat(decoder.decode(Unpooled.wrappedBuffer(packet, 0, 4))).isNull();
        assertThat(decoder.awaitedBytes()).isEqualTo(3 + 5_000);
        ByteBuf whole = Unpooled.buffer().writeBytes(packet).writeZero(5_000 - 4);
        assertThat(decoder.decode(whole)).isInstanceOf(Publish.class);
        assertThat(decoder.decode(Unpooled.EMPTY_BUFFER)).isNull();
        assertThat(decoder.awaitedBytes()).isZero();
    }

    private static Decoded decodedList(int firstByte, String head, String entry, int entries) {
        ByteBuf body = Unpooled.buffer().writeBytes(Bytes.of(head));
        byte[] each = Bytes.of(entry);
        for (int i = 0; i < entries; i++) {
            body.writeBytes(each);
        }
        ByteBuf packet = Unpooled.buffer().writeByte(firstByte);
        for (int rest = body.readableBytes(); rest > 0; rest >>= 7) {
            packet.writeByte((rest & 0x7F) | (rest > 0x7F ? 0x80 : 0));
        }
        PacketDecoder decoder = PacketDecoder.ofClient(1_000, 10_000_000);
        decoder.decode(PacketCase.connect(MqttVersion.MQTT_5));
        return Objects.requireNonNull(decoder.decode(packet.writeBytes(body)));
    }

    @Test
    void lists_that_would_take_many_times_their_packet_in_memory_end_somewhere() {
        assertThat(decodedList(0x82, "0001 00", "0001'a' 00", 65_535)).isInstanceOf(Subscribe.class);
        assertThat(decodedList(0x82, "0001 00", "0001'a' 00", 65_536))
                .isInstanceOfSatisfying(
                        DecodeFailure.class,
                        failure -> assertThat(failure.reasonCode()).isEqualTo(ReasonCode.QUOTA_EXCEEDED));
        // 5 bytes each; the length in front of them
        assertThat(decodedList(0x30, "0001't' FBFF13", "26 0000 0000", 65_535)).isInstanceOf(Publish.class);
        assertThat(decodedList(0x30, "0001't' 808014", "26 0000 0000", 65_536))
                .isInstanceOfSatisfying(
                        DecodeFailure.class,
                        failure -> assertThat(failure.reasonCode()).isEqualTo(ReasonCode.QUOTA_EXCEEDED));
    }

    @Test
    void a_packet_of_exactly_the_largest_size_is_taken() {
        ByteBuf exact = Unpooled.wrappedBuffer(Bytes.of("30 05 0003'a/b'"));
        PacketDecoder decoder = PacketDecoder.ofServer(MqttVersion.MQTT_3_1_1, 7);

        assertThat(decoder.decode(exact)).isInstanceOf(Publish.class);
    }

    private static @Nullable MqttVersion answerTo(String written) {
        Decoded decoded = PacketDecoder.ofClient(1_000, 1_000).decode(Unpooled.wrappedBuffer(Bytes.of(written)));
        assertThat(decoded).isInstanceOf(DecodeFailure.class);
        return decoded instanceof DecodeFailure failure ? failure.version() : MqttVersion.MQTT_5;
    }
}
