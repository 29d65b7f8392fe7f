package io.alicia.mqtt.broker.config;

import static io.alicia.mqtt.broker.config.Scope.GLOBAL;
import static io.alicia.mqtt.broker.config.Scope.PLUGIN;
import static io.alicia.mqtt.broker.config.Scope.SECURITY;
import static io.alicia.mqtt.broker.config.Treatment.DEPRECATED;
import static io.alicia.mqtt.broker.config.Treatment.NO_EFFECT;
import static io.alicia.mqtt.broker.config.Treatment.REMOVED;

import io.alicia.mqtt.broker.config.Rule.OutOfRange.Refuse;
import io.alicia.mqtt.broker.config.Rule.OutOfRange.Take;
import java.util.List;

/** The options of mosquitto.conf(5) that concern the whole broker, or who may do what. */
final class GeneralOptions {

    private static final int MAX_PAYLOAD = 268_435_455;
    private static final String NO_RSMB = "It was an option of RSMB; remove the line.";

    private GeneralOptions() {}

    static List<Option> access() {
        return List.of(
                Option.replaceable(SECURITY, "acl_file"),
                Option.flag(SECURITY, "allow_anonymous", false),
                Option.flag(SECURITY, "allow_zero_length_clientid", true),
                Option.of(SECURITY, "auto_id_prefix", new Rule.Text(false, 50), "auto-")
                        .treated(DEPRECATED, "Please use 'listener_auto_id_prefix' instead."),
                Option.flag(GLOBAL, "check_retain_source", true),
                Option.replaceable(GLOBAL, "clientid_prefixes")
                        .treated(DEPRECATED, "Please use 'pattern' lines with %c in an acl_file instead."),
                Option.replaceable(SECURITY, "password_file"),
                Option.special(GLOBAL, "per_listener_settings", "true or false", "false")
                        .treated(
                                DEPRECATED, "Please use 'listener_allow_anonymous' and 'plugin_use' below a listener."),
                Option.replaceable(SECURITY, "psk_file")
                        .treated(
                                NO_EFFECT,
                                "Only listeners with psk_hint use it, and TLS-PSK is not supported, as the TLS of Java has no PSK cipher suites; use certificates"
                                        + " (certfile, keyfile, require_certificate)."),
                Option.text(GLOBAL, "user")
                        .withRule(new Rule.Text(true, 65_535))
                        .withDefault("mosquitto")
                        .treated(
                                NO_EFFECT,
                                "A running Java process can't change its user; start the broker as that user, for"
                                        + " example with User= in its systemd unit."));
    }

    static List<Option> plugins() {
        return List.of(
                Option.special(
                                SECURITY,
                                "plugin",
                                "path of mosquitto_dynamic_security, mosquitto_password_file or mosquitto_acl_file",
                                "")
                        .withAlias("auth_plugin"),
                Option.special(GLOBAL, "global_plugin", "path, as for plugin", "")
                        .since21(),
                Option.special(GLOBAL, "plugin_load", "name and path, as for plugin", "")
                        .since21(),
                Option.special(Scope.EXPLICIT_LISTENER, "plugin_use", "name of a plugin_load above", "")
                        .since21(),
                Option.special(PLUGIN, "plugin_opt_*", "value", "").withAlias("auth_opt_*"),
                Option.special(PLUGIN, "auth_plugin_deny_special_chars", "true or false", "true"));
    }

    static List<Option> limits() {
        return List.of(
                Option.flag(GLOBAL, "allow_duplicate_messages", true)
                        .treated(DEPRECATED, "The behaviour will default to true."),
                anyWhole("global_max_clients").since21(),
                anyWhole("global_max_connections").since21(),
                Option.atLeast(GLOBAL, "max_inflight_bytes", 0, 0, ""),
                Option.of(
                                GLOBAL,
                                "max_inflight_messages",
                                new Rule.Whole(
                                        0,
                                        65_535,
                                        new Take(0, ""),
                                        new Refuse("Error: 'max_inflight_messages' must be <= 65535.")),
                                "20")
                        .advised("An MQTT 5 client's own Receive Maximum goes before it, a larger one, too."),
                Option.whole(GLOBAL, "max_keepalive", 0, 65_535, 0, "Error: Invalid 'max_keepalive' value (%d)."),
                Option.whole(
                        GLOBAL,
                        "max_packet_size",
                        20,
                        Integer.MAX_VALUE,
                        2_000_000,
                        "Error: 'max_packet_size' must be >= 20."),
                Option.atLeast(GLOBAL, "max_queued_bytes", 0, 0, ""),
                Option.atLeast(GLOBAL, "max_queued_messages", 0, 1000, ""),
                Option.special(GLOBAL, "memory_limit", "bytes", "0")
                        .treated(NO_EFFECT, "Limit the Java heap instead: -Xmx in JAVA_TOOL_OPTIONS."),
                Option.whole(
                                GLOBAL,
                                "message_size_limit",
                                0,
                                MAX_PAYLOAD,
                                0,
                                "Error: Invalid 'message_size_limit' value (%u).")
                        .treated(DEPRECATED, "Please use 'max_packet_size' instead."),
                Option.whole(
                                GLOBAL,
                                "packet_buffer_size",
                                0,
                                65_535,
                                4096,
                                "Error: Packet buffer size must be between 0 and 65535 inclusive.")
                        .withAlias("websockets_headers_size")
                        .treated(NO_EFFECT, "Buffers grow with what is read; HTTP headers may have 8192 bytes."),
                Option.special(GLOBAL, "persistent_client_expiration", "number and s, h, d, w, m or y", ""),
                Option.flag(GLOBAL, "queue_qos0_messages", false),
                Option.flag(GLOBAL, "retain_available", true),
                Option.of(
                                GLOBAL,
                                "retain_expiry_interval",
                                new Rule.Whole(
                                        1,
                                        10_000_000,
                                        new Refuse("Error: retain_expiry_interval must be >= 1."),
                                        new Take(
                                                10_000_000,
                                                "Warning: retain_expiry_interval being capped at 19 years.")),
                                "")
                        .since("2.0.21"),
                Option.flag(GLOBAL, "set_tcp_nodelay", false)
                        .withDefault("true")
                        .advised(
                                "It is on unless it is set to false; what is due at the same time goes out together anyway."),
                Option.flag(GLOBAL, "upgrade_outgoing_qos", false));
    }

    static List<Option> operation() {
        return List.of(
                Option.atLeast(GLOBAL, "autosave_interval", 0, 1800, ""),
                Option.flag(GLOBAL, "autosave_on_changes", false),
                Option.flag(GLOBAL, "connection_messages", true),
                Option.flag(GLOBAL, "enable_control_api", false)
                        .since21()
                        .treated(NO_EFFECT, "There are no $CONTROL topics; change the files and send SIGHUP."),
                Option.special(GLOBAL, "include_dir", "directory", ""),
                Option.special(GLOBAL, "log_dest", "none, stdout, stderr, syslog, topic or file and a path", "stderr"),
                Option.whole(GLOBAL, "log_facility", 0, 7, 0, "Error: Invalid 'log_facility' value (%d).")
                        .withDefault(""),
                Option.flag(GLOBAL, "log_timestamp", true),
                Option.text(GLOBAL, "log_timestamp_format"),
                Option.special(
                        GLOBAL,
                        "log_type",
                        "all, debug, error, information, internal, none, notice, subscribe, unsubscribe, warning or"
                                + " websockets",
                        "error, warning, notice, information"),
                Option.flag(GLOBAL, "persistence", false).withAlias("retained_persistence"),
                Option.text(GLOBAL, "persistence_file").withDefault("mosquitto.db"),
                Option.text(GLOBAL, "persistence_location"),
                Option.text(GLOBAL, "pid_file"),
                Option.whole(GLOBAL, "sys_interval", 0, 65_535, 10, "Error: Invalid 'sys_interval' value (%d)."),
                anyWhole("websockets_log_level")
                        .withDefault("0")
                        .treated(NO_EFFECT, "It is a level of libwebsockets; use 'log_type websockets'."));
    }

    static List<Option> removed() {
        return List.of(
                removed("ffdc_output", NO_RSMB),
                removed("max_log_entries", NO_RSMB),
                removed("retry_interval", "Messages are sent again when a client reconnects, as MQTT asks for."),
                removed(
                        "store_clean_interval",
                        "Remove the line: messages are freed as soon as nobody needs them. For how often the store is"
                                + " saved see 'autosave_interval'."),
                removed("trace_level", NO_RSMB),
                removed("trace_output", NO_RSMB));
    }

    private static Option removed(String name, String advice) {
        return Option.special(GLOBAL, name, "anything", "").treated(REMOVED, advice);
    }

    private static Option anyWhole(String name) {
        return Option.whole(GLOBAL, name, Integer.MIN_VALUE, Integer.MAX_VALUE, -1, "");
    }
}
