package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.internal.mqtt.message.publish.MqttStatefulPublish;
import com.hivemq.client.internal.util.collections.ImmutableIntList;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.List;

/** Has each message that arrives keep the Subscription Identifiers and the DUP flag that it came with. */
final class PublishPassing extends BehindDecoder {

    /** Subscription Identifiers of the latest message: most often the next one has the same. */
    private List<Integer> latest = List.of();

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
    BehindDecoder again() {
        return new PublishPassing();
    }

    @Override
    void received(ChannelHandlerContext context, Object packet) {
        if (packet instanceof MqttStatefulPublish publish
                && (publish.isDup() || !publish.getSubscriptionIdentifiers().isEmpty())) {
            context.fireChannelRead(ReceivedPublish.of(publish, listOf(publish.getSubscriptionIdentifiers())));
        } else {
            context.fireChannelRead(packet);
        }
    }
}
