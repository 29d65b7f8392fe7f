package io.alicia.mqtt.broker.transport;

import io.alicia.mqtt.broker.protocol.Pubcomp;
import io.alicia.mqtt.broker.protocol.Pubrel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Frees the Packet Identifiers that an earlier process has left with the server in a session that this one takes over. A message of
 * QoS 2 under one whose handshake is not through is taken for the earlier process's, sent again: it is acknowledged and reaches
 * nobody [MQTT-4.3.3-10]. PUBREL ends such a handshake; for an identifier that is not in use it changes nothing (MQTT 5 §3.7.2.1),
 * and neither answer is for the connection.
 */
final class IdentifierRelease extends ChannelInboundHandlerAdapter {

    /** A server that does not answer is not waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final PacketSink sink;
    private final Runnable whenDone;
    private final Runnable whenLost;
    private final BitSet open;
    private boolean over;
    private @Nullable ScheduledFuture<?> patience;

    /**
     * Of what {@code sink} leads to.
     *
     * @param identifiers those that may be in use there, and are not here
     * @param whenDone run on the event loop, once, unless the other one is
     * @param whenLost the same if the connection ends before that
     */
    IdentifierRelease(BitSet identifiers, PacketSink sink, Runnable whenDone, Runnable whenLost) {
        this.open = identifiers;
        this.sink = sink;
        this.whenDone = whenDone;
        this.whenLost = whenLost;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        patience = context.executor().schedule(() -> end(whenDone), PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        for (int identifier : open.stream().toArray()) { // answers may come at once
            sink.send(new Pubrel(identifier));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object decoded) {
        if (!(decoded instanceof Pubcomp pubcomp) || !open.get(pubcomp.packetIdentifier())) {
            context.fireChannelRead(decoded);
            return;
        }
        open.clear(pubcomp.packetIdentifier());
        if (open.isEmpty()) {
            context.pipeline().remove(this);
            end(whenDone);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        context.fireChannelInactive();
        end(whenLost);
    }

    private void end(Runnable told) {
        ScheduledFuture<?> waiting = patience;
        if (!over && waiting != null) {
            over = true;
            waiting.cancel(false);
            told.run();
        }
    }
}
