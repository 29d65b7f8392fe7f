package io.alicia.mqtt.broker.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that a connection has received and not decoded yet, in one buffer. What is decoded is not kept, also from a client
 * whose every piece ends within a packet. Owns its buffer; belongs to the connection's event loop.
 */
final class Input {

    /** What one read brings at most, about. */
    static final int READ_BYTES = 64 * 1024;

    private static final int LEAST_BYTES = 256;

    private @Nullable ByteBuf bytes;

    /** More has come; it is given away. */
    void add(ByteBuf more, ByteBufAllocator allocator) {
        bytes = bytes == null ? more : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, bytes, more);
    }

    /** What to decode from, null if there is nothing. */
    @Nullable
    ByteBuf bytesOrNull() {
        return bytes;
    }

    int size() {
        return bytes == null ? 0 : bytes.readableBytes();
    }

    /** How much memory it takes. */
    int capacity() {
        return bytes == null ? 0 : bytes.capacity();
    }

    /** After decoding: gives back what holds no more than decoded bytes. */
    void tidy(ByteBufAllocator allocator) {
        if (bytes == null) {
            return;
        }
        int rest = bytes.readableBytes();
        if (rest == 0) {
            release();
        } else if (bytes.readerIndex() >= rest) {
            // In a buffer of its own: the old one may be of somebody who still reads it.
            replace(Math.max(LEAST_BYTES, rest), allocator);
        }
    }

    /** A packet of this size has begun: its bytes need not be copied again and again as it grows. */
    void expect(int packetBytes, ByteBufAllocator allocator) {
        if (bytes != null && bytes.capacity() < packetBytes) {
            replace(packetBytes + READ_BYTES, allocator);
        }
    }

    private void replace(int capacity, ByteBufAllocator allocator) {
        ByteBuf old = bytes;
        if (old != null) {
            bytes = allocator.ioBuffer(capacity).writeBytes(old);
            old.release();
        }
    }

    void release() {
        if (bytes != null) {
            bytes.release();
            bytes = null;
        }
    }
}
