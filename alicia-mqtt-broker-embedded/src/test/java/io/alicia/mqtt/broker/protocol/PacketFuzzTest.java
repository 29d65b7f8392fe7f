package io.alicia.mqtt.broker.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever arrives is packets, a failure or an unfinished packet: never an exception, never a leak. */
class PacketFuzzTest {

    private static final int ROUNDS = 60_000;

    private final long seed = Long.getLong("alicia.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void mutated_packets_never_cost_an_exception_or_a_buffer() {
        List<PacketCase> rows = PacketCases.all();
        for (int round = 0; round < ROUNDS; round++) {
            PacketCase row = rows.get(random.nextInt(rows.size()));
            feed(row.decoder(), mutated(row.bytes()));
        }
    }

    @Test
    void noise_behind_a_plausible_fixed_header_never_costs_an_exception_or_a_buffer() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] noise = new byte[2 + random.nextInt(60)];
            random.nextBytes(noise);
            noise[1] = (byte) (noise.length - 2);
            PacketDecoder decoder = PacketDecoder.ofClient(1_000, 1_000);
            if (random.nextBoolean()) {
                decoder.decode(PacketCase.connect(random.nextBoolean() ? PacketCase.V3 : PacketCase.V5));
            }
            feed(decoder, noise);
        }
    }

    private void feed(PacketDecoder decoder, byte[] bytes) {
        ByteBuf in = UnpooledByteBufAllocator.DEFAULT.heapBuffer(bytes.length).writeBytes(bytes);
        try {
            for (Decoded decoded = decoder.decode(in); decoded != null; decoded = decoder.decode(in)) {
                PacketCaseTest.release(decoded);
            }
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed + ", bytes " + ByteBufUtil.hexDump(bytes), e);
        }
        assertThat(in.refCnt())
                .as("references left with seed %d, bytes %s", seed, ByteBufUtil.hexDump(bytes))
                .isEqualTo(1);
        in.release();
    }

    private byte[] mutated(byte[] bytes) {
        ByteBuf mutant = Unpooled.copiedBuffer(bytes);
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = mutant.isReadable() ? random.nextInt(mutant.readableBytes()) : 0;
            switch (random.nextInt(5)) {
                case 0 -> mutant = insert(mutant, at, random.nextInt(256));
                case 1 -> mutant.writerIndex(at);
                case 2 -> mutant = Unpooled.copiedBuffer(mutant, mutant);
                default -> {
                    if (mutant.isReadable()) {
                        mutant.setByte(at, random.nextBoolean() ? random.nextInt(256) : mutant.getByte(at) ^ 1);
                    }
                }
            }
        }
        return ByteBufUtil.getBytes(mutant);
    }

    private static ByteBuf insert(ByteBuf bytes, int at, int value) {
        return Unpooled.copiedBuffer(
                bytes.slice(0, at), Unpooled.buffer(1).writeByte(value), bytes.slice(at, bytes.readableBytes() - at));
    }
}
