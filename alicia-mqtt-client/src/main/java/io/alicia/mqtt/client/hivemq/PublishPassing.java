package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.internal.mqtt.codec.decoder.MqttDecoder;
import com.hivemq.client.internal.mqtt.message.publish.MqttStatefulPublish;
import com.hivemq.client.internal.util.collections.ImmutableIntList;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.util.ArrayList;
import java.util.List;

/** Behind the HiveMQ client's decoder: has each message keep the Subscription Identifiers and the DUP flag that it came with. */
final class PublishPassing extends ChannelInboundHandlerAdapter {

    /** Subscription Identifiers of the latest message: most often the next one has the same. */
    private List<Integer> latest = List.of();

    static void addTo(ChannelPipeline pipeline) {
        pipeline.addAfter(MqttDecoder.NAME, null, new PublishPassing());
    }

    private List<Integer> listOf(ImmutableIntList identifiers) {
        boolean same = identifiers.size() == latest.size();
        for (int i = 0; same && i < latest.size(); i++) {
            same = identifiers.get(i) == latest.get(i);
        }
        if (!same) {
            List<Integer> fresh = new ArrayList<>(identifiers.size());
            for (int i = 0; i < identifiers.size(); i++) {
                fresh.add(identifiers.get(i));
            }
            latest = List.copyOf(fresh);
        }
        return latest;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object packet) {
        if (packet instanceof MqttStatefulPublish publish
                && (publish.isDup() || !publish.getSubscriptionIdentifiers().isEmpty())) {
            context.fireChannelRead(ReceivedPublish.of(publish, listOf(publish.getSubscriptionIdentifiers())));
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
