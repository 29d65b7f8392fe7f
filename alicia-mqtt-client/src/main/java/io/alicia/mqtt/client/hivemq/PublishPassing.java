package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.internal.mqtt.codec.decoder.MqttDecoder;
import com.hivemq.client.internal.mqtt.message.publish.MqttStatefulPublish;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;

/** Behind the HiveMQ client's decoder: has each message keep the Subscription Identifiers and the DUP flag that it came with. */
final class PublishPassing extends ChannelInboundHandlerAdapter {

    static void addTo(ChannelPipeline pipeline) {
        pipeline.addAfter(MqttDecoder.NAME, null, new PublishPassing());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object packet) {
        if (packet instanceof MqttStatefulPublish publish
                && (publish.isDup() || !publish.getSubscriptionIdentifiers().isEmpty())) {
            context.fireChannelRead(ReceivedPublish.of(publish));
            return;
        }
        context.fireChannelRead(packet);
        ChannelPipeline pipeline = context.pipeline();
        if (packet instanceof Mqtt5ConnAck && pipeline.get(MqttDecoder.NAME) != null) {
            // With CONNACK the client has put what takes messages right behind the decoder, and so before this.
            pipeline.remove(this);
            addTo(pipeline);
        }
    }
}
