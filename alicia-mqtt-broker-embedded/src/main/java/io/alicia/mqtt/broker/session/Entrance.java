package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.monitoring.ClientInfo;
import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.broker.protocol.ConnackProperties;
import io.alicia.mqtt.broker.protocol.Connect;
import io.alicia.mqtt.broker.protocol.Will;
import io.alicia.mqtt.broker.routing.TopicLevels;
import io.alicia.mqtt.broker.security.ClientAccess;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicName;
import org.jspecify.annotations.Nullable;

/**
 * The way of a client that was let in to its session (MQTT 5 §3.1.4): looks at its will and whether there is room for it,
 * brings the connection to the session's event loop, attaches it and answers with CONNACK. The last part of a {@link
 * Handshake}.
 */
final class Entrance {

    private final Broker broker;
    private final Connection connection;
    private final Handshake handshake;
    private final Connect connect;
    private final ClientAccess access;
    private final ListenerSettings listener;
    private final SessionSettings settings;

    Entrance(
            Broker broker,
            Connection connection,
            Handshake handshake,
            Connect connect,
            ClientAccess access,
            ListenerSettings listener,
            SessionSettings settings) {
        this.broker = broker;
        this.connection = connection;
        this.handshake = handshake;
        this.connect = connect;
        this.access = access;
        this.listener = listener;
        this.settings = settings;
    }

    void begin() {
        Will wanted = connect.will();
        if (wanted != null && ControlTopics.contain(wanted.topic())) {
            // As Mosquitto does: no client may leave a command behind that is carried out when it is gone.
            broker.counters().clientsRefused().increment();
            connection.close(ReasonCode.NOT_AUTHORIZED, "the will is for $CONTROL", null);
        } else if (wanted == null) {
            enter(null);
        } else {
            checkWill(wanted);
        }
    }

    private void checkWill(Will wanted) {
        TopicName topic = MountPoint.inOrNull(listener.mountPoint(), wanted.topic());
        ReasonCode impossible = impossible(wanted, topic);
        if (topic == null || impossible != null) {
            handshake.refuse(
                    impossible == null ? ReasonCode.TOPIC_NAME_INVALID : impossible,
                    "the will to " + wanted.topic() + " cannot be published");
        } else if (!access.mayPublish(topic)) {
            broker.denials().publish(access, access.clientIdentifier(), topic);
            handshake.refuse(ReasonCode.NOT_AUTHORIZED, "the will may not be published to " + topic);
        } else {
            enter(new PendingWill(topic, wanted));
        }
    }

    private @Nullable ReasonCode impossible(Will will, @Nullable TopicName topic) {
        if (topic == null || TopicLevels.count(topic.value()) > settings.maxTopicLevels()) {
            return ReasonCode.TOPIC_NAME_INVALID;
        }
        if (will.payload().length() > settings.messageSizeLimit()) {
            // 3.1.1 has no code for it; Mosquitto says this.
            return connect.version() == MqttVersion.MQTT_5 ? ReasonCode.PACKET_TOO_LARGE : ReasonCode.NOT_AUTHORIZED;
        }
        if (will.retain() && !settings.retainAvailable()) {
            return ReasonCode.RETAIN_NOT_SUPPORTED;
        }
        return will.qos().compareTo(listener.maxQos()) > 0 ? ReasonCode.QOS_NOT_SUPPORTED : null;
    }

    private void enter(@Nullable PendingWill will) {
        String clientIdentifier = access.clientIdentifier();
        if (broker.sessions().isFullFor(clientIdentifier)) {
            handshake.refuse(ReasonCode.SERVER_BUSY, "there are as many clients as globalMaxClients allows");
            return;
        }
        if (!broker.sessions().hasRoomFor(clientIdentifier, access.account(), expirySeconds() > 0, will)) {
            handshake.refuse(ReasonCode.QUOTA_EXCEEDED, Quotas.HELD_BYTES_REACHED);
            return;
        }
        Session session = broker.sessions().of(clientIdentifier, connection.loop());
        Runnable attach = () -> attach(session, will);
        if (session.home() == connection.loop()) {
            attach.run();
        } else {
            connection.moveTo(session.home(), () -> handshake.guarded(attach));
        }
    }

    private void attach(Session session, @Nullable PendingWill will) {
        if (connection.isClosed()) {
            session.endUnlessUsed();
            return;
        }
        if (access.isOutdated()) {
            // Whoever replaced the rules looked at the clients that were there, and this one was not yet.
            session.endUnlessUsed();
            handshake.judgeAgain(connect);
            return;
        }
        ConnackProperties properties = properties();
        if (!connection.fits(new Connack(false, ReasonCode.SUCCESS, properties))) {
            session.endUnlessUsed();
            String reason = "CONNACK is larger than its Maximum Packet Size [MQTT-3.1.2-24]";
            handshake.refused(ReasonCode.PACKET_TOO_LARGE, reason);
            connection.close(ReasonCode.PACKET_TOO_LARGE, reason, null);
            return;
        }
        ClientInfo accepted = handshake.introduction(connect).info(session.clientIdentifier(), access.account());
        Client client = new Client(broker, connection, listener, settings, session, access, accepted, connect);
        boolean wasLasting = session.journal().isLasting();
        Session.Attached attached = session.attach(client, access, connect.cleanStart(), will, expirySeconds());
        if (attached == Session.Attached.ENDED) {
            enter(will);
            return;
        }
        if (attached == Session.Attached.PRESENT) {
            // The rules may be others than when it was here last, also after a restart.
            session.withdrawForbidden().forEach(broker.denials()::subscribe);
        }
        connection.hand(client);
        Connack connack = new Connack(
                attached == Session.Attached.PRESENT && connect.version() != MqttVersion.MQTT_3_1,
                ReasonCode.SUCCESS,
                properties);
        if (wasLasting || session.journal().isKept()) {
            // What CONNACK says of the session has to be true after a crash, too, and its will has to be there.
            session.journal().afterCommit(() -> welcome(client, session, connack));
        } else {
            welcome(client, session, connack);
        }
    }

    private void welcome(Client client, Session session, Connack connack) {
        if (!connection.isClosed() && session.client() == client) {
            connection.write(connack);
            client.begin(connack, connect.will());
            session.open(client);
            connection.resume(Pause.HANDSHAKE);
        }
    }

    private long expirySeconds() {
        return Math.min(
                connect.properties().sessionExpiryIntervalSeconds(), settings.persistentClientExpirationSeconds());
    }

    private ConnackProperties properties() {
        ConnackProperties.Builder properties = ConnackProperties.builder();
        handshake.describe(properties);
        if (connect.clientIdentifier().isEmpty()) {
            // Not to one that has its user name for a Client Identifier instead of its own (MQTT 5 §3.2.2.3.7).
            properties.assignedClientIdentifier(access.clientIdentifier());
        }
        if (expirySeconds() != connect.properties().sessionExpiryIntervalSeconds()) {
            properties.sessionExpiryIntervalSeconds(expirySeconds());
        }
        if (connect.keepAliveSeconds() != Client.keepAliveSeconds(connect, settings)) {
            properties.serverKeepAliveSeconds(Client.keepAliveSeconds(connect, settings));
        }
        properties.receiveMaximum(settings.maxInflightMessages());
        properties.maximumQos(listener.maxQos());
        properties.retainAvailable(settings.retainAvailable());
        properties.maximumPacketSizeBytes(handshake.maxPacketSize());
        properties.topicAliasMaximum(listener.maxTopicAlias());
        return properties.build();
    }
}
