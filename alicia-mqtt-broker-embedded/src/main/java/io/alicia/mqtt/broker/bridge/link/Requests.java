package io.alicia.mqtt.broker.bridge.link;

import io.alicia.mqtt.broker.bridge.BridgeConfig;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.connection.Will;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.spi.ConnectRequest;
import java.time.Duration;
import java.util.Optional;

/** What a bridge says when it connects. */
final class Requests {

    private final BridgeConfig config;
    private boolean marked;

    Requests(BridgeConfig config) {
        this.config = config;
        this.marked = config.tryPrivate() && config.protocolVersion() != MqttVersion.MQTT_5;
    }

    boolean marksBridge() {
        return marked;
    }

    /** The remote broker took the mark for an unknown version. */
    void dropMark() {
        marked = false;
    }

    ConnectRequest to(ServerAddress address, Optional<Will> will) {
        ConnectRequest.Builder request = ConnectRequest.builder();
        request.server(address)
                .credentials(config.credentials())
                .tls(config.tls())
                .cleanStart(config.cleansession())
                .sessionExpiryInterval(sessionExpiryInterval())
                .keepAlive(config.keepaliveInterval())
                .receiveMaximum(config.receiveMaximum())
                .topicAliasMaximum(config.maxTopicAlias())
                .bridge(marked)
                .localHost(config.bindAddress())
                .will(will);
        return request.build();
    }

    private Duration sessionExpiryInterval() {
        if (config.cleansession()) {
            return Duration.ofSeconds(config.sessionExpiryInterval().orElse(0));
        }
        boolean given = config.protocolVersion() == MqttVersion.MQTT_5
                && config.sessionExpiryInterval().isPresent();
        return Duration.ofSeconds(
                given ? config.sessionExpiryInterval().getAsInt() : ConnectRequest.NO_SESSION_EXPIRY_SECONDS);
    }
}
