package io.alicia.mqtt.broker.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hangs up on a load balancer that only looks whether somebody is there, as Mosquitto does at once: one that looks with a
 * CONNECT sends it right behind its header, and one that sends nothing need not keep its place until a CONNECT would be
 * missed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is handled
final class LoadBalancerCheck extends ChannelInboundHandlerAdapter {

    private static final long PATIENCE_MILLIS = 1_000;

    private @Nullable Future<?> timeout;

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        timeout = ctx.executor().schedule(() -> ctx.close(), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ctx.pipeline().remove(this);
        ctx.fireChannelRead(message);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timeout != null) {
            timeout.cancel(false);
            timeout = null;
        }
    }
}
