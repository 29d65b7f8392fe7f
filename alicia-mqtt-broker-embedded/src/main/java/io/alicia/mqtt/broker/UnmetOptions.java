package io.alicia.mqtt.broker;

import io.alicia.mqtt.broker.config.ConfBridge;
import io.alicia.mqtt.broker.config.ConfListener;
import io.alicia.mqtt.broker.config.MosquittoConf;
import io.alicia.mqtt.broker.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Options of a {@code mosquitto.conf} that this broker does not act on. To go without some of them would leave it more
 * open than the operator meant; those refuse the start, the others are warned about.
 */
final class UnmetOptions {

    private static final Logger LOG = LoggerFactory.getLogger(UnmetOptions.class);

    /** Where and to whom a listener is open. */
    private static final Set<String> PROTECTING = Set.of(
            "accept_protocol_versions",
            "bind_interface",
            "cafile",
            "capath",
            "certfile",
            "ciphers",
            "ciphers_tls1.3",
            "clientid_prefixes",
            "crlfile",
            "disable_client_cert_date_checks",
            "enable_proxy_protocol",
            "keyfile",
            "proxy_protocol_v2_require_tls",
            "require_certificate",
            "socket_domain",
            "tls_keyform",
            "tls_version",
            "use_identity_as_username",
            "use_subject_as_username",
            "websockets_origin");

    /** What a broker does, but not what it lets happen. */
    private static final Set<String> OTHER = Set.of(
            "autosave_interval",
            "autosave_on_changes",
            "global_max_clients",
            "http_dir",
            "listener_auto_id_prefix",
            "persistence",
            "persistence_file",
            "persistence_location",
            "retain_expiry_interval",
            "set_tcp_nodelay",
            "sys_interval");

    private UnmetOptions() {}

    static void check(MosquittoConf conf) {
        List<String> refusals = new ArrayList<>();
        check(conf.global(), refusals);
        for (ConfListener listener : conf.listeners()) {
            check(listener.settings(), refusals);
            if (listener.unixSocketPath().isPresent()) {
                refusals.add("Error: Unix sockets are not supported. (" + listener.at() + ")");
            }
        }
        for (ConfBridge bridge : conf.bridges()) {
            LOG.warn("Bridges are not supported; '{}' is not connected. ({})", bridge.name(), bridge.at());
        }
        if (!refusals.isEmpty()) {
            throw new ConfigFileException(refusals, null);
        }
    }

    private static void check(Settings settings, List<String> refusals) {
        for (String name : settings.names()) {
            if (PROTECTING.contains(name)) {
                refusals.add("Error: The '" + name + "' option is not supported. (" + settings.at(name) + ")");
            } else if (OTHER.contains(name)) {
                LOG.warn("The '{}' option has no effect. ({})", name, settings.at(name));
            }
        }
    }
}
