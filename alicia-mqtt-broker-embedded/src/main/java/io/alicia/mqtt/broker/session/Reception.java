package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.protocol.Decoded;
import io.alicia.mqtt.broker.protocol.PacketDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * What a connection receives, from bytes to packets. A {@linkplain LargePackets large} packet is waited for when there is
 * room for all of it. Belongs to the connection's event loop.
 */
final class Reception {

    private final PacketDecoder decoder;
    private final LargePackets room;
    private final Input input = new Input();
    private LargePackets.@Nullable Place place;
    private boolean complete;

    Reception(PacketDecoder decoder, LargePackets room) {
        this.decoder = decoder;
        this.room = room;
    }

    void add(ByteBuf more, ByteBufAllocator allocator) {
        input.add(more, allocator);
    }

    /** Bytes that were not decoded. */
    int size() {
        return input.size();
    }

    /** {@return the next packet, null if there is none yet; who asks is done with the one before} */
    @Nullable
    Decoded next() {
        leaveIfComplete();
        ByteBuf bytes = input.bytesOrNull();
        Decoded decoded = bytes == null ? null : decoder.decode(bytes);
        complete = decoded != null;
        return decoded;
    }

    /**
     * Asks for room, if the packet that has begun is large and has none yet.
     *
     * @param granted run when there is some, perhaps at once; by any thread
     * @return whether it has what it needs, so that more of it can be read
     */
    boolean hasRoom(Runnable granted) {
        int packetBytes = complete ? 0 : decoder.awaitedBytes();
        if (packetBytes < LargePackets.LARGE_BYTES) {
            return true;
        }
        if (place == null) {
            place = room.ask(packetBytes, granted);
        }
        return place.isGranted();
    }

    /** Whether a packet has room, and did not arrive yet. */
    boolean isArriving() {
        return place != null && !complete && place.isGranted();
    }

    /** There is room for the packet that has begun. */
    void expect(ByteBufAllocator allocator) {
        input.expect(decoder.awaitedBytes(), allocator);
    }

    /** The packet is not only complete, but nothing of it is in anybody's way any more. */
    void leaveIfComplete() {
        if (complete) {
            leave();
        }
    }

    private void leave() {
        if (place != null) {
            place.leave();
            place = null;
        }
    }

    /** No more is decoded for now. */
    void tidy(ByteBufAllocator allocator) {
        input.tidy(allocator);
    }

    /** Nothing more is received. */
    void end() {
        input.release();
        leave();
    }
}
