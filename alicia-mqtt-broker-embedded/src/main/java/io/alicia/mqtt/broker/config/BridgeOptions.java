package io.alicia.mqtt.broker.config;

import static io.alicia.mqtt.broker.config.Scope.BRIDGE;
import static io.alicia.mqtt.broker.config.Scope.GLOBAL;
import static io.alicia.mqtt.broker.config.Treatment.NO_EFFECT;
import static io.alicia.mqtt.broker.config.Treatment.REFUSED;

import io.alicia.mqtt.broker.config.Rule.OutOfRange.Refuse;
import io.alicia.mqtt.broker.config.Rule.OutOfRange.Take;
import java.util.List;

/** The options of mosquitto.conf(5) that make and shape bridges. */
final class BridgeOptions {

    private static final String PSK =
            "TLS-PSK is not supported, as the TLS of Java has no PSK cipher suites; use certificates (bridge_cafile, bridge_certfile, bridge_keyfile).";

    private BridgeOptions() {}

    static List<Option> bridges() {
        return List.of(
                Option.special(BRIDGE, "address", "host or host:port, several parted by blanks", "")
                        .withAlias("addresses"),
                Option.flag(BRIDGE, "cleansession", false),
                Option.special(GLOBAL, "connection", "name", ""),
                Option.atLeast(BRIDGE, "idle_timeout", 1, 60, "idle_timeout interval too low, using 1 second."),
                Option.of(
                        BRIDGE,
                        "keepalive_interval",
                        new Rule.Whole(
                                5,
                                65_535,
                                new Take(5, "keepalive interval too low, using 5 seconds."),
                                new Refuse("Error: Bridge keepalive value too high.")),
                        "60"),
                Option.flag(BRIDGE, "local_cleansession", false).withDefault(""),
                Option.text(BRIDGE, "local_clientid").withLabel("bridge local clientd"),
                Option.text(BRIDGE, "local_password")
                        .withLabel("bridge local_password")
                        .treated(
                                NO_EFFECT,
                                "It is not checked, nor does Mosquitto check it: whoever writes the file is trusted."
                                        + " Remove the line."),
                Option.text(BRIDGE, "local_username")
                        .withLabel("bridge local_username")
                        .advised("With it, its rules in acl_file hold for the bridge, as the manual says;"
                                + " without it the bridge may do anything, as in Mosquitto."),
                Option.text(BRIDGE, "notification_topic"),
                Option.flag(BRIDGE, "notifications", true),
                Option.flag(BRIDGE, "notifications_local_only", false),
                Option.text(BRIDGE, "remote_clientid").withAlias("clientid").withLabel("bridge remote clientid"),
                Option.text(BRIDGE, "remote_password").withAlias("password").withLabel("bridge remote_password"),
                Option.text(BRIDGE, "remote_username").withAlias("username").withLabel("bridge remote_username"),
                Option.special(BRIDGE, "restart_timeout", "seconds, or base, cap and stable period in seconds", "5 30"),
                Option.flag(BRIDGE, "round_robin", false),
                Option.special(BRIDGE, "start_type", "automatic, lazy or once", "automatic"),
                Option.atLeast(BRIDGE, "threshold", 1, 10, "threshold too low, using 1 message."),
                Option.special(BRIDGE, "topic", "pattern [out|in|both [qos [local-prefix [remote-prefix]]]]", ""),
                Option.flag(BRIDGE, "try_private", true));
    }

    static List<Option> protocol() {
        return List.of(
                Option.flag(BRIDGE, "bridge_attempt_unsubscribe", true),
                Option.text(BRIDGE, "bridge_bind_address"),
                Option.atLeast(BRIDGE, "bridge_max_packet_size", 0, 0, ""),
                Option.whole(
                                BRIDGE,
                                "bridge_max_topic_alias",
                                0,
                                65_535,
                                10,
                                "Error: bridge_max_topic_alias must be > 0 and <= 65535.")
                        .since21(),
                Option.flag(BRIDGE, "bridge_outgoing_retain", true),
                Option.choice(BRIDGE, "bridge_protocol_version", List.of("mqttv31", "mqttv311", "mqttv50"), "mqttv311"),
                Option.of(
                                BRIDGE,
                                "bridge_receive_maximum",
                                new Rule.Whole(
                                        1,
                                        65_535,
                                        new Refuse("Error: bridge_receive_maximum must be greater than 0."),
                                        new Refuse("Error: bridge_receive_maximum must be lower than 65535.")),
                                "")
                        .since21()
                        .advised("Without it as max_inflight_messages."),
                Option.choice(BRIDGE, "bridge_reload_type", List.of("lazy", "immediate"), "lazy")
                        .withRule(new Rule.Choice(
                                List.of("lazy", "immediate"),
                                "Error: Invalid 'bridge_reload_type' value in configuration (%s)."))
                        .since21(),
                Option.whole(
                                BRIDGE,
                                "bridge_session_expiry_interval",
                                0,
                                Integer.MAX_VALUE,
                                0,
                                "Error: bridge_session_expiry_interval must not be negative.")
                        .since21()
                        .advised(
                                "Over MQTT 5 the remote broker forgets what waits there for the bridge without it, as in"
                                        + " Mosquitto; set it wherever messages come in."),
                Option.special(BRIDGE, "bridge_tcp_keepalive", "idle seconds, interval seconds and count", "")
                        .since21(),
                Option.whole(
                                BRIDGE,
                                "bridge_tcp_user_timeout",
                                0,
                                Integer.MAX_VALUE,
                                0,
                                "Error: invalid TCP user timeout value.")
                        .withDefault("")
                        .since21()
                        .treated(
                                NO_EFFECT,
                                "Java has no such option of sockets; a dead connection is found by keepalive_interval and bridge_tcp_keepalive."));
    }

    static List<Option> tls() {
        return List.of(
                Option.text(BRIDGE, "bridge_alpn"),
                Option.text(BRIDGE, "bridge_cafile"),
                Option.text(BRIDGE, "bridge_capath"),
                Option.text(BRIDGE, "bridge_certfile"),
                Option.text(BRIDGE, "bridge_ciphers").since21(),
                Option.text(BRIDGE, "bridge_ciphers_tls1.3").since21(),
                Option.text(BRIDGE, "bridge_identity").treated(REFUSED, PSK),
                Option.flag(BRIDGE, "bridge_insecure", false),
                Option.replaceable(BRIDGE, "bridge_keyfile"),
                Option.text(BRIDGE, "bridge_psk").treated(REFUSED, PSK),
                Option.flag(BRIDGE, "bridge_require_ocsp", false)
                        .advised("Without a stapled answer Java asks the responder that the certificate names."),
                Option.flag(BRIDGE, "bridge_tls_use_os_certs", false).since21(),
                Option.text(BRIDGE, "bridge_tls_version"));
    }
}
