package io.alicia.mqtt.broker.cli;

import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.broker.config.LogType;
import io.alicia.mqtt.broker.monitoring.BrokerListener;
import io.alicia.mqtt.broker.monitoring.ClientInfo;
import io.alicia.mqtt.broker.monitoring.ConnectionFailure;
import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells what happens in the words of Mosquitto's log, so that what reads those goes on working. */
final class LogLines implements BrokerListener {

    /** Who is known to lose messages; beyond it some are told of again. */
    private static final int MOST_LOSERS = 10_000;

    private final BrokerLog log;
    private final Set<String> losers = ConcurrentHashMap.newKeySet();

    LogLines(BrokerLog log) {
        this.log = log;
    }

    @Override
    public void opened(String remoteAddress, String listener) {
        if (log.logsConnections()) {
            String port = listener.startsWith("unix:") ? "0" : listener.substring(listener.lastIndexOf(':') + 1);
            log.log(LogType.NOTICE, "New connection from " + remoteAddress + " on port " + port + ".");
        }
    }

    @Override
    public void failed(String remoteAddress, String listener, ConnectionFailure cause, String reason) {
        if (log.logsConnections()) {
            log.log(
                    LogType.NOTICE,
                    switch (cause) {
                        case LIMIT -> "Client connection from " + remoteAddress + " denied: " + reason + ".";
                        case PROXY_HEADER -> "Connection from " + remoteAddress + " rejected, " + reason + ".";
                        case TLS, WEBSOCKET -> "Client connection from " + remoteAddress + " failed: " + reason + ".";
                        case TIMEOUT -> "Client <unknown> has exceeded timeout, disconnecting.";
                        case MALFORMED -> "Client <unknown> disconnected due to protocol error.";
                        case CLOSED -> "Client <unknown> closed its connection.";
                    });
        }
    }

    @Override
    public void connected(ClientInfo client) {
        losers.remove(client.clientIdentifier());
        if (log.logsConnections()) {
            String account = client.account() == null ? "" : ", u'" + client.account() + "'";
            log.log(
                    LogType.NOTICE,
                    "New client connected from " + client.remoteAddress() + " as " + client.clientIdentifier() + " (p"
                            + level(client.version()) + ", c" + (client.cleanStart() ? 1 : 0) + ", k"
                            + client.keepAliveSeconds() + account + ").");
        }
    }

    @Override
    public void refused(ClientInfo client, ReasonCode reasonCode, String reason) {
        if (log.logsConnections()) {
            String why = reasonCode == ReasonCode.NOT_AUTHORIZED || reasonCode == ReasonCode.BAD_USER_NAME_OR_PASSWORD
                    ? "not authorised."
                    : reasonCode.phrase() + ".";
            log.log(LogType.NOTICE, "Client " + client.clientIdentifier() + " disconnected, " + why);
        }
        log.log(
                LogType.DEBUG,
                "Refused " + client.clientIdentifier() + " from " + client.remoteAddress() + ": " + reason);
    }

    @Override
    public void disconnected(ClientInfo client, ReasonCode reasonCode, String reason) {
        if (log.logsConnections()) {
            log.log(LogType.NOTICE, "Client " + client.clientIdentifier() + end(reasonCode, reason));
        }
    }

    private static String end(ReasonCode reasonCode, String reason) {
        return switch (reasonCode) {
            case SUCCESS, DISCONNECT_WITH_WILL_MESSAGE, SERVER_SHUTTING_DOWN -> " disconnected.";
            case SESSION_TAKEN_OVER -> " already connected, closing old connection.";
            case KEEP_ALIVE_TIMEOUT -> " has exceeded timeout, disconnecting.";
            case MALFORMED_PACKET -> " disconnected due to malformed packet.";
            case PROTOCOL_ERROR -> " disconnected due to protocol error.";
            case PACKET_TOO_LARGE -> " disconnected due to oversize packet.";
            case NOT_AUTHORIZED -> " disconnected, not authorised.";
            case ADMINISTRATIVE_ACTION -> " been disconnected by administrative action.";
            case UNSPECIFIED_ERROR -> " closed its connection.";
            default -> " disconnected: " + reason + ".";
        };
    }

    @Override
    public void subscribed(ClientInfo client, TopicFilter filter, Qos maximumQos) {
        log.log(LogType.SUBSCRIBE, client.clientIdentifier() + " " + maximumQos.level() + " " + filter.value());
    }

    @Override
    public void unsubscribed(ClientInfo client, TopicFilter filter) {
        log.log(LogType.UNSUBSCRIBE, client.clientIdentifier() + " " + filter.value());
    }

    @Override
    public void published(String clientIdentifier, TopicName topic, Qos qos, boolean retain, int payloadBytes) {
        if (log.logs(LogType.DEBUG)) {
            log.log(
                    LogType.DEBUG,
                    "Received PUBLISH from " + clientIdentifier + " (d0, q" + qos.level() + ", r" + (retain ? 1 : 0)
                            + ", '" + topic.value() + "', ... (" + payloadBytes + " bytes))");
        }
    }

    @Override
    public void denied(Decision decision) {
        if (log.logs(LogType.DEBUG)) {
            log.log(LogType.DEBUG, "Denied " + decision);
        }
    }

    @Override
    public void dropped(String clientIdentifier, TopicName topic, DropCause cause) {
        if (log.logs(LogType.DEBUG)) {
            log.log(
                    LogType.DEBUG,
                    "Dropped a message to '" + topic.value() + "' for " + clientIdentifier + ": " + cause);
        }
        if (cause == DropCause.QUEUE_FULL) {
            losing(clientIdentifier);
        }
    }

    /** Told once, not for each message: with {@code log_dest topic} the line is a message itself. */
    private void losing(String clientIdentifier) {
        if (losers.size() >= MOST_LOSERS) {
            losers.clear();
        }
        if (losers.add(clientIdentifier)) {
            log.log(LogType.NOTICE, "Outgoing messages are being dropped for client " + clientIdentifier + ".");
        }
    }

    /** The numbers that Mosquitto's log has for the versions. */
    private static int level(MqttVersion version) {
        return switch (version) {
            case MQTT_3_1 -> 1;
            case MQTT_3_1_1 -> 2;
            case MQTT_5 -> 5;
        };
    }
}
