package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.internal.mqtt.handler.disconnect.MqttDisconnectEvent;
import com.hivemq.client.internal.mqtt.message.publish.MqttStatefulPublish;
import com.hivemq.client.internal.util.collections.ImmutableIntList;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has each message that arrives keep the Subscription Identifiers and the DUP flag that it came with. What follows in the same piece
 * of the network when this side has ended the connection goes no further, as nobody can acknowledge it: the HiveMQ client would log
 * each message past the Receive Maximum as an error, and Mosquitto sends hundreds. QoS 0 comes but once.
 */
final class PublishPassing extends BehindDecoder {

    private static final Logger LOGGER = LoggerFactory.getLogger(PublishPassing.class);

    /** Subscription Identifiers of the latest message: most often the next one has the same. */
    private List<Integer> latest = List.of();

    private boolean over;

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
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        over |= event instanceof MqttDisconnectEvent ended && ended.getSource() == MqttDisconnectSource.CLIENT;
        context.fireUserEventTriggered(event);
    }

    @Override
    void received(ChannelHandlerContext context, Object packet) {
        if (!(packet instanceof MqttStatefulPublish publish)) {
            context.fireChannelRead(packet);
        } else if (over && publish.stateless().getQos() != MqttQos.AT_MOST_ONCE) {
            LOGGER.debug(
                    "{} comes after the end of the connection",
                    publish.stateless().getTopic());
        } else if (publish.isDup() || !publish.getSubscriptionIdentifiers().isEmpty()) {
            context.fireChannelRead(ReceivedPublish.of(publish, listOf(publish.getSubscriptionIdentifiers())));
        } else {
            context.fireChannelRead(packet);
        }
    }
}
