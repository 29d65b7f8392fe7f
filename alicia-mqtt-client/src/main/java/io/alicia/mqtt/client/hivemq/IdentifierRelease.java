package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.internal.mqtt.codec.decoder.MqttDecoder;
import com.hivemq.client.internal.mqtt.datatypes.MqttUserPropertiesImpl;
import com.hivemq.client.internal.mqtt.message.publish.pubcomp.MqttPubComp;
import com.hivemq.client.internal.mqtt.message.publish.pubrel.MqttPubRel;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.KeptHandshake;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frees the Packet Identifiers that an earlier process has left with the server in a session that this one takes over. The HiveMQ
 * client begins with identifier 1 again, and a message of QoS 2 under one whose handshake is not through is taken for the earlier
 * process's, sent again: it is acknowledged and reaches nobody [MQTT-4.3.3-10]. PUBREL ends such a handshake; for an identifier
 * that is not in use it changes nothing (MQTT 5 §3.7.2.1), and neither answer is for the HiveMQ client.
 */
final class IdentifierRelease extends ChannelInboundHandlerAdapter {

    private static final Logger LOGGER = LoggerFactory.getLogger(IdentifierRelease.class);

    /** What a client has under way by default: the earlier process may have had more than this one. */
    private static final int AT_LEAST = 1_024;

    /** A server that does not answer is not waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final BitSet open = new BitSet();
    private final Runnable whenDone;
    private boolean done;

    private IdentifierRelease(ConnectRequest request, int receiveMaximum, Runnable whenDone) {
        int count = Math.min(
                receiveMaximum,
                Math.min(Math.max(request.sendMaximum(), AT_LEAST), KeptHandshake.FIRST_PACKET_IDENTIFIER - 1));
        open.set(1, count + 1);
        if (request.keepsHandshakes()) {
            int all = KeptHandshake.LAST_PACKET_IDENTIFIER - KeptHandshake.FIRST_PACKET_IDENTIFIER + 1;
            open.set(
                    KeptHandshake.FIRST_PACKET_IDENTIFIER,
                    KeptHandshake.FIRST_PACKET_IDENTIFIER + Math.min(count, all));
            request.unfinishedHandshakes().forEach(open::clear);
        }
        this.whenDone = whenDone;
    }

    /**
     * On the event loop of {@code channel}: frees those that at most {@code receiveMaximum} messages had, but for the handshakes that
     * {@code request} says to be unfinished; once, {@code whenDone}.
     */
    static void begin(Channel channel, ConnectRequest request, int receiveMaximum, Runnable whenDone) {
        channel.pipeline().addAfter(MqttDecoder.NAME, null, new IdentifierRelease(request, receiveMaximum, whenDone));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        open.stream().forEach(identifier -> {
            MqttPubRel pubrel = new MqttPubRel(
                    identifier, MqttPubRel.DEFAULT_REASON_CODE, null, MqttUserPropertiesImpl.NO_USER_PROPERTIES);
            ChannelFuture unused = context.write(pubrel, context.voidPromise());
        });
        context.flush();
        context.executor()
                .schedule(() -> end(context), PATIENCE.toNanos(), TimeUnit.NANOSECONDS)
                .addListener(ended -> LOGGER.trace("no longer waited for: {}", open));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object packet) {
        if (packet instanceof MqttPubComp pubcomp && open.get(pubcomp.getPacketIdentifier())) {
            open.clear(pubcomp.getPacketIdentifier());
            if (open.isEmpty()) {
                context.pipeline().remove(this);
                end(context);
            }
            return;
        }
        context.fireChannelRead(packet);
    }

    private void end(ChannelHandlerContext context) {
        if (!done && context.channel().isActive()) {
            done = true;
            whenDone.run();
        }
    }
}
