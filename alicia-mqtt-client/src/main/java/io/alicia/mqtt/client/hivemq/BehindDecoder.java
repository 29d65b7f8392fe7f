package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.internal.mqtt.codec.decoder.MqttDecoder;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;

/** Sees each packet between the HiveMQ client's codec and all else of it. */
abstract class BehindDecoder extends ChannelDuplexHandler {

    final void addTo(ChannelPipeline pipeline) {
        pipeline.addAfter(MqttDecoder.NAME, null, this);
    }

    /** Another one for the same connection: Netty takes none twice. */
    abstract BehindDecoder again();

    /** Passes {@code packet} on as it is to be. */
    abstract void received(ChannelHandlerContext context, Object packet);

    @Override
    public final void channelRead(ChannelHandlerContext context, Object packet) {
        received(context, packet);
        ChannelPipeline pipeline = context.pipeline();
        if (packet instanceof Mqtt5ConnAck && pipeline.get(MqttDecoder.NAME) != null) {
            // With CONNACK the client has put what takes messages right behind the decoder, and so before this.
            pipeline.remove(this);
            again().addTo(pipeline);
        }
    }
}
