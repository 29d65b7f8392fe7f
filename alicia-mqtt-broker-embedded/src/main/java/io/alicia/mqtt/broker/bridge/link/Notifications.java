package io.alicia.mqtt.broker.bridge.link;

import io.alicia.mqtt.broker.bridge.BridgeConfig;
import io.alicia.mqtt.connection.Will;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import java.util.Optional;

/** The retained messages that tell whether a bridge is connected: {@code 1} and {@code 0}. */
final class Notifications {

    private final BridgeConfig config;

    Notifications(BridgeConfig config) {
        this.config = config;
    }

    /** For this broker. */
    Optional<ApplicationMessage> local(boolean connected) {
        return config.notifications() ? Optional.of(message(connected, true)) : Optional.empty();
    }

    /** For the remote broker. */
    Optional<ApplicationMessage> remote(boolean connected) {
        return config.notifications() && !config.notificationsLocalOnly()
                ? Optional.of(message(connected, config.outgoingRetain()))
                : Optional.empty();
    }

    /** What the remote broker publishes when the connection is lost. */
    Optional<Will> will() {
        return remote(false).map(Will::new);
    }

    private ApplicationMessage message(boolean connected, boolean retain) {
        return ApplicationMessage.builder()
                .topic(config.notificationTopic())
                .payload(BinaryData.ofUtf8(connected ? "1" : "0"))
                .qos(Qos.AT_LEAST_ONCE)
                .retain(retain)
                .build();
    }
}
