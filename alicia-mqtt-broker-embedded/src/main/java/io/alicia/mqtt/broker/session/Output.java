package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.monitoring.BrokerCounters;
import io.alicia.mqtt.broker.protocol.Delivery;
import io.alicia.mqtt.broker.protocol.EncodedPublish;
import io.alicia.mqtt.broker.protocol.Packet;
import io.alicia.mqtt.broker.protocol.PacketEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a connection sends: packets to bytes, gathered until the end of a pass of the event loop and handed to the network
 * in one flush. Belongs to the connection's event loop.
 */
final class Output {

    private static final int FIRST_BYTES = 256;
    private static final int FULL_BYTES = 64 * 1024;

    private final Connection connection;
    private final ChannelHandlerContext context;
    private final BrokerCounters counters;
    private final OutputBacklog backlog;
    private @Nullable ByteBuf gathered;
    /** As much as was gathered last: a buffer that grows is copied again and again. */
    private int expectedBytes = FIRST_BYTES;

    private boolean flushPending;
    private int unsentPackets;
    /** Of what is gathered: the counters of all threads are told of it once a pass, not once a packet. */
    private int packets;

    private int publishes;
    private long publishBytes;

    Output(Connection connection, ChannelHandlerContext context, Broker broker) {
        this.connection = connection;
        this.context = context;
        this.counters = broker.counters();
        this.backlog = new OutputBacklog(context, broker.outgoing(), this::unsentBytes);
    }

    /** Writes a packet, unless it is larger than the client takes. */
    void write(Packet packet, PacketEncoder encoder) {
        ByteBuf encoded = encoder.encode(packet, context.alloc());
        if (encoded != null) {
            try {
                room(encoded.readableBytes()).writeBytes(encoded);
                written();
            } finally {
                encoded.release();
            }
        }
    }

    /** Writes a message of this size. */
    void write(EncodedPublish publish, Delivery delivery, int size) {
        int payloadBytes = publish.payloadBytes();
        if (payloadBytes < BrokerLoop.SHARED_PAYLOAD_BYTES) {
            publish.writeTo(delivery, room(size));
        } else {
            publish.writeHeadTo(delivery, room(size - payloadBytes));
            sendGathered();
            send(connection.loop().sharedPayload(publish, context.alloc()));
        }
        written();
        publishes++;
        publishBytes += payloadBytes;
    }

    private void written() {
        unsentPackets++;
        packets++;
    }

    private void count() {
        counters.packetsSent().add(packets);
        packets = 0;
        if (publishes > 0) {
            counters.publishesSent().add(publishes);
            counters.publishBytesSent().add(publishBytes);
            publishes = 0;
            publishBytes = 0;
        }
    }

    private ByteBuf room(int bytes) {
        ByteBuf current = gathered;
        if (current != null && current.readableBytes() + bytes > FULL_BYTES) {
            sendGathered();
            current = null;
        }
        if (current == null) {
            current = context.alloc().directBuffer(Math.max(expectedBytes, bytes));
            gathered = current;
        }
        if (!flushPending) {
            flushPending = true;
            connection.loop().flushLater(connection);
        }
        return current;
    }

    private void sendGathered() {
        ByteBuf last = gathered;
        gathered = null;
        if (last != null) {
            expectedBytes = Math.max(FIRST_BYTES, last.readableBytes());
            send(last);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the void promise tells of nothing; what fails closes the channel
    private void send(ByteBuf bytes) {
        counters.bytesSent().add(bytes.readableBytes());
        context.write(bytes, context.voidPromise());
    }

    /** Hands everything written to the network. */
    void flush() {
        if (flushPending) {
            flushPending = false;
            sendGathered();
            count();
            context.flush();
            long unsent = unsentBytes();
            if (unsent == 0) {
                unsentPackets = 0;
            }
            backlog.look(unsent);
        }
    }

    /** Forgets what was not handed to the network. */
    void discard() {
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
    }

    /** Packets written since the network last had taken all; some of them it may have taken, too. */
    int unsentPackets() {
        return unsentBytes() == 0 ? 0 : unsentPackets;
    }

    /** Bytes written that the network has not taken yet. */
    long unsentBytes() {
        ChannelOutboundBuffer pending = context.channel().unsafe().outboundBuffer();
        return gatheredBytes() + (pending == null ? 0 : pending.totalPendingWriteBytes());
    }

    private int gatheredBytes() {
        return gathered == null ? 0 : gathered.readableBytes();
    }

    boolean isWritable() {
        return context.channel().isWritable();
    }

    /** As {@link #unsentBytes}, but the largest number from where the network has more than enough. */
    long pendingBytes() {
        Channel channel = context.channel();
        int highWater = channel.config().getWriteBufferHighWaterMark();
        return channel.isWritable() ? gatheredBytes() + highWater - channel.bytesBeforeUnwritable() : Long.MAX_VALUE;
    }
}
