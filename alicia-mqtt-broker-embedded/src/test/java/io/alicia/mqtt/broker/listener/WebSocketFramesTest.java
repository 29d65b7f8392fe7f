package io.alicia.mqtt.broker.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.LeakExtension;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Frames in, their bytes out as they come; what breaks a rule is in {@code WebSocketConformanceTest}. */
@ExtendWith(LeakExtension.class)
class WebSocketFramesTest {

    /** Around the lengths that are written in another way, and one that is longer than a read. */
    private static final int[] LENGTHS = {0, 1, 3, 8, 125, 126, 127, 65_535, 65_536, 100_000};

    /** How many of them are short. */
    private static final int SHORT_LENGTHS = 7;

    private final EmbeddedChannel channel = new EmbeddedChannel(new WebSocketFrames());
    private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();
    private final List<byte[]> pings = new ArrayList<>();

    private static byte[] random(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] frame(SplittableRandom random, int firstByte, byte[] payload) {
        ByteBuffer to = ByteBuffer.allocate(2 + 8 + 4 + payload.length).put((byte) firstByte);
        if (payload.length < 126) {
            to.put((byte) (0x80 | payload.length));
        } else if (payload.length <= 0xFFFF) {
            to.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            to.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        byte[] mask = random(random, 4);
        to.put(mask);
        for (int i = 0; i < payload.length; i++) {
            to.put((byte) (payload[i] ^ mask[i % 4]));
        }
        return Arrays.copyOf(to.array(), to.position());
    }

    private void takeWhatArrived() {
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            if (message instanceof PingWebSocketFrame ping) {
                pings.add(bytes(ping.content()));
            } else {
                arrived.writeBytes(bytes((ByteBuf) message));
            }
        }
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes).release();
        return bytes;
    }

    @Test
    void however_the_network_cuts_frames_and_a_client_its_packets_the_same_bytes_come_out() {
        for (long seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            // Cut into crumbs where that is not many of them.
            boolean crumbs = seed % 2 == 0;
            int lengths = crumbs ? SHORT_LENGTHS : LENGTHS.length;
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            List<byte[]> sentPings = new ArrayList<>();
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            boolean continued = false;
            for (int i = 0; i < 12; i++) {
                if (random.nextInt(3) == 0) {
                    byte[] ping = random(random, random.nextInt(126));
                    frames.writeBytes(frame(random, 0x89, ping));
                    sentPings.add(ping);
                }
                boolean last = random.nextBoolean();
                byte[] payload = random(random, LENGTHS[random.nextInt(lengths)]);
                frames.writeBytes(frame(random, (last ? 0x80 : 0) | (continued ? 0x0 : 0x2), payload));
                sent.writeBytes(payload);
                continued = !last;
            }

            if (continued) {
                frames.writeBytes(frame(random, 0x80, new byte[0]));
            }
            byte[] wire = frames.toByteArray();
            int end;
            for (int start = 0; start < wire.length; start = end) {
                end = Math.min(start + 1 + random.nextInt(crumbs ? 8 : 70_000), wire.length);
                channel.writeInbound(Unpooled.copiedBuffer(wire, start, end - start));
                takeWhatArrived();
            }

            assertThat(arrived.toByteArray()).as("seed %d", seed).isEqualTo(sent.toByteArray());
            assertThat(pings).as("pings, seed %d", seed).containsExactlyElementsOf(sentPings);
            arrived.reset();
            pings.clear();
        }
    }

    @Test
    void nothing_is_held_of_a_frame_however_long_it_says_it_is() {
        byte[] head = {(byte) 0x82, (byte) 0xFF, 0x7F, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0};
        byte[] piece = new byte[1_000];
        Arrays.fill(piece, (byte) 7);

        channel.writeInbound(Unpooled.wrappedBuffer(head));
        assertThat(channel.inboundMessages()).isEmpty();
        for (int i = 1; i <= 100; i++) {
            channel.writeInbound(Unpooled.wrappedBuffer(piece.clone()));
            takeWhatArrived();
            assertThat(arrived.size()).isEqualTo(i * piece.length);
        }
        assertThat(channel.finish()).isFalse();
    }
}
