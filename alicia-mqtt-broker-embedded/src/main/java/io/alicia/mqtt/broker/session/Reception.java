package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.protocol.Decoded;
import io.alicia.mqtt.broker.protocol.PacketDecoder;
import io.alicia.mqtt.protocol.ReasonCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a connection receives, from bytes to packets. Of a {@linkplain LargePackets large} packet no more is read until
 * there is room for all of it. Belongs to the connection's event loop.
 */
final class Reception {

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
    /** How long a large packet may take while others wait for its room. */
    private static final Duration LARGE_PACKET_TIMEOUT = Duration.ofSeconds(30);

    private final Connection connection;
    private final PacketDecoder decoder;
    private final LargePackets room;
    private final Timers timers;
    private final Input input = new Input();
    private LargePackets.@Nullable Place place;
    private @Nullable Runnable stopTimeout;
    private boolean complete;
    private boolean ended;

    /**
     * Nothing yet.
     *
     * @param connection paused while there is no room, and closed if it has some for too long
     * @param maxPacketSize bytes of the largest packet
     */
    Reception(Connection connection, int maxPacketSize, LargePackets room, Timers timers) {
        this.connection = connection;
        this.decoder = PacketDecoder.ofClient(PacketDecoder.DEFAULT_MAXIMUM_CONNECT_SIZE_BYTES, maxPacketSize);
        this.room = room;
        this.timers = timers;
    }

    /** More bytes have come; they are given away. */
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
        done();
        ByteBuf bytes = input.bytesOrNull();
        Decoded decoded = bytes == null ? null : decoder.decode(bytes);
        complete = decoded != null;
        if (!complete) {
            askForRoom();
        } else {
            stopTimeout();
        }
        return decoded;
    }

    /** Nobody has anything to do with the last packet any more: others may have its room. */
    void done() {
        if (complete) {
            leave();
        }
    }

    private void askForRoom() {
        int packetBytes = decoder.awaitedBytes();
        if (packetBytes < LargePackets.LARGE_BYTES) {
            return;
        }
        if (place == null) {
            place = room.ask(packetBytes, this::granted);
        }
        if (!place.isGranted()) {
            connection.pause(Pause.ROOM);
        }
    }

    /** From any thread. */
    private void granted() {
        try {
            connection.loop().execute(this::goOn);
        } catch (RejectedExecutionException e) {
            // The broker stops, and its event loops have ended.
            LOG.debug("nothing more of {} is read: {}", connection.remoteAddress(), e.toString());
        }
    }

    private void goOn() {
        if (isArriving()) {
            input.expect(decoder.awaitedBytes(), connection.allocator());
            limit();
            connection.resume(Pause.ROOM);
        }
    }

    /** Whether there is room for a packet of which the rest is missing. */
    private boolean isArriving() {
        return !ended && !complete && place != null && place.isGranted();
    }

    private void limit() {
        stopTimeout();
        stopTimeout = timers.schedule(connection.loop(), LARGE_PACKET_TIMEOUT, () -> {
            if (isArriving()) {
                if (room.areAwaited()) {
                    connection.close(
                            ReasonCode.QUOTA_EXCEEDED, "a large packet did not arrive in time, and others wait");
                } else {
                    limit();
                }
            }
        });
    }

    private void stopTimeout() {
        if (stopTimeout != null) {
            stopTimeout.run();
            stopTimeout = null;
        }
    }

    private void leave() {
        if (place != null) {
            place.leave();
            place = null;
        }
    }

    /** Nothing is decoded for now. */
    void tidy(ByteBufAllocator allocator) {
        input.tidy(allocator);
    }

    /** Nothing more is received. */
    void end() {
        ended = true;
        stopTimeout();
        input.release();
        leave();
    }
}
