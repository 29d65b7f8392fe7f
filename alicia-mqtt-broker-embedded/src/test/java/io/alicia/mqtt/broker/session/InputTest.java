package io.alicia.mqtt.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InputTest {

    private final ByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final Input input = new Input();

    @AfterEach
    void release() {
        input.release();
    }

    private ByteBuf bytes(int count, int value) {
        ByteBuf bytes = allocator.buffer(count);
        for (int i = 0; i < count; i++) {
            bytes.writeByte(value);
        }
        return bytes;
    }

    private ByteBuf present() {
        return Objects.requireNonNull(input.bytesOrNull());
    }

    private void decode(int count) {
        present().skipBytes(count);
        input.tidy(allocator);
    }

    @Test
    void takes_no_more_memory_for_a_client_whose_every_piece_ends_within_a_packet() {
        input.add(bytes(3, 0), allocator);
        for (int i = 0; i < 1_000; i++) {
            input.add(bytes(10_000, i), allocator);
            decode(10_000);

            assertThat(input.size()).isEqualTo(3);
            assertThat(input.capacity()).isLessThan(20_000);
        }
        decode(3);
        assertThat(input.capacity()).isZero();
    }

    @Test
    void gives_the_memory_of_a_large_packet_back_although_the_next_has_begun() {
        input.add(bytes(1, 0), allocator);
        input.expect(1_000_000, allocator);
        input.add(bytes(1_000_001, 7), allocator);
        decode(1_000_000);

        assertThat(input.size()).isEqualTo(2);
        assertThat(input.capacity()).isLessThan(1_000);
        assertThat(present().getByte(present().readerIndex())).isEqualTo((byte) 7);
    }

    @Test
    void copies_a_packet_once_whose_size_it_knows() {
        input.add(bytes(5, 0), allocator);
        input.expect(500_000, allocator);
        int capacity = input.capacity();
        ByteBuf buffer = present();

        for (int i = 0; i < 10; i++) {
            input.add(bytes(50_000, i), allocator);
        }

        assertThat(present()).isSameAs(buffer);
        assertThat(input.capacity()).isEqualTo(capacity).isLessThan(600_000);
    }

    @Test
    void leaves_bytes_alone_that_somebody_else_still_reads() {
        ByteBuf shared = bytes(100, 1).setByte(99, 2);
        input.add(shared.retainedDuplicate(), allocator);
        decode(99);
        input.add(bytes(50, 3), allocator);

        for (int i = 0; i < 99; i++) {
            assertThat(shared.getByte(i)).isEqualTo((byte) 1);
        }
        assertThat(shared.release()).isTrue();
        assertThat(present().readByte()).isEqualTo((byte) 2);
        assertThat(present().readByte()).isEqualTo((byte) 3);
    }
}
