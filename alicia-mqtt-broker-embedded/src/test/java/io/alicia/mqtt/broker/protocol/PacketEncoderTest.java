package io.alicia.mqtt.broker.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.topic.TopicName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a receiver does not want or cannot take is left out (MQTT 5 §3.1.2.11.4, §3.1.2.11.7). */
class PacketEncoderTest {

    private static final ReasonProperties REASON = new ReasonProperties("because", List.of(new UserProperty("k", "v")));
    private static final String SUBACK_BARE = "90040001" + "00" + "87";
    private static final String SUBACK_REASON = "900e0001" + "0a1f000762656361757365" + "87";
    private static final String SUBACK_WHOLE = "90150001" + "111f000762656361757365" + "2600016b000176" + "87";

    private final Suback suback = new Suback(1, List.of(ReasonCode.NOT_AUTHORIZED), REASON);

    @Test
    void everything_is_said_to_who_wants_it_and_has_room() {
        assertThat(encoded(suback, 23, true)).isEqualTo(SUBACK_WHOLE);
    }

    @Test
    void user_properties_go_first_when_the_packet_is_too_large() {
        assertThat(encoded(suback, 22, true)).isEqualTo(SUBACK_REASON);
        assertThat(encoded(suback, 16, true)).isEqualTo(SUBACK_REASON);
    }

    @Test
    void then_goes_the_reason_string() {
        assertThat(encoded(suback, 15, true)).isEqualTo(SUBACK_BARE);
        assertThat(encoded(suback, 6, true)).isEqualTo(SUBACK_BARE);
    }

    @Test
    void no_answer_is_too_large_because_of_what_it_says_to_people() {
        assertThat(encoded(new Puback(1, ReasonCode.NOT_AUTHORIZED, REASON), 5, true))
                .isEqualTo("4003000187");
        assertThat(encoded(new Pubrec(1, ReasonCode.NOT_AUTHORIZED, REASON), 5, true))
                .isEqualTo("5003000187");
        assertThat(encoded(new Pubrel(1, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND, REASON), 5, true))
                .isEqualTo("6203000192");
        assertThat(encoded(new Pubcomp(1, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND, REASON), 5, true))
                .isEqualTo("7003000192");
        assertThat(encoded(new Unsuback(1, List.of(ReasonCode.SUCCESS), REASON), 6, true))
                .isEqualTo("b00400010000");
        assertThat(encoded(new Auth(ReasonCode.CONTINUE_AUTHENTICATION, "M", null, REASON), 8, true))
                .isEqualTo("f0061804" + "1500014d");
    }

    @Test
    void what_is_too_large_even_so_is_not_sent() {
        assertThat(encoded(suback, 5, true)).isNull();
    }

    @Test
    void nothing_is_said_to_who_asked_for_no_problem_information() {
        assertThat(encoded(suback, 1_000, false)).isEqualTo(SUBACK_BARE);
        assertThat(encoded(new Puback(1, ReasonCode.SUCCESS, REASON), 1_000, false))
                .isEqualTo("40020001");
        assertThat(encoded(new Pubrec(1, ReasonCode.SUCCESS, REASON), 1_000, false))
                .isEqualTo("50020001");
        assertThat(encoded(new Pubrel(1, ReasonCode.SUCCESS, REASON), 1_000, false))
                .isEqualTo("62020001");
        assertThat(encoded(new Pubcomp(1, ReasonCode.SUCCESS, REASON), 1_000, false))
                .isEqualTo("70020001");
        assertThat(encoded(new Unsuback(1, List.of(ReasonCode.SUCCESS), REASON), 1_000, false))
                .isEqualTo("b00400010000");
        assertThat(encoded(new Auth(ReasonCode.CONTINUE_AUTHENTICATION, "M", null, REASON), 1_000, false))
                .isEqualTo("f0061804" + "1500014d");
    }

    @Test
    void connack_and_disconnect_may_always_say_why() {
        assertThat(encoded(new Disconnect(ReasonCode.PROTOCOL_ERROR, "x"), 1_000, false))
                .isEqualTo("e00682041f000178");
        assertThat(encoded(refusal(), 1_000, false)).isEqualTo("200f00870c" + "1f00026e6f" + "2600016b000176");
    }

    @Test
    void connack_and_disconnect_shrink_too() {
        assertThat(encoded(new Disconnect(ReasonCode.PROTOCOL_ERROR, "x"), 7, true))
                .isEqualTo("e00182");
        assertThat(encoded(refusal(), 16, true)).isEqualTo("2008008705" + "1f00026e6f");
        assertThat(encoded(refusal(), 9, true)).isEqualTo("2003008700");
    }

    @Test
    void a_message_too_large_for_its_receiver_is_not_sent() {
        Publish publish =
                new Publish(TopicName.of("a"), Unpooled.wrappedBuffer(new byte[10]), Qos.AT_MOST_ONCE, false, false, 0);

        assertThat(encoded(publish, 15, true)).isNull();
        assertThat(encoded(publish, 16, true)).hasSize(32);
    }

    @Test
    void under_3_1_1_reason_codes_become_the_closest_that_it_has() {
        PacketEncoder encoder = new PacketEncoder(MqttVersion.MQTT_3_1_1);

        assertThat(hex(encoder.encode(suback, ByteBufAllocator.DEFAULT))).isEqualTo("9003000180");
        assertThat(hex(encoder.encode(Connack.refused(ReasonCode.BANNED), ByteBufAllocator.DEFAULT)))
                .isEqualTo("20020005");
        assertThat(hex(encoder.encode(Connack.refused(ReasonCode.SERVER_BUSY), ByteBufAllocator.DEFAULT)))
                .isEqualTo("20020003");
        assertThat(hex(encoder.encode(new Puback(7, ReasonCode.NOT_AUTHORIZED, REASON), ByteBufAllocator.DEFAULT)))
                .isEqualTo("40020007");
    }

    @Test
    void lengths_of_more_than_one_byte_are_right() {
        Suback many = new Suback(1, Collections.nCopies(20_000, ReasonCode.GRANTED_QOS_1));
        PacketEncoder encoder = new PacketEncoder(MqttVersion.MQTT_5);

        ByteBuf bytes = Objects.requireNonNull(encoder.encode(many, ByteBufAllocator.DEFAULT));

        assertThat(PacketDecoder.ofServer(MqttVersion.MQTT_5, 30_000).decode(bytes))
                .isEqualTo(many);
        bytes.release();
    }

    @Test
    void a_string_that_does_not_fit_is_the_callers_bug() {
        Disconnect tooLong = new Disconnect(ReasonCode.PROTOCOL_ERROR, "ä".repeat(32_768));
        PacketEncoder encoder = new PacketEncoder(MqttVersion.MQTT_5);

        assertThatThrownBy(() -> encoder.encode(tooLong, ByteBufAllocator.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65536 bytes");
    }

    private static Connack refusal() {
        return new Connack(
                false,
                ReasonCode.NOT_AUTHORIZED,
                ConnackProperties.builder()
                        .reasonString("no")
                        .addUserProperties(new UserProperty("k", "v"))
                        .build());
    }

    private static @Nullable String encoded(Packet packet, long maximumPacketSizeBytes, boolean problemInformation) {
        return hex(new PacketEncoder(MqttVersion.MQTT_5, maximumPacketSizeBytes, problemInformation)
                .encode(packet, ByteBufAllocator.DEFAULT));
    }

    private static @Nullable String hex(@Nullable ByteBuf bytes) {
        if (bytes == null) {
            return null;
        }
        String hex = ByteBufUtil.hexDump(bytes);
        bytes.release();
        return hex;
    }
}
