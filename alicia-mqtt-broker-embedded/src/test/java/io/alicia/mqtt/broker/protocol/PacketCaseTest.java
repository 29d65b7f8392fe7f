package io.alicia.mqtt.broker.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.protocol.MqttVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Decoder and encoder walk the same table. */
class PacketCaseTest {

    static List<PacketCase> all() {
        return PacketCases.all();
    }

    static List<PacketCase> packets() {
        return PacketCases.packets();
    }

    @ParameterizedTest
    @MethodSource("all")
    void bytes_are_the_packet_or_the_failure_of_the_table(PacketCase row) {
        ByteBuf in = Unpooled.wrappedBuffer(row.bytes());

        Decoded decoded = row.decoder().decode(in);

        assertMeets(row, decoded);
        assertThat(in.isReadable()).as("bytes left").isFalse();
        release(decoded);
        in.release();
    }

    @ParameterizedTest
    @MethodSource("all")
    void the_network_may_cut_the_bytes_anywhere(PacketCase row) {
        byte[] bytes = row.bytes();
        for (int cut = 1; cut < bytes.length; cut++) {
            PacketDecoder decoder = row.decoder();
            ByteBuf in = Unpooled.buffer();
            in.writeBytes(bytes, 0, cut);
            Decoded decoded = decoder.decode(in);
            if (decoded == null) {
                in.writeBytes(bytes, cut, bytes.length - cut);
                decoded = decoder.decode(in);
            }

            assertMeets(row, decoded);
            release(decoded);
            in.release();
        }
    }

    @ParameterizedTest
    @MethodSource("packets")
    void packets_follow_each_other_in_one_read(PacketCase row) {
        PacketDecoder decoder = row.decoder();
        byte[] ping = Bytes.of(row.sender() == Sender.CLIENT ? "C0 00" : "D0 00");
        ByteBuf in = Unpooled.wrappedBuffer(row.bytes(), ping, ping);

        Decoded first = decoder.decode(in);
        Decoded second = decoder.decode(in);
        Decoded third = decoder.decode(in);

        assertMeets(row, first);
        assertThat(second).isEqualTo(row.sender() == Sender.CLIENT ? Pingreq.INSTANCE : Pingresp.INSTANCE);
        assertThat(third).isEqualTo(second);
        assertThat(decoder.decode(in)).isNull();
        release(first);
        in.release();
    }

    @ParameterizedTest
    @MethodSource("packets")
    void the_packet_is_written_as_these_bytes_or_shorter_ones_that_mean_the_same(PacketCase row) {
        Packet packet = Objects.requireNonNull(row.packet());
        MqttVersion version = packet instanceof Connect connect ? connect.version() : row.version();

        PacketEncoder encoder = new PacketEncoder(Objects.requireNonNull(version));
        ByteBuf out = Objects.requireNonNull(encoder.encode(packet, ByteBufAllocator.DEFAULT));

        if (row.canonical() && row.packet() instanceof Publish) {
            // The order of properties is the encoder's own.
            assertThat(out.readableBytes()).isEqualTo(row.bytes().length);
        } else if (row.canonical()) {
            assertThat(ByteBufUtil.hexDump(out)).isEqualTo(ByteBufUtil.hexDump(row.bytes()));
        } else {
            assertThat(out.readableBytes()).isLessThan(row.bytes().length);
        }
        Decoded again = row.decoder().decode(out);
        assertThat(again).isEqualTo(packet);
        release(again);
        out.release();
    }

    @ParameterizedTest
    @MethodSource("all")
    void nothing_follows_a_failure(PacketCase row) {
        if (row.failure() == null) {
            return;
        }
        PacketDecoder decoder = row.decoder();
        ByteBuf in = Unpooled.wrappedBuffer(row.bytes(), Bytes.of("C0 00"));
        Decoded decoded = decoder.decode(in);

        assertThat(decoder.decode(in)).isNull();
        assertThat(decoded).isInstanceOf(DecodeFailure.class);
        assertThat(in.isReadable()).isFalse();
        in.release();
    }

    private static void assertMeets(PacketCase row, @Nullable Decoded decoded) {
        if (row.packet() != null) {
            assertThat(decoded).isEqualTo(row.packet());
            return;
        }
        assertThat(decoded).isInstanceOfSatisfying(DecodeFailure.class, failure -> {
            assertThat(failure.reasonCode()).as(failure.message()).isEqualTo(row.failure());
            assertThat(failure.message()).contains(row.named());
        });
    }

    static void release(@Nullable Decoded decoded) {
        if (decoded instanceof Publish publish) {
            publish.release();
        }
    }
}
