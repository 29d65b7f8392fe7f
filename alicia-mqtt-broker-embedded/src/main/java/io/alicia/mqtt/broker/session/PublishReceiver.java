package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.Pubcomp;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.protocol.Pubrec;
import io.alicia.mqtt.broker.protocol.Pubrel;
import io.alicia.mqtt.broker.protocol.ReasonProperties;
import io.alicia.mqtt.broker.routing.TopicLevels;
import io.alicia.mqtt.broker.security.ClientAccess;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicName;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a client publishes (MQTT 5 §3.3.4): resolves the alias, keeps to limits, asks the access model, hands the message
 * to the router and acknowledges when the store says that it is safe. A QoS 2 message waits in the {@link Inbox} until
 * its PUBREL, and is published then.
 */
final class PublishReceiver {

    private static final String CONTROL_RESPONSE = "/response";
    private static final String NO_ENDPOINT = "{\"error\": \"endpoint not available\"}";

    private final Broker broker;
    private final Client client;
    private final ListenerSettings listener;
    private final Session session;
    private final int receiveMaximum;
    private final ClientAccess access;
    private final IncomingAliases aliases;
    private final Acknowledgements acknowledgements;
    private boolean closed;

    PublishReceiver(
            Broker broker,
            Client client,
            ListenerSettings listener,
            int receiveMaximum,
            Session session,
            ClientAccess access) {
        this.broker = broker;
        this.client = client;
        this.listener = listener;
        this.receiveMaximum = receiveMaximum;
        this.session = session;
        this.access = access;
        this.aliases = new IncomingAliases(broker.budget());
        this.acknowledgements = new Acknowledgements(session, broker.journal());
    }

    void closed() {
        closed = true;
        aliases.close();
    }

    void receive(Publish publish) {
        try {
            broker.counters().publishesReceived().increment();
            broker.counters().publishBytesReceived().add(publish.payload().readableBytes());
            TopicName topic = resolve(publish);
            if (topic != null && broker.events().listensToPackets()) {
                client.trace().received(publish, topic);
            }
            if (topic != null && isAllowedHere(publish, topic)) {
                take(publish, topic);
            }
        } finally {
            publish.release();
        }
    }

    /** The topic that the packet names or whose alias it gives; null if the connection had to be closed. */
    private @Nullable TopicName resolve(Publish publish) {
        int alias = publish.topicAlias();
        TopicName named = publish.topic();
        if (alias == 0) {
            if (named == null) {
                client.close(ReasonCode.PROTOCOL_ERROR, "PUBLISH without topic and alias [MQTT-3.3.2-8]");
            }
            return named;
        }
        if (alias > listener.maxTopicAlias()) {
            client.close(ReasonCode.TOPIC_ALIAS_INVALID, "alias " + alias + " of " + listener.maxTopicAlias());
            return null;
        }
        if (named != null) {
            if (aliases.set(alias, named)) {
                return named;
            }
            client.close(ReasonCode.QUOTA_EXCEEDED, Quotas.HELD_BYTES_REACHED);
            return null;
        }
        TopicName known = aliases.topicOrNull(alias);
        if (known == null) {
            client.close(ReasonCode.PROTOCOL_ERROR, "topic alias " + alias + " was not set");
        }
        return known;
    }

    /** Whether the connection may go on; if not it was closed. */
    private boolean isAllowedHere(Publish publish, TopicName topic) {
        if (publish.qos().compareTo(listener.maxQos()) > 0) {
            client.close(ReasonCode.QOS_NOT_SUPPORTED, "QoS " + publish.qos().level() + " [MQTT-3.2.2-11]");
            return false;
        }
        if (publish.retain() && !broker.settings().retainAvailable()) {
            client.close(ReasonCode.RETAIN_NOT_SUPPORTED, "RETAIN [MQTT-3.2.2-14]");
            return false;
        }
        if (TopicLevels.count(topic.value()) > broker.settings().maxTopicLevels()) {
            client.close(ReasonCode.MALFORMED_PACKET, "the Topic Name has more levels than maxTopicLevels");
            return false;
        }
        if (publish.qos() != Qos.AT_MOST_ONCE
                && !session.inbox().contains(publish.packetIdentifier())
                && hasSentTooMany()) {
            client.close(ReasonCode.RECEIVE_MAXIMUM_EXCEEDED, "more messages than Receive Maximum [MQTT-3.3.4-9]");
            return false;
        }
        return true;
    }

    /**
     * An MQTT 5 client was told how many messages it may have under way. One of 3.1.1 cannot be told, and sends in a burst
     * what it has: how much it may have waiting for PUBREL is bounded by what all sessions may hold, as all else is.
     */
    private boolean hasSentTooMany() {
        return client.version() == MqttVersion.MQTT_5 && session.inbox().unfinished() >= receiveMaximum;
    }

    private void take(Publish publish, TopicName topic) {
        int packetIdentifier = publish.packetIdentifier();
        if (publish.qos() == Qos.EXACTLY_ONCE
                && session.inbox().contains(packetIdentifier)
                && broker.journal().isOn()) {
            session.inbox().whenCommitted(packetIdentifier, () -> client.write(new Pubrec(packetIdentifier)));
            return;
        }
        TopicName mounted = MountPoint.inOrNull(listener.mountPoint(), topic);
        if (mounted == null) {
            drop(publish, topic, ReasonCode.TOPIC_NAME_INVALID, DropCause.TOPIC_TOO_LONG);
        } else if (publish.payload().readableBytes() > broker.settings().messageSizeLimit()) {
            // Mosquitto says 0x95, which PUBACK does not have [MQTT-3.4.2-1].
            drop(publish, topic, ReasonCode.QUOTA_EXCEEDED, DropCause.PAYLOAD_TOO_LARGE);
        } else if (!access.mayPublish(mounted)) {
            broker.denials().publish(access, session.clientIdentifier(), mounted);
            drop(publish, topic, ReasonCode.NOT_AUTHORIZED, null);
        } else if (ControlTopics.contain(mounted)) {
            control(publish.packetIdentifier(), publish.qos(), mounted);
        } else {
            publish(publish, mounted);
        }
    }

    /**
     * What is to control the broker goes to no other client and is not retained. There is nothing here that it controls,
     * which its publisher is told as by Mosquitto 2.1 without a plugin: whether or not it subscribed to that.
     */
    private void control(int packetIdentifier, Qos qos, TopicName topic) {
        if (qos == Qos.AT_LEAST_ONCE) {
            acknowledge(packetIdentifier, ReasonCode.SUCCESS, null);
        } else if (qos == Qos.EXACTLY_ONCE) {
            client.write(new Pubrec(packetIdentifier));
        }
        TopicName response = TopicName.ofReceivedOrNull(topic.value() + CONTROL_RESPONSE);
        if (response != null) {
            session.delivery()
                    .tell(new Message(
                            response,
                            NO_ENDPOINT.getBytes(StandardCharsets.UTF_8),
                            Qos.AT_MOST_ONCE,
                            false,
                            PublishProperties.NONE,
                            broker.clock().millis(),
                            null,
                            null,
                            null));
        }
    }

    /** MQTT 5 tells the publisher, 3.1.1 has no way to: there the message seems taken. */
    private void drop(Publish publish, TopicName topic, ReasonCode reasonCode, @Nullable DropCause cause) {
        if (cause != null) {
            broker.counters().dropped(cause).increment();
            broker.events().tell(listening -> listening.dropped(session.clientIdentifier(), topic, cause));
        }
        int packetIdentifier = publish.packetIdentifier();
        if (publish.qos() == Qos.AT_LEAST_ONCE) {
            client.write(new Puback(packetIdentifier, reasonCode));
        } else if (publish.qos() == Qos.EXACTLY_ONCE) {
            client.write(new Pubrec(packetIdentifier, reasonCode));
        }
    }

    private void publish(Publish publish, TopicName topic) {
        Message message = new Message(
                topic,
                ByteBufUtil.getBytes(publish.payload()),
                publish.qos(),
                publish.retain(),
                publish.properties(),
                broker.clock().millis(),
                session.clientIdentifier(),
                access.account(),
                client.listener());
        if (message.qos() == Qos.EXACTLY_ONCE) {
            takeOver(publish, message);
            return;
        }
        Arrivals arrivals = broker.journal().isOn() && message.qos() == Qos.AT_LEAST_ONCE ? new Arrivals() : null;
        boolean reached = route(message, arrivals);
        if (message.qos() == Qos.AT_LEAST_ONCE) {
            acknowledge(
                    publish.packetIdentifier(),
                    reached ? ReasonCode.SUCCESS : ReasonCode.NO_MATCHING_SUBSCRIBERS,
                    arrivals);
        }
    }

    private void takeOver(Publish publish, Message message) {
        int packetIdentifier = publish.packetIdentifier();
        boolean goesOn = broker.journal().isOn();
        if (!session.inbox().hasRoomFor(packetIdentifier, goesOn ? null : message)) {
            refuse(publish, message.topic());
        } else if (goesOn) {
            publishOnce(packetIdentifier, message);
        } else {
            keep(packetIdentifier, message);
        }
    }

    /** There is no room for a QoS 2 message. A client that cannot be told keeps it, to send it again when it is back. */
    private void refuse(Publish publish, TopicName topic) {
        if (client.version() == MqttVersion.MQTT_5) {
            session.inbox().refuse(publish.packetIdentifier());
            drop(publish, topic, ReasonCode.QUOTA_EXCEEDED, DropCause.QUEUE_FULL);
        } else {
            client.close(ReasonCode.QUOTA_EXCEEDED, Quotas.HELD_BYTES_REACHED);
        }
    }

    /**
     * A QoS 2 message goes on at once, since the store keeps it: PUBREC says that it does. That says nothing of
     * subscribers, as in Mosquitto, where they are not known yet.
     */
    private void publishOnce(int packetIdentifier, Message message) {
        Runnable taken = session.journal().receiving(packetIdentifier);
        Arrivals arrivals = new Arrivals();
        session.inbox().begin();
        session.inbox().add(packetIdentifier);
        // The route itself, whose end has to be told of in any case: the store waits for it.
        arrivals.expect();
        acknowledgements.add(arrivals, taken, () -> {
            if (!closed) {
                client.write(new Pubrec(packetIdentifier));
            }
            session.inbox().committed(packetIdentifier);
        });
        try {
            route(message, arrivals);
        } finally {
            arrivals.arrived();
        }
    }

    /** A QoS 2 message that waits for its PUBREL. */
    private void keep(int packetIdentifier, Message message) {
        if (!session.inbox().contains(packetIdentifier)) {
            session.inbox().begin();
        }
        if (session.inbox().keep(packetIdentifier, message)) {
            client.write(new Pubrec(packetIdentifier));
        } else {
            client.close(ReasonCode.PROTOCOL_ERROR, "the same message again and again [MQTT-4.4.0-1]");
        }
    }

    /** Tells whether somebody subscribed. */
    private boolean route(Message message, @Nullable Arrivals arrivals) {
        boolean reached = broker.router().publish(message, session, session.home(), arrivals);
        if (!broker.events().none()) {
            broker.events()
                    .tell(listening -> listening.published(
                            session.clientIdentifier(),
                            message.topic(),
                            message.qos(),
                            message.retain(),
                            message.payloadBytes()));
        }
        Mailbox full = session.home().takeFull();
        if (full != null) {
            waitFor(full);
        }
        client.waitForStore();
        return reached;
    }

    /** A QoS 1 message was taken over. */
    private void acknowledge(int packetIdentifier, ReasonCode reasonCode, @Nullable Arrivals arrivals) {
        session.inbox().begin();
        if (arrivals == null) {
            acknowledgeNow(packetIdentifier, reasonCode);
            return;
        }
        acknowledgements.add(arrivals, () -> {}, () -> {
            if (!closed) {
                acknowledgeNow(packetIdentifier, reasonCode);
            }
        });
    }

    private void acknowledgeNow(int packetIdentifier, ReasonCode reasonCode) {
        client.write(new Puback(packetIdentifier, reasonCode, ReasonProperties.NONE));
        session.inbox().finish();
    }

    void receive(Pubrel pubrel) {
        int packetIdentifier = pubrel.packetIdentifier();
        if (session.inbox().isUncommitted(packetIdentifier)) {
            // Before PUBREC, which no client should: what is recorded of both keeps its order.
            session.inbox().whenCommitted(packetIdentifier, () -> receive(pubrel));
            return;
        }
        boolean known = session.inbox().contains(packetIdentifier);
        Message waiting = session.inbox().release(packetIdentifier);
        if (known) {
            session.inbox().finish();
        }
        if (waiting != null) {
            route(waiting, null);
        }
        // Whether it was known or not: an identifier that is not may be from before a take-over (MQTT 5 §3.7.2.1).
        Pubcomp pubcomp = new Pubcomp(packetIdentifier);
        if (known && session.journal().isLasting()) {
            // The client uses the identifier again; after a crash it must not be taken for that of the old message.
            session.journal().afterCommit(() -> client.write(pubcomp));
        } else {
            client.write(pubcomp);
        }
    }

    /** Another event loop lags behind: its publishers wait, its other sessions do not. */
    private void waitFor(Mailbox full) {
        client.connection().pause(Pause.MAILBOX);
        full.whenNotFull(() -> session.home().execute(() -> client.connection().resume(Pause.MAILBOX)));
    }
}
