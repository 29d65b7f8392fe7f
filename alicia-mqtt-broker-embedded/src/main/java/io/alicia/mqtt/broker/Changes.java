package io.alicia.mqtt.broker;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of another configuration takes effect while a broker runs, and what has to wait for the next start. */
final class Changes {

    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

    private Changes() {}

    /**
     * {@return the configuration that a broker was started with, with the limits of another that its sessions can follow:
     * those that mosquitto.conf(5) calls reloaded}
     */
    static BrokerConfig reloadable(BrokerConfig config, BrokerConfig changed) {
        return BrokerConfig.builder()
                .from(config)
                .allowDuplicateMessages(changed.allowDuplicateMessages())
                .checkRetainSource(changed.checkRetainSource())
                .maxInflightMessages(changed.maxInflightMessages())
                .maxInflightBytes(changed.maxInflightBytes())
                .maxQueuedMessages(changed.maxQueuedMessages())
                .maxQueuedBytes(changed.maxQueuedBytes())
                .maxPacketSize(changed.maxPacketSize())
                .messageSizeLimit(changed.messageSizeLimit())
                .maxKeepalive(changed.maxKeepalive())
                .persistentClientExpiration(changed.persistentClientExpiration())
                .queueQos0Messages(changed.queueQos0Messages())
                .retainAvailable(changed.retainAvailable())
                .upgradeOutgoingQos(changed.upgradeOutgoingQos())
                .globalMaxClients(changed.globalMaxClients())
                .build();
    }

    /** Says in the log what an operator has changed without effect. */
    static void tellOfTheRest(BrokerConfig config, BrokerConfig changed, List<StartedListeners.Started> running) {
        if (!config.persistence()
                .map(PersistenceConfig::file)
                .equals(changed.persistence().map(PersistenceConfig::file))) {
            LOG.warn("whether and where state is kept on disk changes at the next start");
        }
        List<ListenerConfig> others = new ArrayList<>(changed.listeners());
        for (StartedListeners.Started each : running) {
            String name = each.name();
            ListenerConfig again = StartedListeners.inOrNull(changed, each);
            others.remove(again);
            if (again == null) {
                LOG.warn("the listener {} is no longer in the configuration; it stays until the next start", name);
            } else if (!asBefore(again, each.config()).equals(each.config())) {
                LOG.warn(
                        "of what changed for the listener {}, only users, rules, certificates, protocol versions and"
                                + " Client Identifiers take effect; the rest waits for the next start",
                        name);
            }
        }
        for (ListenerConfig listener : others) {
            LOG.warn("the listener {} is new; it is opened at the next start", StartedListeners.nameOf(listener));
        }
    }

    /** A listener without those of its changes that took effect. */
    private static ListenerConfig asBefore(ListenerConfig again, ListenerConfig before) {
        ListenerConfig.Builder builder = ListenerConfig.builder().from(again);
        builder.security(before.security())
                .autoIdPrefix(before.autoIdPrefix())
                .allowZeroLengthClientid(before.allowZeroLengthClientid())
                .acceptProtocolVersions(before.acceptProtocolVersions());
        if (again.tls().isPresent() && before.tls().isPresent()) {
            builder.tls(before.tls());
        }
        return builder.build();
    }
}
