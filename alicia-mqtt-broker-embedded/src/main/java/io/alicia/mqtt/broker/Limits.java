package io.alicia.mqtt.broker;

import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.broker.session.Quotas;
import io.alicia.mqtt.broker.session.SessionSettings;
import java.time.Duration;

/** The configuration as sessions read it: "no limit" becomes the largest value. */
final class Limits {

    private static final int MAX_PACKET_IDENTIFIERS = 65_535;

    private Limits() {}

    private static Quotas quotas(BrokerConfig config) {
        return new Quotas(
                config.globalMaxClients() < 0 ? Integer.MAX_VALUE : config.globalMaxClients(),
                config.maxRetainedMessages(),
                config.maxRetainedBytes(),
                config.maxHeldBytes(),
                config.maxIncomingBytes(),
                config.maxOutgoingBytes(),
                orUnlimited(config.maxConnectsPerSecond()),
                orUnlimited(config.maxFailedLogIns()),
                config.failedLogInPause().toMillis());
    }

    private static int orUnlimited(int maximum) {
        return maximum == 0 ? Integer.MAX_VALUE : maximum;
    }

    static SessionSettings of(BrokerConfig config) {
        return new SessionSettings(
                config.allowDuplicateMessages(),
                config.checkRetainSource(),
                config.maxInflightMessages() == 0 ? MAX_PACKET_IDENTIFIERS : config.maxInflightMessages(),
                config.maxInflightBytes() == 0 ? Long.MAX_VALUE : config.maxInflightBytes(),
                config.maxQueuedMessages() == 0 ? Integer.MAX_VALUE : config.maxQueuedMessages(),
                config.maxQueuedBytes() == 0 ? Long.MAX_VALUE : config.maxQueuedBytes(),
                config.maxPacketSize(),
                config.messageSizeLimit() == 0 ? Integer.MAX_VALUE : config.messageSizeLimit(),
                config.maxKeepalive(),
                config.persistentClientExpiration().map(Duration::toSeconds).orElse(ConnectProperties.NEVER_EXPIRES),
                config.queueQos0Messages(),
                config.retainAvailable(),
                config.upgradeOutgoingQos(),
                config.connectTimeout().toMillis(),
                config.maxTopicLevels(),
                config.maxSubscriptionsPerSession(),
                quotas(config),
                config.maxPendingOutputBytes());
    }
}
