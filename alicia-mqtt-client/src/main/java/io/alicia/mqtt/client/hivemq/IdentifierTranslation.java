package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.internal.mqtt.datatypes.MqttUserPropertiesImpl;
import com.hivemq.client.internal.mqtt.message.publish.MqttStatefulPublish;
import com.hivemq.client.internal.mqtt.message.publish.pubcomp.MqttPubComp;
import com.hivemq.client.internal.mqtt.message.publish.pubrec.MqttPubRec;
import com.hivemq.client.internal.mqtt.message.publish.pubrel.MqttPubRel;
import io.alicia.mqtt.spi.KeptHandshake;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Has {@linkplain KeptHandshakes handshakes that somebody keeps} go under the Packet Identifiers that were chosen for them: the HiveMQ
 * client, which chooses its own and tells nobody, sees none but those. It is the client that conducts each handshake; here it only
 * gets PUBREC no sooner than the message is known not to be published again, and what comes behind waits as well, since PUBRELs go
 * in the order of the PUBRECs [MQTT-4.6.0-4].
 */
final class IdentifierTranslation extends BehindDecoder {

    /** A PUBREC as the HiveMQ client is to see it. */
    private static final class Held {

        private final MqttPubRec pubrec;
        private boolean free;

        Held(MqttPubRec pubrec, boolean free) {
            this.pubrec = pubrec;
            this.free = free;
        }
    }

    private final KeptHandshakes handshakes;
    private final Queue<Held> held = new ArrayDeque<>();
    private final Map<Integer, CompletableSubject> releasing = new HashMap<>();

    IdentifierTranslation(KeptHandshakes handshakes) {
        this.handshakes = handshakes;
    }

    @Override
    BehindDecoder again() {
        return new IdentifierTranslation(handshakes);
    }

    /** Sends PUBREL; completes with PUBCOMP, and not at all if the connection ends first. */
    static Completable release(Channel channel, int packetIdentifier) {
        return Completable.defer(() -> {
            CompletableSubject released = CompletableSubject.create();
            channel.eventLoop().execute(() -> {
                ChannelHandlerContext context = channel.pipeline().context(IdentifierTranslation.class);
                if (context != null) {
                    ((IdentifierTranslation) context.handler()).release(context, packetIdentifier, released);
                }
            });
            return released;
        });
    }

    private void release(ChannelHandlerContext context, int packetIdentifier, CompletableSubject released) {
        releasing.put(packetIdentifier, released);
        MqttPubRel pubrel = new MqttPubRel(
                packetIdentifier, MqttPubRel.DEFAULT_REASON_CODE, null, MqttUserPropertiesImpl.NO_USER_PROPERTIES);
        ChannelFuture unused = context.writeAndFlush(pubrel, context.voidPromise());
    }

    @Override
    public void write(ChannelHandlerContext context, Object packet, ChannelPromise promise) {
        ChannelFuture unused = context.write(translated(packet), promise);
    }

    /** As the HiveMQ client has it in one number. */
    private static int topicAlias(MqttStatefulPublish publish) {
        return publish.isNewTopicAlias()
                ? publish.getTopicAlias() | MqttStatefulPublish.TOPIC_ALIAS_FLAG_NEW
                : publish.getTopicAlias();
    }

    private Object translated(Object packet) {
        if (packet instanceof MqttStatefulPublish publish) {
            int clientIdentifier = publish.getPacketIdentifier();
            if (publish.stateless() instanceof KeptPublish kept) {
                KeptHandshake handshake = kept.handshake();
                handshakes.sentAs(clientIdentifier, handshake);
                return kept.createStateful(
                        handshake.packetIdentifier(),
                        publish.isDup() || handshake.isResumed(),
                        topicAlias(publish),
                        publish.getSubscriptionIdentifiers());
            }
            handshakes.taken(clientIdentifier);
        } else if (packet instanceof MqttPubRel pubrel) {
            KeptHandshake handshake = handshakes.byClientIdentifierOrNull(pubrel.getPacketIdentifier());
            if (handshake != null) {
                return new MqttPubRel(
                        handshake.packetIdentifier(),
                        pubrel.getReasonCode(),
                        pubrel.getRawReasonString(),
                        pubrel.getUserProperties());
            }
        }
        return packet;
    }

    @Override
    void received(ChannelHandlerContext context, Object packet) {
        if (packet instanceof MqttPubRec pubrec) {
            receivedPubrec(context, pubrec);
        } else if (packet instanceof MqttPubComp pubcomp) {
            receivedPubcomp(context, pubcomp);
        } else {
            context.fireChannelRead(packet);
        }
    }

    private void receivedPubrec(ChannelHandlerContext context, MqttPubRec pubrec) {
        int packetIdentifier = pubrec.getPacketIdentifier();
        Integer clientIdentifier = handshakes.clientIdentifierOrNull(packetIdentifier);
        KeptHandshake handshake = handshakeOrNull(clientIdentifier);
        if (clientIdentifier == null || handshake == null) {
            held.add(new Held(pubrec, true));
        } else {
            boolean refused = pubrec.getReasonCode().isError();
            Held next = new Held(
                    new MqttPubRec(
                            clientIdentifier,
                            pubrec.getReasonCode(),
                            pubrec.getRawReasonString(),
                            pubrec.getUserProperties()),
                    refused);
            held.add(next);
            if (refused) {
                handshakes.ended(packetIdentifier);
            } else {
                handshake.received(() -> context.executor().execute(() -> {
                    next.free = true;
                    passOn(context);
                }));
            }
        }
        passOn(context);
    }

    private @Nullable KeptHandshake handshakeOrNull(@Nullable Integer clientIdentifier) {
        return clientIdentifier == null ? null : handshakes.byClientIdentifierOrNull(clientIdentifier);
    }

    /** What a connection did not pass on before its end comes again on the next one. */
    private void passOn(ChannelHandlerContext context) {
        if (context.isRemoved() || !context.channel().isActive()) {
            held.clear();
            return;
        }
        for (Held first = held.peek(); first != null && first.free; first = held.peek()) {
            context.fireChannelRead(held.remove().pubrec);
        }
    }

    private void receivedPubcomp(ChannelHandlerContext context, MqttPubComp pubcomp) {
        int packetIdentifier = pubcomp.getPacketIdentifier();
        CompletableSubject released = releasing.remove(packetIdentifier);
        if (released != null) {
            released.onComplete();
            return;
        }
        Integer clientIdentifier = handshakes.clientIdentifierOrNull(packetIdentifier);
        if (clientIdentifier == null) {
            context.fireChannelRead(pubcomp);
            return;
        }
        handshakes.ended(packetIdentifier);
        context.fireChannelRead(new MqttPubComp(
                clientIdentifier, pubcomp.getReasonCode(), pubcomp.getRawReasonString(), pubcomp.getUserProperties()));
    }
}
