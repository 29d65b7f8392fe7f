package io.alicia.mqtt.broker;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.broker.bridge.BridgeConfig;
import io.alicia.mqtt.broker.bridge.BridgeTopic;
import io.alicia.mqtt.broker.bridge.KeepAliveProbes;
import io.alicia.mqtt.broker.config.ConfBridge;
import io.alicia.mqtt.broker.config.MosquittoConf;
import io.alicia.mqtt.broker.config.Settings;
import io.alicia.mqtt.broker.tls.TlsException;
import io.alicia.mqtt.connection.Credentials;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What the bridges of a {@code mosquitto.conf} mean for a broker. */
final class MosquittoBridges {

    private static final int LARGEST_RECEIVE_MAXIMUM = 65_535;

    private final MosquittoConf conf;
    private final Function<Settings, AccessPolicy> policies;

    /**
     * Those of a configuration.
     *
     * @param policies reads the {@code acl_file} of settings
     */
    MosquittoBridges(MosquittoConf conf, Function<Settings, AccessPolicy> policies) {
        this.conf = conf;
        this.policies = policies;
    }

    /** Adds what cannot be done to {@code refusals}, each with its line. */
    static void check(ConfBridge bridge, List<String> refusals) {
        new MosquittoBridgeTls(bridge).check(refusals);
        for (ConfBridge.Topic topic : bridge.topics()) {
            try {
                topic(topic);
            } catch (IllegalArgumentException e) {
                refusals.add("Error: Invalid bridge topic: " + e.getMessage() + " (" + topic.at() + ")");
            }
        }
        notificationTopic(bridge, refusals);
    }

    private static void notificationTopic(ConfBridge bridge, List<String> refusals) {
        Settings settings = bridge.settings();
        String topic = settings.text("notification_topic").orElse(null);
        String identifier = settings.text("remote_clientid").orElse(bridge.name());
        if (topic != null && TopicName.ofReceivedOrNull(topic) == null) {
            refusals.add(
                    "Error: Invalid notification_topic '" + topic + "'. (" + settings.at("notification_topic") + ")");
        } else if (topic == null && TopicName.ofReceivedOrNull(identifier) == null) {
            refusals.add("Error: '" + identifier + "' cannot be part of a topic; set notification_topic, or another"
                    + " remote_clientid. (" + bridge.at() + ")");
        }
    }

    /** Adds each of them, or what is wrong with its files. */
    void addTo(BrokerConfig.Builder builder) {
        for (ConfBridge bridge : conf.bridges()) {
            try {
                builder.addBridges(bridge(bridge));
            } catch (TlsException e) {
                builder.putUnusableBridges(bridge.name(), e.getMessage() + " (" + bridge.at() + ")");
            }
        }
    }

    private BridgeConfig bridge(ConfBridge bridge) throws TlsException {
        Settings settings = bridge.settings();
        MosquittoBridgeTls tls = new MosquittoBridgeTls(bridge);
        tls.requireWhatEncrypts();
        String scheme = tls.isEncrypted() ? "mqtts" : "mqtt";
        BridgeConfig.Builder builder = BridgeConfig.builder();
        builder.name(bridge.name())
                .addAllAddresses(bridge.addresses().stream()
                        .map(address -> new ServerAddress(scheme, address.host(), address.port(), ""))
                        .toList())
                .addAllTopics(
                        bridge.topics().stream().map(MosquittoBridges::topic).toList())
                .roundRobin(settings.flag("round_robin"))
                .restartTimeout(bridge.restart().base())
                .restartTimeoutCap(bridge.restart().cap())
                .stableConnectionPeriod(bridge.restart().stable());
        bridge.tcpKeepalive()
                .ifPresent(probes -> builder.tcpKeepAlive(new KeepAliveProbes(
                        (int) probes.idle().toSeconds(), (int) probes.interval().toSeconds(), probes.count())));
        connection(settings, builder);
        limits(settings, builder);
        notifications(settings, builder);
        local(settings, builder);
        if (tls.isEncrypted()) {
            builder.tls(tls.options());
        }
        return builder.build();
    }

    private static BridgeTopic topic(ConfBridge.Topic topic) {
        return new BridgeTopic(
                topic.pattern(),
                switch (topic.direction()) {
                    case OUT -> BridgeTopic.Direction.OUT;
                    case IN -> BridgeTopic.Direction.IN;
                    case BOTH -> BridgeTopic.Direction.BOTH;
                },
                switch (topic.qos()) {
                    case 0 -> Qos.AT_MOST_ONCE;
                    case 1 -> Qos.AT_LEAST_ONCE;
                    default -> Qos.EXACTLY_ONCE;
                },
                topic.localPrefix(),
                topic.remotePrefix());
    }

    private static void connection(Settings settings, BridgeConfig.Builder builder) {
        builder.protocolVersion(
                        switch (settings.text("bridge_protocol_version").orElse("mqttv311")) {
                            case "mqttv31" -> MqttVersion.MQTT_3_1;
                            case "mqttv50" -> MqttVersion.MQTT_5;
                            default -> MqttVersion.MQTT_3_1_1;
                        })
                .cleansession(settings.flag("cleansession"))
                .startType(BridgeConfig.StartType.valueOf(
                        settings.text("start_type").orElse("automatic").toUpperCase(Locale.ROOT)))
                .reloadType(BridgeConfig.ReloadType.valueOf(
                        settings.text("bridge_reload_type").orElse("lazy").toUpperCase(Locale.ROOT)))
                .keepaliveInterval(Duration.ofSeconds(settings.whole("keepalive_interval")))
                .tryPrivate(settings.flag("try_private"))
                .attemptUnsubscribe(settings.flag("bridge_attempt_unsubscribe"))
                .outgoingRetain(settings.flag("bridge_outgoing_retain"))
                .bindAddress(settings.text("bridge_bind_address"));
        settings.text("remote_clientid").ifPresent(builder::remoteClientid);
        settings.text("remote_username")
                .ifPresent(name -> builder.credentials(new Credentials(
                        name,
                        settings.text("remote_password").map(BinaryData::ofUtf8).orElse(BinaryData.EMPTY))));
    }

    private void limits(Settings settings, BridgeConfig.Builder builder) {
        builder.threshold(settings.whole("threshold"))
                .idleTimeout(Duration.ofSeconds(settings.whole("idle_timeout")))
                .maxPacketSize(Math.min(settings.whole("bridge_max_packet_size"), BrokerConfig.LARGEST_PACKET))
                .maxTopicAlias(settings.whole("bridge_max_topic_alias"))
                .sessionExpiryInterval(settings.whole("bridge_session_expiry_interval"))
                .receiveMaximum(
                        settings.isSet("bridge_receive_maximum")
                                ? settings.whole("bridge_receive_maximum")
                                : maxInflightMessages());
    }

    /** As the manual of Mosquitto 2.1 says. */
    private int maxInflightMessages() {
        int maximum = conf.global().whole("max_inflight_messages");
        return maximum == 0 ? LARGEST_RECEIVE_MAXIMUM : maximum;
    }

    private static void notifications(Settings settings, BridgeConfig.Builder builder) {
        builder.notifications(settings.flag("notifications"))
                .notificationsLocalOnly(settings.flag("notifications_local_only"));
        settings.text("notification_topic").map(TopicName::ofReceived).ifPresent(builder::notificationTopic);
    }

    /** Who names an account for the bridge wants its rules to hold; without, Mosquitto lets a bridge do anything. */
    private void local(Settings settings, BridgeConfig.Builder builder) {
        settings.text("local_clientid").ifPresent(builder::localClientid);
        builder.localUsername(settings.text("local_username"));
        if (settings.isSet("local_username") && !conf.perListenerSettings()) {
            builder.localAccess(policies.apply(conf.global()));
        }
        if (settings.isSet("local_cleansession")) {
            builder.localCleansession(settings.flag("local_cleansession"));
        }
    }
}
