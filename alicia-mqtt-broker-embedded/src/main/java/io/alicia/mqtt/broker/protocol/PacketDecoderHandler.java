package io.alicia.mqtt.broker.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/** Puts a {@link PacketDecoder} into a pipeline: bytes in, {@link Decoded} out; after a failure nothing more comes. */
public final class PacketDecoderHandler extends ByteToMessageDecoder {

    private final PacketDecoder decoder;

    /** Around the decoder of this one connection. */
    public PacketDecoderHandler(PacketDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        Decoded decoded = decoder.decode(in);
        if (decoded != null) {
            out.add(decoded);
        }
    }
}
