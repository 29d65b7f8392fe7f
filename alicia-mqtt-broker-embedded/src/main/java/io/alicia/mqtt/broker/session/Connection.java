package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.broker.protocol.DecodeFailure;
import io.alicia.mqtt.broker.protocol.Decoded;
import io.alicia.mqtt.broker.protocol.Delivery;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.EncodedPublish;
import io.alicia.mqtt.broker.protocol.Packet;
import io.alicia.mqtt.broker.protocol.PacketDecoder;
import io.alicia.mqtt.broker.protocol.PacketEncoder;
import io.alicia.mqtt.broker.protocol.PacketType;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.ReasonCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One network connection: bytes to packets and back, reading paused and resumed, one flush a pass of the event loop, and
 * an end that is told once. It does not know what packets mean, see {@link Handshake} and {@link Client}. The last
 * handler of its channel; what is below it carries bytes. Belongs to its channel's event loop, which may change once.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is handled
public final class Connection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int FIRST_OUTPUT_BYTES = 256;
    private static final int FULL_OUTPUT_BYTES = 64 * 1024;
    private static final int ENOUGH_UNDECODED_BYTES = 64 * 1024;
    private static final Duration LAST_WRITE_TIMEOUT = Duration.ofSeconds(5);
    /** How long a large packet may take while others wait for its room. */
    private static final Duration LARGE_PACKET_TIMEOUT = Duration.ofSeconds(30);

    /** Why a connection does not read. */
    enum Pause {
        /** CONNECT is being answered. */
        HANDSHAKE,
        /** Another event loop has to catch up first. */
        MAILBOX,
        /** The store has to catch up first. */
        STORE,
        /** Other large packets have to arrive first. */
        ROOM,
        /** The client does not read what it causes. */
        OUTPUT,
        /** Retained messages are being sent. */
        RETAINED,
        /** A test holds a packet up. */
        GATE
    }

    private static final Set<Pause> WAITS_FOR_BROKER =
            Collections.unmodifiableSet(EnumSet.of(Pause.MAILBOX, Pause.STORE, Pause.ROOM, Pause.RETAINED));

    private final Broker broker;
    private final Peer peer;
    private final Runnable leave;
    private final Reception reception;
    private final @Nullable GatedConnection gate;
    private PacketReceiver receiver;
    /** Set once, when the connection gets its place; read by the thread that stops the broker, too. */
    private volatile @Nullable ChannelHandlerContext context;

    private @Nullable BrokerLoop loop;
    private @Nullable PacketEncoder encoder;
    private @Nullable ByteBuf output;
    private final Set<Pause> pauses = EnumSet.noneOf(Pause.class);
    private boolean decoding;
    private boolean flushPending;
    private boolean tellsReasons;
    private int unsentPackets;
    private boolean closed;
    private @Nullable Runnable stopLargePacket;
    private long lastSignMillis;
    /** While it is not read because of its output: the least of it that was seen. */
    private long leastUnsentBytes;

    /**
     * A connection that a listener accepted.
     *
     * @param broker whose it is
     * @param listeners what holds for its clients; may change until the client connects
     * @param peer who is at its other end
     * @param leave runs on the event loop once the client has been told goodbye, even if it does not hang up yet: it
     *     has no place in the broker any more
     */
    public Connection(Broker broker, Supplier<ListenerSettings> listeners, Peer peer, Runnable leave) {
        this.broker = broker;
        this.peer = peer;
        this.leave = leave;
        // It may change, but not while a client relies on what it is told.
        int maxPacketSize = broker.maxPacketSize();
        this.reception = new Reception(
                PacketDecoder.ofClient(PacketDecoder.DEFAULT_MAXIMUM_CONNECT_SIZE_BYTES, maxPacketSize),
                broker.largePackets());
        this.gate = broker.gate() == null ? null : new GatedConnection(broker.gate(), this);
        this.receiver = new Handshake(broker, this, listeners, maxPacketSize);
    }

    String remoteAddress() {
        return peer.remoteAddress();
    }

    Peer peer() {
        return peer;
    }

    BrokerLoop loop() {
        if (loop == null) {
            throw new IllegalStateException("the connection is not active yet");
        }
        return loop;
    }

    private ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("the connection is not active yet");
        }
        return context;
    }

    /**
     * The time of the last sign that the client is there, milliseconds of the epoch: bytes from it; while it is not read,
     * because it has so much to read itself, that it does so; and any time at which it had to wait for the broker.
     */
    long lastSignOfLifeMillis() {
        if (pauses.contains(Pause.OUTPUT)) {
            long unsent = unsentBytes();
            if (unsent < leastUnsentBytes) {
                leastUnsentBytes = unsent;
                lastSignMillis = broker.clock().millis();
            }
            if (reception.size() < ENOUGH_UNDECODED_BYTES) {
                // Not to be decoded now, but to hear whether it sends: the next look knows.
                context().read();
            }
        } else if (!Collections.disjoint(pauses, WAITS_FOR_BROKER)) {
            lastSignMillis = broker.clock().millis();
        }
        return lastSignMillis;
    }

    boolean isPaused() {
        return !pauses.isEmpty();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        if (ctx.channel().isActive()) {
            begin();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        begin();
    }

    private void begin() {
        if (loop == null) {
            loop = broker.loopOf(context().channel().eventLoop());
            lastSignMillis = broker.clock().millis();
            ((Handshake) receiver).begin();
        }
    }

    /** From now on the client answers. */
    void hand(Client next) {
        receiver = next;
        if (gate != null) {
            gate.assigned(next.info().clientIdentifier());
        }
    }

    /** Ends the network connection without a word. */
    void cut() {
        discardOutput();
        context().close();
    }

    /** The version that the peer speaks is known. */
    void speak(MqttVersion version, ConnectProperties wishes) {
        tellsReasons = wishes.asksForProblemInformation();
        encoder = new PacketEncoder(version, wishes.maximumPacketSizeBytes(), wishes.requestProblemInformation());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (closed) {
            bytes.release();
            return;
        }
        lastSignMillis = broker.clock().millis();
        broker.counters().bytesReceived().add(bytes.readableBytes());
        reception.add(bytes, ctx.alloc());
        decode();
    }

    private void decode() {
        if (decoding) {
            return;
        }
        decoding = true;
        try {
            while (pauses.isEmpty() && !closed) {
                Decoded decoded = reception.next();
                if (decoded == null) {
                    awaitRest();
                    break;
                }
                if (decoded instanceof DecodeFailure failure) {
                    refuse(failure);
                } else {
                    receive((Packet) decoded);
                    received();
                }
            }
        } catch (RuntimeException e) {
            LOG.error("a packet of {} could not be handled", peer.remoteAddress(), e);
            close(ReasonCode.UNSPECIFIED_ERROR, "internal error");
        } finally {
            decoding = false;
            if (closed) {
                endReception();
            } else {
                reception.tidy(context().alloc());
            }
        }
    }

    /** What a packet became may have to wait, and then it counts as if it had not arrived: others would follow it. */
    private void received() {
        stopLimit();
        if (!pauses.contains(Pause.MAILBOX) && !pauses.contains(Pause.STORE)) {
            reception.leaveIfComplete();
        }
    }

    private void awaitRest() {
        if (!reception.hasRoom(this::roomGranted)) {
            pause(Pause.ROOM);
        }
    }

    /** From any thread. */
    private void roomGranted() {
        try {
            loop().execute(this::readLargePacket);
        } catch (RejectedExecutionException e) {
            // The broker stops, and its event loops have ended.
            LOG.debug("nothing more of {} is read: {}", peer.remoteAddress(), e.toString());
        }
    }

    private void readLargePacket() {
        if (!closed && reception.isArriving()) {
            reception.expect(context().alloc());
            limitLargePacket();
            resume(Pause.ROOM);
        }
    }

    private void stopLimit() {
        if (stopLargePacket != null) {
            stopLargePacket.run();
            stopLargePacket = null;
        }
    }

    private void limitLargePacket() {
        stopLimit();
        stopLargePacket = broker.timers().schedule(loop(), LARGE_PACKET_TIMEOUT, () -> {
            if (!closed && reception.isArriving()) {
                if (broker.largePackets().areAwaited()) {
                    close(ReasonCode.QUOTA_EXCEEDED, "a large packet did not arrive in time, and others wait");
                } else {
                    limitLargePacket();
                }
            }
        });
    }

    private void endReception() {
        stopLimit();
        reception.end();
    }

    private void receive(Packet packet) {
        broker.counters().packetsReceived().increment();
        if (gate == null) {
            receiver.receive(packet);
        } else {
            gate.fromClient(packet, () -> receiver.receive(packet));
        }
    }

    private void refuse(DecodeFailure failure) {
        if (failure.version() == null) {
            close(failure.reasonCode(), failure.message(), null);
        } else if (encoder == null) {
            ((Handshake) receiver).refuseUnreadable(failure.version(), failure.reasonCode(), failure.message());
        } else {
            close(receiver.reasonOf(failure), failure.message());
        }
    }

    /** Stops reading; bytes wait in the network. */
    void pause(Pause pause) {
        if (closed) {
            return;
        }
        if (pauses.add(pause) && pause == Pause.OUTPUT) {
            leastUnsentBytes = unsentBytes();
        }
        context().channel().config().setAutoRead(false);
    }

    /** Reads on, if nothing else speaks against it. */
    void resume(Pause pause) {
        if (pauses.remove(pause) && pauses.isEmpty() && !closed) {
            if (pause == Pause.OUTPUT || WAITS_FOR_BROKER.contains(pause)) {
                // What it sent meanwhile was not heard.
                lastSignMillis = broker.clock().millis();
            }
            context().channel().config().setAutoRead(true);
            decode();
        }
    }

    /** Goes to another event loop and does {@code then} there; must be paused and have written nothing. */
    void moveTo(BrokerLoop newLoop, Runnable then) {
        Channel channel = context().channel();
        channel.deregister()
                .addListener(deregistered -> newLoop.eventLoop()
                        .register(channel)
                        .addListener(registered -> newLoop.execute(() -> {
                            loop = newLoop;
                            then.run();
                        })));
    }

    /** Writes a packet, to be flushed at the end of this pass. */
    void write(Packet packet) {
        if (gate == null) {
            writeNow(packet);
        } else {
            gate.toClient(packet.type(), GatedConnection.identifierOf(packet), null, () -> writeNow(packet));
        }
    }

    /** Whether a packet is not larger than the client takes. */
    boolean fits(Packet packet) {
        ByteBuf encoded =
                encoder == null ? null : encoder.encode(packet, context().alloc());
        if (encoded != null) {
            encoded.release();
        }
        return encoded != null;
    }

    private void writeNow(Packet packet) {
        PacketEncoder to = encoder;
        if (closed || to == null) {
            return;
        }
        ByteBuf encoded = to.encode(packet, context().alloc());
        if (encoded != null) {
            try {
                output(encoded.readableBytes()).writeBytes(encoded);
                unsentPackets++;
                broker.counters().packetsSent().increment();
            } finally {
                encoded.release();
            }
        }
    }

    /** Writes a message, to be flushed at the end of this pass; false if it is larger than the client takes. */
    boolean write(EncodedPublish publish, Delivery delivery) {
        PacketEncoder to = encoder;
        if (closed || to == null) {
            return true;
        }
        int size = publish.size(delivery);
        if (size > to.maximumPacketSizeBytes()) {
            return false;
        }
        if (gate == null) {
            writeNow(publish, delivery, size);
        } else {
            gate.toClient(
                    PacketType.PUBLISH,
                    delivery.packetIdentifier(),
                    publish.topic(),
                    () -> writeNow(publish, delivery, size));
        }
        return true;
    }

    private void writeNow(EncodedPublish publish, Delivery delivery, int size) {
        if (closed) {
            return;
        }
        int payloadBytes = publish.payload().readableBytes();
        if (payloadBytes < BrokerLoop.SHARED_PAYLOAD_BYTES) {
            publish.writeTo(delivery, output(size));
        } else {
            publish.writeHeadTo(delivery, output(size - payloadBytes));
            sendOutput();
            send(loop().sharedPayload(publish, context().alloc()));
        }
        unsentPackets++;
        broker.counters().packetsSent().increment();
        broker.counters().publishesSent().increment();
        broker.counters().publishBytesSent().add(payloadBytes);
    }

    private ByteBuf output(int bytes) {
        ByteBuf current = output;
        if (current != null && current.readableBytes() + bytes > FULL_OUTPUT_BYTES) {
            sendOutput();
            current = null;
        }
        if (current == null) {
            current = context().alloc().directBuffer(Math.max(FIRST_OUTPUT_BYTES, bytes));
            output = current;
        }
        if (!flushPending) {
            flushPending = true;
            loop().flushLater(this);
        }
        return current;
    }

    private void sendOutput() {
        ByteBuf last = output;
        output = null;
        if (last != null) {
            send(last);
        }
    }

    private void send(ByteBuf bytes) {
        broker.counters().bytesSent().add(bytes.readableBytes());
        context().write(bytes, context().voidPromise());
    }

    /** Hands everything written to the network. */
    void flush() {
        if (flushPending) {
            flushPending = false;
            sendOutput();
            context().flush();
            if (unsentBytes() == 0) {
                unsentPackets = 0;
            }
        }
    }

    /** Packets written since the network last had taken all; some of them it may have taken, too. */
    int unsentPackets() {
        return unsentBytes() == 0 ? 0 : unsentPackets;
    }

    /** Bytes written that the network has not taken yet. */
    long unsentBytes() {
        ChannelOutboundBuffer pending = context().channel().unsafe().outboundBuffer();
        return (output == null ? 0 : output.readableBytes()) + (pending == null ? 0 : pending.totalPendingWriteBytes());
    }

    boolean isWritable() {
        return context().channel().isWritable();
    }

    /** Bytes that the network has not taken yet. */
    long pendingOutputBytes() {
        Channel channel = context().channel();
        int highWater = channel.config().getWriteBufferHighWaterMark();
        int unsent = output == null ? 0 : output.readableBytes();
        return channel.isWritable() ? unsent + highWater - channel.bytesBeforeUnwritable() : Long.MAX_VALUE;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            resume(Pause.OUTPUT);
        } else {
            pause(Pause.OUTPUT);
        }
        if (!closed) {
            receiver.writabilityChanged();
        }
    }

    /** Ends the connection, telling an MQTT 5 client that is connected why (MQTT 5 §4.13.1). */
    void close(ReasonCode reasonCode, String reason) {
        boolean tells = receiver.isWelcome() && encoder != null && encoder.version() == MqttVersion.MQTT_5;
        // The code says it all to a program; like Mosquitto, words are for clients that ask for them.
        Disconnect last = tellsReasons ? new Disconnect(reasonCode, reason) : new Disconnect(reasonCode);
        close(reasonCode, reason, tells ? last : null);
    }

    /** Ends the connection with a last packet, or with none. */
    void close(ReasonCode reasonCode, String reason, @Nullable Packet last) {
        if (closed) {
            return;
        }
        if (last != null) {
            write(last);
        }
        closed = true;
        if (!decoding) {
            endReception();
        }
        boolean waits = last != null && reasonCode != ReasonCode.SERVER_SHUTTING_DOWN;
        try {
            // Before the peer can see the end: whoever comes next finds the session as this connection left it.
            receiver.closed(reasonCode, reason);
        } finally {
            closeChannel(waits);
        }
    }

    private void closeChannel(boolean waitsForPeer) {
        if (!isWritable()) {
            discardOutput();
            context().close();
            return;
        }
        flush();
        Channel channel = context().channel();
        Runnable stop = broker.timers().schedule(loop(), LAST_WRITE_TIMEOUT, channel::close);
        context().writeAndFlush(context().alloc().buffer(0)).addListener(done -> {
            stop.run();
            if (waitsForPeer && done.isSuccess() && channel.pipeline().first() == this) {
                leave.run();
                Farewell.say(channel, broker.timers(), loop());
            } else {
                channel.close();
            }
        });
    }

    /**
     * Ends the connection because the broker stops; from any thread.
     *
     * @return the channel, whose close future tells when it is done; null if there is none yet
     */
    public @Nullable Channel shutDown() {
        ChannelHandlerContext present = context;
        if (present == null) {
            return null;
        }
        Channel channel = present.channel();
        channel.eventLoop().execute(() -> {
            if (receiver.isWelcome() && !Farewell.isSaid(channel)) {
                close(ReasonCode.SERVER_SHUTTING_DOWN, "the broker stops");
            } else {
                channel.close();
            }
        });
        return channel;
    }

    private void discardOutput() {
        if (output != null) {
            output.release();
            output = null;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        lost("the connection was lost");
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        lost("the connection was lost");
        discardOutput();
    }

    private void lost(String reason) {
        if (!closed) {
            closed = true;
            if (!decoding) {
                endReception();
            }
            receiver.closed(ReasonCode.UNSPECIFIED_ERROR, reason);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("{}: {}", peer.remoteAddress(), cause.toString());
        lost("the connection broke: " + cause.getMessage());
        ctx.close();
    }
}
