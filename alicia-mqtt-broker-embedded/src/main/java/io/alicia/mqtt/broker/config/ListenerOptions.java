package io.alicia.mqtt.broker.config;

import static io.alicia.mqtt.broker.config.Scope.DEFINED_LISTENER;
import static io.alicia.mqtt.broker.config.Scope.EXPLICIT_LISTENER;
import static io.alicia.mqtt.broker.config.Scope.GLOBAL;
import static io.alicia.mqtt.broker.config.Scope.LISTENER;
import static io.alicia.mqtt.broker.config.Treatment.DEPRECATED;
import static io.alicia.mqtt.broker.config.Treatment.NO_EFFECT;
import static io.alicia.mqtt.broker.config.Treatment.REFUSED;

import io.alicia.mqtt.broker.config.Rule.OutOfRange.Take;
import java.util.List;

/** The options of mosquitto.conf(5) that make and shape listeners. */
final class ListenerOptions {

    private static final String ENGINE =
            "OpenSSL engines can't be used from Java; give the key as a PEM file in keyfile.";

    private ListenerOptions() {}

    static List<Option> listeners() {
        return List.of(
                Option.special(EXPLICIT_LISTENER, "accept_protocol_versions", "some of 3, 4 and 5", "3,4,5")
                        .since21(),
                Option.special(GLOBAL, "bind_address", "address or host name", "")
                        .withLabel("default listener bind_address")
                        .treated(DEPRECATED, "Please use 'listener' with an address instead."),
                Option.text(LISTENER, "bind_interface"),
                Option.whole(
                                DEFINED_LISTENER,
                                "enable_proxy_protocol",
                                1,
                                2,
                                0,
                                "Error: enable_proxy_protocol must be 1 or 2.")
                        .withDefault("")
                        .since21(),
                Option.text(DEFINED_LISTENER, "http_dir")
                        .advised("For listeners with 'protocol websockets', as in 2.0."),
                Option.special(GLOBAL, "listener", "port and address, or 0 and the path of a unix socket", "")
                        .withLabel("listener port"),
                Option.flag(DEFINED_LISTENER, "listener_allow_anonymous", false).since21(),
                Option.of(DEFINED_LISTENER, "listener_auto_id_prefix", new Rule.Text(false, 50), "")
                        .since21(),
                Option.of(
                        LISTENER,
                        "max_connections",
                        new Rule.Whole(-1, Integer.MAX_VALUE, new Take(-1, ""), new Take(-1, "")),
                        "-1"),
                Option.whole(LISTENER, "max_qos", 0, 2, 2, "Error: 'max_qos' must be between 0 and 2 inclusive.")
                        .withAlias("maximum_qos"),
                Option.whole(
                        DEFINED_LISTENER,
                        "max_topic_alias",
                        0,
                        65_535,
                        10,
                        "Error: Invalid 'max_topic_alias' value in configuration."),
                Option.whole(
                                DEFINED_LISTENER,
                                "max_topic_alias_broker",
                                0,
                                65_535,
                                10,
                                "Error: Invalid 'max_topic_alias_broker' value in configuration.")
                        .since21(),
                Option.special(DEFINED_LISTENER, "mount_point", "topic prefix", ""),
                Option.special(GLOBAL, "port", "1 to 65535", "1883")
                        .treated(DEPRECATED, "Please use 'listener' instead."),
                Option.special(LISTENER, "protocol", "mqtt or websockets", "mqtt"),
                Option.flag(DEFINED_LISTENER, "proxy_protocol_v2_require_tls", false)
                        .since21(),
                Option.choice(LISTENER, "socket_domain", List.of("ipv4", "ipv6"), "")
                        .withRule(new Rule.Choice(
                                List.of("ipv4", "ipv6"),
                                "Error: Invalid 'socket_domain' value '%s' in configuration.")),
                Option.flag(LISTENER, "use_username_as_clientid", false),
                Option.special(DEFINED_LISTENER, "websockets_origin", "origin, once for each", "")
                        .since21());
    }

    static List<Option> tls() {
        return List.of(
                Option.replaceable(DEFINED_LISTENER, "cafile"),
                Option.replaceable(LISTENER, "capath"),
                Option.replaceable(LISTENER, "certfile"),
                Option.replaceable(LISTENER, "ciphers"),
                Option.replaceable(LISTENER, "ciphers_tls1.3"),
                Option.replaceable(LISTENER, "crlfile"),
                Option.special(GLOBAL, "dhparamfile", "anything", "")
                        .treated(NO_EFFECT, "The standard groups are used; remove the line."),
                Option.flag(DEFINED_LISTENER, "disable_client_cert_date_checks", false)
                        .since21(),
                Option.replaceable(LISTENER, "keyfile"),
                Option.text(LISTENER, "psk_hint")
                        .treated(
                                REFUSED,
                                "TLS-PSK is not supported, as the TLS of Java has no PSK cipher suites; use certificates (certfile, keyfile, require_certificate)."),
                Option.flag(LISTENER, "require_certificate", false),
                Option.text(LISTENER, "tls_engine").treated(REFUSED, ENGINE),
                Option.text(LISTENER, "tls_engine_kpass_sha1").treated(REFUSED, ENGINE),
                Option.special(LISTENER, "tls_keyform", "pem", "pem").advised(ENGINE),
                Option.text(DEFINED_LISTENER, "tls_version"),
                Option.flag(LISTENER, "use_identity_as_username", false),
                Option.flag(LISTENER, "use_subject_as_username", false));
    }
}
