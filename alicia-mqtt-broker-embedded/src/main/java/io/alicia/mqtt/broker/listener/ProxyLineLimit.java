package io.alicia.mqtt.broker.listener;

import io.alicia.mqtt.broker.monitoring.ConnectionFailure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Holds the line of the PROXY protocol's version 1 to its length: 107 bytes with its end. Netty counts without the end, and
 * waits for it. A header of version 2 begins with a line feed, so that it passes at once.
 */
final class ProxyLineLimit extends ChannelInboundHandlerAdapter {

    private static final int LONGEST_LINE = 107;

    private final Admission admission;
    private int seen;

    ProxyLineLimit(Admission admission) {
        this.admission = admission;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        int end = bytes.indexOf(bytes.readerIndex(), bytes.writerIndex(), (byte) '\n');
        seen += end < 0 ? bytes.readableBytes() : end + 1 - bytes.readerIndex();
        if (seen > LONGEST_LINE) {
            bytes.release();
            admission.fail(ConnectionFailure.PROXY_HEADER, ProxyHeader.CORRUPT);
            return;
        }
        ctx.fireChannelRead(message);
        if (end >= 0) {
            ctx.pipeline().remove(this);
        }
    }
}
