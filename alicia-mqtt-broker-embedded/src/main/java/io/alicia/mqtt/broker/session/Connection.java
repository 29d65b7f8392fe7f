package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.broker.protocol.DecodeFailure;
import io.alicia.mqtt.broker.protocol.Decoded;
import io.alicia.mqtt.broker.protocol.Delivery;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.EncodedPublish;
import io.alicia.mqtt.broker.protocol.Packet;
import io.alicia.mqtt.broker.protocol.PacketEncoder;
import io.alicia.mqtt.broker.protocol.PacketType;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.ReasonCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One network connection: what it {@linkplain Reception receives} goes to its receiver packet by packet, unless it is
 * {@linkplain Reading not read}; what is written is its {@link Output}; and its end is told once. It does not know what packets mean, see {@link Handshake} and {@link Client}. The last
 * handler of its channel; what is below it carries bytes. Belongs to its channel's event loop, which may change once.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is handled
public final class Connection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int ENOUGH_UNDECODED_BYTES = 64 * 1024;
    private static final Duration LAST_WRITE_TIMEOUT = Duration.ofSeconds(5);

    private final Broker broker;
    private final Peer peer;
    private final Runnable leave;
    private final Reception reception;
    private final Reading reading = new Reading();
    private final @Nullable GatedConnection gate;
    private PacketReceiver receiver;
    /** Set once, when the connection gets its place; read by the thread that stops the broker, too. */
    private volatile @Nullable ChannelHandlerContext context;

    private @Nullable BrokerLoop loop;
    private @Nullable PacketEncoder encoder;
    private @Nullable Output output;
    private boolean decoding;
    private boolean tellsReasons;
    private boolean closed;

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
        this.reception = new Reception(this, maxPacketSize, broker.largePackets(), broker.timers());
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

    ByteBufAllocator allocator() {
        return context().alloc();
    }

    private Output output() {
        if (output == null) {
            throw new IllegalStateException("the connection is not active yet");
        }
        return output;
    }

    /** The time of the last sign that the client is there, milliseconds of the epoch; looks for one if there may be any. */
    long lastSignOfLifeMillis() {
        if (reading.isPausedFor(Pause.OUTPUT) && reception.size() < ENOUGH_UNDECODED_BYTES) {
            // Not to be decoded now, but to hear whether it sends: the next look knows.
            context().read();
        }
        return reading.lastSignMillis(broker.clock().millis(), unsentBytes());
    }

    boolean isPaused() {
        return reading.isPaused();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        output = new Output(this, ctx, broker);
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
            reading.heard(broker.clock().millis());
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
        output().discard();
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
        reading.heard(broker.clock().millis());
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
            while (!reading.isPaused() && !closed) {
                Decoded decoded = reception.next();
                if (decoded == null) {
                    break;
                }
                if (decoded instanceof DecodeFailure failure) {
                    refuse(failure);
                } else {
                    receive((Packet) decoded);
                    done();
                }
            }
        } catch (RuntimeException e) {
            LOG.error("a packet of {} could not be handled", peer.remoteAddress(), e);
            close(ReasonCode.UNSPECIFIED_ERROR, "internal error");
        } finally {
            decoding = false;
            if (closed) {
                reception.end();
            } else {
                reception.tidy(context().alloc());
            }
        }
    }

    /** What a packet became may have to wait, and then it counts as if it had not arrived: others would follow it. */
    private void done() {
        if (!reading.isPausedFor(Pause.MAILBOX) && !reading.isPausedFor(Pause.STORE)) {
            reception.done();
        }
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
        reading.pause(pause, unsentBytes());
        context().channel().config().setAutoRead(false);
    }

    /** Reads on, if nothing else speaks against it. */
    void resume(Pause pause) {
        if (reading.resume(pause, broker.clock().millis()) && !closed) {
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
        PacketEncoder to = encoder;
        if (to == null || to.maximumPacketSizeBytes() == ConnectProperties.NO_PACKET_SIZE_LIMIT) {
            return to != null;
        }
        ByteBuf encoded = to.encode(packet, context().alloc());
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
        output().write(packet, to);
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
        if (!closed) {
            output().write(publish, delivery, size);
        }
    }

    /** Hands everything written to the network. */
    void flush() {
        output().flush();
    }

    /** Packets written since the network last had taken all; some of them it may have taken, too. */
    int unsentPackets() {
        return output().unsentPackets();
    }

    /** Bytes written that the network has not taken yet. */
    long unsentBytes() {
        return output().unsentBytes();
    }

    boolean isWritable() {
        return output().isWritable();
    }

    /** Bytes that the network has not taken yet; the largest number from where it has more than enough. */
    long pendingOutputBytes() {
        return output().pendingBytes();
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
            reception.end();
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
            output().discard();
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

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        lost("the connection was lost");
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        lost("the connection was lost");
        output().discard();
    }

    private void lost(String reason) {
        if (!closed) {
            closed = true;
            if (!decoding) {
                reception.end();
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
