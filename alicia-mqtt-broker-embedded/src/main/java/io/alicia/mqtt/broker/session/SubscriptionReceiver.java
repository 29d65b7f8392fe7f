package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.broker.protocol.Packet;
import io.alicia.mqtt.broker.protocol.Suback;
import io.alicia.mqtt.broker.protocol.Subscribe;
import io.alicia.mqtt.broker.protocol.Unsuback;
import io.alicia.mqtt.broker.protocol.Unsubscribe;
import io.alicia.mqtt.broker.routing.Subscription;
import io.alicia.mqtt.broker.routing.TopicLevels;
import io.alicia.mqtt.broker.security.ClientAccess;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.protocol.RetainHandling;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a client subscribes to (MQTT 5 §3.8.4, §3.10.4). Like Mosquitto's files, the access model accepts a subscription
 * and filters its messages at delivery, unless the policy is strict.
 */
final class SubscriptionReceiver {

    private static final List<ReasonCode> GRANTED =
            List.of(ReasonCode.SUCCESS, ReasonCode.GRANTED_QOS_1, ReasonCode.GRANTED_QOS_2);

    private final Broker broker;
    private final Client client;
    private final ListenerSettings listener;
    private final Session session;
    private final ClientAccess access;
    /** A bridge of 3.1.1 has no Subscription Options, but marked itself: it gets these. */
    private final boolean bridge;

    private final RetainSource retainSource;

    SubscriptionReceiver(
            Broker broker,
            Client client,
            ListenerSettings listener,
            Session session,
            ClientAccess access,
            boolean bridge) {
        this.broker = broker;
        this.client = client;
        this.listener = listener;
        this.session = session;
        this.access = access;
        this.bridge = bridge && client.version() != MqttVersion.MQTT_5;
        this.retainSource = new RetainSource(broker, listener.security(), access, session.clientIdentifier());
    }

    void receive(Subscribe subscribe) {
        for (io.alicia.mqtt.message.Subscription wanted : subscribe.subscriptions()) {
            if (isTooDeep(wanted.topicFilter())) {
                client.close(ReasonCode.MALFORMED_PACKET, "a Topic Filter has more levels than maxTopicLevels");
                return;
            }
        }
        int wishes = subscribe.subscriptions().size();
        if (isAnswerTooLarge(new Suback(subscribe.packetIdentifier(), anyCodes(wishes)))) {
            return;
        }
        List<ReasonCode> reasonCodes = new ArrayList<>(wishes);
        List<Subscription<Session>> wantRetained = new ArrayList<>();
        for (io.alicia.mqtt.message.Subscription wanted : subscribe.subscriptions()) {
            ReasonCode reasonCode = subscribe(wanted, subscribe.subscriptionIdentifier(), wantRetained);
            if (reasonCode.isError()) {
                broker.counters().subscriptionsRefused().increment();
                broker.events()
                        .tell(listening ->
                                listening.subscriptionRefused(client.info(), wanted.topicFilter(), reasonCode));
            }
            reasonCodes.add(
                    reasonCode.isError() && client.version() == MqttVersion.MQTT_3_1 ? feigned(wanted) : reasonCode);
        }
        if (wantRetained.isEmpty()) {
            acknowledge(() -> client.write(new Suback(subscribe.packetIdentifier(), reasonCodes)));
            client.waitForStore();
            return;
        }
        RetainedWalk walk = session.walk();
        walk.add(wantRetained, retainSource);
        acknowledge(
                () -> client.write(new Suback(subscribe.packetIdentifier(), reasonCodes)),
                () -> walk.begin(wantRetained.size()));
        client.waitForStore();
    }

    /** 3.1 has no code for a refusal: like Mosquitto, its clients are told what they asked for, and get nothing. */
    private ReasonCode feigned(io.alicia.mqtt.message.Subscription wanted) {
        return GRANTED.get(wanted.maximumQos().atMost(listener.maxQos()).level());
    }

    private boolean isTooDeep(TopicFilter filter) {
        return TopicLevels.count(filter.value()) > broker.settings().maxTopicLevels();
    }

    /** Whether the client may not be sent the answer [MQTT-3.1.2-24]: it would wait in vain, so nothing is done. */
    private boolean isAnswerTooLarge(Packet answer) {
        boolean tooLarge = !client.connection().fits(answer);
        if (tooLarge) {
            client.close(ReasonCode.PACKET_TOO_LARGE, answer.type() + " is larger than its Maximum Packet Size");
        }
        return tooLarge;
    }

    /** As many as there will be: an answer is as large whatever they are. */
    private static List<ReasonCode> anyCodes(int count) {
        return Collections.nCopies(count, ReasonCode.SUCCESS);
    }

    private ReasonCode subscribe(
            io.alicia.mqtt.message.Subscription wanted, int identifier, List<Subscription<Session>> wantRetained) {
        TopicFilter filter = MountPoint.inOrNull(listener.mountPoint(), wanted.topicFilter());
        if (filter == null || isTooDeep(filter)) {
            return ReasonCode.TOPIC_FILTER_INVALID;
        }
        Decision decision = access.decideSubscribe(filter);
        if (decision.denied()) {
            broker.denials().subscribe(decision);
            return ReasonCode.NOT_AUTHORIZED;
        }
        boolean full = session.subscriptions().size() >= broker.settings().maxSubscriptionsPerSession()
                || !broker.budget().hasRoomFor(Weights.ofSubscription(filter));
        if (full && !session.subscriptions().contains(filter)) {
            return ReasonCode.QUOTA_EXCEEDED;
        }
        Qos qos = wanted.maximumQos().atMost(listener.maxQos());
        Subscription<Session> subscription = new Subscription<>(
                session, filter, qos, bridge || wanted.noLocal(), bridge || wanted.retainAsPublished(), identifier);
        // A shared subscription gets no retained messages (MQTT 5 §4.8.2).
        boolean wantsRetained = filter.shareName().isEmpty() && wantsRetained(wanted.retainHandling(), filter);
        session.subscriptions().add(subscription, wantsRetained);
        if (wantsRetained) {
            wantRetained.add(subscription);
        }
        broker.events().tell(listening -> listening.subscribed(client.info(), filter, qos));
        return GRANTED.get(qos.level());
    }

    private boolean wantsRetained(RetainHandling handling, TopicFilter filter) {
        return handling == RetainHandling.SEND_AT_SUBSCRIBE
                || (handling == RetainHandling.SEND_IF_NEW
                        && !session.subscriptions().contains(filter));
    }

    void receive(Unsubscribe unsubscribe) {
        int wishes = unsubscribe.topicFilters().size();
        if (isAnswerTooLarge(new Unsuback(unsubscribe.packetIdentifier(), anyCodes(wishes)))) {
            return;
        }
        List<ReasonCode> reasonCodes = new ArrayList<>(wishes);
        for (TopicFilter wanted : unsubscribe.topicFilters()) {
            TopicFilter filter = MountPoint.inOrNull(listener.mountPoint(), wanted);
            if (filter != null && session.subscriptions().remove(filter)) {
                reasonCodes.add(ReasonCode.SUCCESS);
                broker.events().tell(listening -> listening.unsubscribed(client.info(), filter));
            } else {
                reasonCodes.add(ReasonCode.NO_SUBSCRIPTION_EXISTED);
            }
        }
        acknowledge(() -> client.write(new Unsuback(unsubscribe.packetIdentifier(), reasonCodes)));
        client.waitForStore();
    }

    private void acknowledge(Runnable answer) {
        acknowledge(answer, () -> {});
    }

    /**
     * Answers when what was done is committed, if the session is to outlive its connection, unless the client is gone.
     *
     * @param then runs after it, whether the client is gone or not
     */
    private void acknowledge(Runnable answer, Runnable then) {
        if (!session.journal().isLasting()) {
            answer.run();
            then.run();
            return;
        }
        session.journal().afterCommit(() -> {
            if (session.client() == client) {
                answer.run();
            }
            then.run();
        });
    }
}
