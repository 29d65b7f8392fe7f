package io.alicia.mqtt.client.hivemq;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Sets the bit with which Mosquitto's bridges announce themselves in the Protocol Level of a 3.1.1 CONNECT, the first packet of
 * a connection; the HiveMQ client has no setting for it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the promise is passed on
final class BridgeMark extends ChannelOutboundHandlerAdapter {

    private static final int CONNECT = 0x10;
    private static final int BRIDGE = 0x80;
    /** Behind the packet type, past the last byte of the Remaining Length: length and name of the protocol. */
    private static final int PROTOCOL_NAME_BYTES = 2 + "MQTT".length();

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf packet && packet.isReadable()) {
            if (packet.getUnsignedByte(packet.readerIndex()) == CONNECT) {
                mark(packet);
            }
            context.pipeline().remove(this);
        }
        context.write(message, promise);
    }

    private static void mark(ByteBuf connect) {
        int index = connect.readerIndex() + 1;
        while ((connect.getUnsignedByte(index) & 0x80) != 0) {
            index++;
        }
        int level = index + 1 + PROTOCOL_NAME_BYTES;
        connect.setByte(level, connect.getUnsignedByte(level) | BRIDGE);
    }
}
