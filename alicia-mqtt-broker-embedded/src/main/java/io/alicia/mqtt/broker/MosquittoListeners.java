package io.alicia.mqtt.broker;

import io.alicia.mqtt.broker.config.ConfListener;
import io.alicia.mqtt.broker.config.Settings;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import java.net.StandardProtocolFamily;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a listener of a {@code mosquitto.conf} means; who may connect there is not looked at. */
final class MosquittoListeners {

    private static final Logger LOG = LoggerFactory.getLogger(MosquittoListeners.class);

    /** Options that only matter where certificates are checked; to go without what they ask for is worth a word. */
    private static final List<String> OF_CERTIFICATES =
            List.of("require_certificate", "use_identity_as_username", "use_subject_as_username");

    private static final List<String> OF_WEBSOCKETS = List.of("websockets_origin", "http_dir");

    private final ConfListener listener;
    private final Settings settings;

    private MosquittoListeners(ConfListener listener) {
        this.listener = listener;
        this.settings = listener.settings();
    }

    static ListenerConfig read(ConfListener listener) {
        return new MosquittoListeners(listener).listenerConfig();
    }

    private ListenerConfig listenerConfig() {
        ListenerConfig.Builder builder = ListenerConfig.builder()
                .port(listener.port())
                .bindAddress(listener.host().orElse(ListenerConfig.ALL_ADDRESSES))
                .bindInterface(settings.text("bind_interface"))
                .socketDomain(settings.text("socket_domain").map(MosquittoListeners::family))
                .unixSocketPath(listener.unixSocketPath().map(Path::of))
                .mountPoint(settings.text("mount_point").orElse(""))
                .maxConnections(settings.whole("max_connections"))
                .maxQos(qos(settings.whole("max_qos")))
                .maxTopicAlias(settings.whole("max_topic_alias"))
                .maxTopicAliasBroker(settings.whole("max_topic_alias_broker"))
                .useUsernameAsClientid(settings.flag("use_username_as_clientid"))
                .acceptProtocolVersions(versions());
        if (settings.text("protocol").orElse("").equals("websockets")) {
            // Mosquitto takes any path, and clients ask for many.
            builder.protocol(ListenerProtocol.WEBSOCKETS)
                    .websocketPath("/")
                    .websocketsOrigins(settings.texts("websockets_origin"))
                    .httpDir(path("http_dir"));
        } else {
            OF_WEBSOCKETS.stream()
                    .filter(settings::isSet)
                    .forEach(name -> withoutEffect(name, "'protocol websockets'"));
        }
        OptionalInt proxyProtocol = settings.wholeIfAny("enable_proxy_protocol");
        proxyProtocol.ifPresent(version -> builder.proxyProtocol(version == 2 ? ProxyProtocol.V2 : ProxyProtocol.V1));
        boolean proxy2 = proxyProtocol.orElse(0) == 2;
        if (proxy2) {
            builder.proxyProtocolV2RequireTls(settings.flag("proxy_protocol_v2_require_tls"));
        } else if (settings.flag("proxy_protocol_v2_require_tls")) {
            withoutEffect("proxy_protocol_v2_require_tls", "'enable_proxy_protocol 2'");
        }
        if (settings.isSet("certfile")) {
            builder.tls(tls());
        }
        if (settings.isSet("certfile") || proxy2) {
            builder.requireCertificate(settings.flag("require_certificate"))
                    .useIdentityAsUsername(settings.flag("use_identity_as_username"))
                    .useSubjectAsUsername(settings.flag("use_subject_as_username"));
        } else {
            OF_CERTIFICATES.stream()
                    .filter(settings::flag)
                    .forEach(name -> withoutEffect(name, "'certfile' and 'keyfile'"));
        }
        return builder.build();
    }

    private void withoutEffect(String option, String missing) {
        LOG.warn("'{}' has no effect without {}. ({})", option, missing, settings.at(option));
    }

    private TlsConfig tls() {
        return TlsConfig.builder()
                .certfile(path("certfile"))
                .keyfile(path("keyfile"))
                .cafile(path("cafile"))
                .capath(path("capath"))
                .crlfile(path("crlfile"))
                .ciphers(settings.text("ciphers"))
                .ciphersTls13(settings.text("ciphers_tls1.3"))
                .tlsVersion(settings.text("tls_version").map(this::tlsVersion).orElse(TlsVersion.TLS_1_2))
                .disableClientCertDateChecks(settings.flag("disable_client_cert_date_checks"))
                .build();
    }

    private Optional<Path> path(String option) {
        return settings.text(option).map(Path::of);
    }

    private TlsVersion tlsVersion(String version) {
        return switch (version) {
            case "tlsv1.2" -> TlsVersion.TLS_1_2;
            case "tlsv1.3" -> TlsVersion.TLS_1_3;
            default ->
                throw new ConfigFileException(
                        List.of("Error: Unsupported tls_version \"" + version + "\", expected tlsv1.2 or tlsv1.3. ("
                                + settings.at("tls_version") + ")"),
                        null);
        };
    }

    private Set<MqttVersion> versions() {
        String accepted = settings.text("accept_protocol_versions").orElse("");
        Set<MqttVersion> versions = EnumSet.noneOf(MqttVersion.class);
        for (MqttVersion version : MqttVersion.values()) {
            if (accepted.contains(String.valueOf(version.level()))) {
                versions.add(version);
            }
        }
        if (versions.isEmpty()) {
            LOG.warn(
                    "'accept_protocol_versions' lets nobody connect, expected some of 3, 4 and 5. ({})",
                    settings.at("accept_protocol_versions"));
        }
        return versions;
    }

    private static StandardProtocolFamily family(String domain) {
        return domain.equals("ipv6") ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }

    private static Qos qos(int level) {
        return switch (level) {
            case 0 -> Qos.AT_MOST_ONCE;
            case 1 -> Qos.AT_LEAST_ONCE;
            default -> Qos.EXACTLY_ONCE;
        };
    }
}
