package io.alicia.mqtt.broker.cli;

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

/** Tells what happens in the words of Mosquitto 2.1's log, so that what reads those goes on working. */
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
                        case PROXY_HEADER ->
                            reason.startsWith("corrupt")
                                    ? "Connection rejected, " + reason + ". (" + remoteAddress + ")"
                                    : "Connection from " + remoteAddress + " rejected, " + reason + ".";
                        case TLS, WEBSOCKET -> "Client connection from " + remoteAddress + " failed: " + reason + ".";
                        case TIMEOUT -> ended("<unknown>", remoteAddress, ": exceeded timeout");
                        case MALFORMED -> ended("<unknown>", remoteAddress, ": protocol error");
                        case CLOSED -> ended("<unknown>", remoteAddress, ": connection closed by client");
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
                    ? "not authorised"
                    : reasonCode.phrase();
            log.log(LogType.NOTICE, ended(client.clientIdentifier(), client.remoteAddress(), ": " + why));
        }
        log.log(
                LogType.DEBUG,
                "Refused " + client.clientIdentifier() + " from " + client.remoteAddress() + ": " + reason);
    }

    @Override
    public void disconnected(ClientInfo client, ReasonCode reasonCode, String reason) {
        if (log.logsConnections()) {
            log.log(LogType.NOTICE, ended(client.clientIdentifier(), client.remoteAddress(), end(reasonCode, reason)));
        }
    }

    /** As Mosquitto, by its address where it has no Client Identifier. */
    private static String ended(String clientIdentifier, String remoteAddress, String why) {
        String name = clientIdentifier.isEmpty() ? remoteAddress.replaceFirst(":\\d+$", "") : clientIdentifier;
        return "Client " + name + " [" + remoteAddress + "] disconnected" + why + ".";
    }

    @Override
    public void secured(ClientInfo client, String protocol, String cipherSuite) {
        if (log.logsConnections()) {
            log.log(
                    LogType.NOTICE,
                    "Client " + client.clientIdentifier() + " negotiated " + protocol + " cipher " + cipherSuite);
        }
    }

    @Override
    public void proxied(String remoteAddress, String protocol, String cipherSuite) {
        log.log(
                LogType.NOTICE,
                "Connection from " + remoteAddress + " negotiated " + protocol + " cipher " + cipherSuite);
    }

    @Override
    public boolean listensToPackets() {
        return log.logs(LogType.DEBUG);
    }

    @Override
    public void packet(String clientIdentifier, String words) {
        log.log(LogType.DEBUG, words);
    }

    @Override
    public void will(String clientIdentifier, String words) {
        if (log.logsConnections()) {
            log.log(LogType.DEBUG, words);
        }
    }

    private static String end(ReasonCode reasonCode, String reason) {
        return switch (reasonCode) {
            case SUCCESS, DISCONNECT_WITH_WILL_MESSAGE, SERVER_SHUTTING_DOWN -> "";
            case SESSION_TAKEN_OVER -> ": session taken over";
            case KEEP_ALIVE_TIMEOUT -> ": exceeded timeout";
            case MALFORMED_PACKET -> ": malformed packet";
            case PROTOCOL_ERROR -> ": protocol error";
            case PACKET_TOO_LARGE -> ": oversize packet";
            case NOT_AUTHORIZED -> ": not authorised";
            case ADMINISTRATIVE_ACTION -> ": administrative action";
            case UNSPECIFIED_ERROR -> ": connection closed by client";
            default -> ": " + reason;
        };
    }

    @Override
    public void subscribed(ClientInfo client, TopicFilter filter, Qos maximumQos) {
        log.log(LogType.DEBUG, "\t" + filter.value() + " (QoS " + maximumQos.level() + ")");
        log.log(LogType.SUBSCRIBE, client.clientIdentifier() + " " + maximumQos.level() + " " + filter.value());
    }

    /** What the rules do not allow has a line of its own, with the rule that decided, whatever the log types. */
    @Override
    public void subscriptionRefused(ClientInfo client, TopicFilter filter, ReasonCode reasonCode) {
        if (reasonCode != ReasonCode.NOT_AUTHORIZED && log.logs(LogType.DEBUG)) {
            log.log(
                    LogType.DEBUG,
                    "Refused " + client.clientIdentifier() + " a subscription to " + filter.value() + ": "
                            + reasonCode.phrase());
        }
    }

    @Override
    public void unsubscribed(ClientInfo client, TopicFilter filter) {
        log.log(LogType.DEBUG, "\t" + filter.value());
        log.log(LogType.UNSUBSCRIBE, client.clientIdentifier() + " " + filter.value());
    }

    @Override
    public void expired(String clientIdentifier) {
        log.log(LogType.NOTICE, "Expiring client " + clientIdentifier + " due to timeout.");
    }

    @Override
    public void dropped(String clientIdentifier, TopicName topic, DropCause cause) {
        // What is denied has a line of its own, with the rule that decided, whatever the log types.
        boolean denied = cause == DropCause.PUBLISH_DENIED || cause == DropCause.RECEIVE_DENIED;
        if (!denied && log.logs(LogType.DEBUG)) {
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

    /** The numbers that the log of Mosquitto 2.1 has for the versions; 2.0 had 2 for 3.1.1. */
    private static int level(MqttVersion version) {
        return switch (version) {
            case MQTT_3_1 -> 3;
            case MQTT_3_1_1 -> 4;
            case MQTT_5 -> 5;
        };
    }
}
