package io.alicia.mqtt.broker;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.Authentication;
import io.alicia.mqtt.access.Authenticator;
import io.alicia.mqtt.access.DynamicSecurity;
import io.alicia.mqtt.access.PasswordFile;
import io.alicia.mqtt.broker.config.ConfListener;
import io.alicia.mqtt.broker.config.ConfRefusedException;
import io.alicia.mqtt.broker.config.MosquittoConf;
import io.alicia.mqtt.broker.config.Notice;
import io.alicia.mqtt.broker.config.Settings;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a {@code mosquitto.conf} means for a broker. */
final class MosquittoConfigs {

    /** Where nobody has to say who they are, nobody has to prove it: who gives a name is that account. */
    static final Authenticator ANYBODY = logIn -> CompletableFuture.completedFuture(
            logIn.account().map(Authentication::accepted).orElseGet(Authentication::acceptedAnonymously));

    private static final String IPV6_LOOPBACK = "::1";

    private final MosquittoConf conf;

    private MosquittoConfigs(MosquittoConf conf) {
        this.conf = conf;
    }

    static BrokerConfig read(Path file) {
        try {
            return new MosquittoConfigs(MosquittoConf.read(file)).brokerConfig();
        } catch (ConfRefusedException e) {
            List<String> errors = e.notices().stream()
                    .filter(notice -> notice.severity() == Notice.Severity.ERROR)
                    .map(Notice::text)
                    .toList();
            throw new ConfigFileException(errors, e);
        }
    }

    static BrokerConfig withoutFile() {
        return new MosquittoConfigs(MosquittoConf.withoutFile()).brokerConfig();
    }

    private BrokerConfig brokerConfig() {
        UnmetOptions.check(conf);
        Settings global = conf.global();
        BrokerConfig.Builder builder = BrokerConfig.builder();
        builder.allowDuplicateMessages(global.flag("allow_duplicate_messages"))
                .allowZeroLengthClientid(global.flag("allow_zero_length_clientid"))
                .checkRetainSource(global.flag("check_retain_source"))
                .queueQos0Messages(global.flag("queue_qos0_messages"))
                .retainAvailable(global.flag("retain_available"))
                .upgradeOutgoingQos(global.flag("upgrade_outgoing_qos"))
                .maxInflightMessages(unlimitedInflight(global.whole("max_inflight_messages")))
                .maxInflightBytes(global.whole("max_inflight_bytes"))
                .maxQueuedMessages(global.whole("max_queued_messages"))
                .maxQueuedBytes(global.whole("max_queued_bytes"))
                .maxPacketSize(Math.min(global.whole("max_packet_size"), BrokerConfig.LARGEST_PACKET))
                .messageSizeLimit(global.whole("message_size_limit"))
                .maxKeepalive(global.whole("max_keepalive"))
                .globalMaxClients(Math.max(-1, global.whole("global_max_clients")))
                .sysInterval(Duration.ofSeconds(global.whole("sys_interval")))
                .globalMaxConnections(Math.max(-1, global.whole("global_max_connections")));
        global.text("auto_id_prefix").ifPresent(builder::autoIdPrefix);
        global.text("clientid_prefixes").ifPresent(builder::clientidPrefixes);
        builder.tcpNodelay(global.flag("set_tcp_nodelay"));
        global.text("persistent_client_expiration")
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .ifPresent(builder::persistentClientExpiration);
        persistence(global).ifPresent(builder::persistence);
        global.wholeIfAny("retain_expiry_interval")
                .ifPresent(minutes -> builder.retainExpiryInterval(Duration.ofMinutes(minutes)));
        if (conf.localOnly()) {
            builder.security(security(global, conf.allowsAnonymousLocally())).addAllListeners(localListeners());
        } else {
            conf.listeners().forEach(listener -> builder.addListeners(listener(listener)));
        }
        new MosquittoBridges(conf, MosquittoConfigs::policy).addTo(builder);
        return builder.build();
    }

    /** The file as Mosquitto names it: its name behind the location, whatever either of them looks like. */
    private static Optional<PersistenceConfig> persistence(Settings global) {
        if (!global.flag("persistence")) {
            return Optional.empty();
        }
        String name = global.text("persistence_file").orElse("mosquitto.db");
        String location = global.text("persistence_location").orElse("");
        int autosave = global.whole("autosave_interval");
        boolean onChanges = global.flag("autosave_on_changes");
        return Optional.of(PersistenceConfig.builder()
                .file(Path.of(location.isEmpty() ? name : location + "/" + name))
                .autosaveInterval(Duration.ofSeconds(onChanges ? 0 : autosave))
                .autosaveChanges(onChanges ? autosave : 0)
                .build());
    }

    /** 65535 means the same as 0: as many as there are Packet Identifiers. */
    private static int unlimitedInflight(int maximum) {
        return maximum == 65_535 ? 0 : maximum;
    }

    private static List<ListenerConfig> localListeners() {
        List<ListenerConfig> listeners = new ArrayList<>();
        listeners.add(ListenerConfig.tcp(1883));
        if (hasIpv6Loopback()) {
            listeners.add(ListenerConfig.builder()
                    .bindAddress(IPV6_LOOPBACK)
                    .port(1883)
                    .build());
        }
        return listeners;
    }

    private static boolean hasIpv6Loopback() {
        try {
            byte[] loopback = new byte[16];
            loopback[15] = 1;
            return NetworkInterface.getByInetAddress(InetAddress.getByAddress(loopback)) != null;
        } catch (SocketException | UnknownHostException e) {
            return false;
        }
    }

    private ListenerConfig listener(ConfListener listener) {
        Settings access = conf.access(listener, "allow_zero_length_clientid");
        return ListenerConfig.builder()
                .from(MosquittoListeners.read(listener))
                .autoIdPrefix(conf.autoIdPrefix(listener))
                .allowZeroLengthClientid(access.flag("allow_zero_length_clientid"))
                .security(security(listener))
                .build();
    }

    private SecurityConfig security(ConfListener listener) {
        boolean allowAnonymous = conf.allowsAnonymous(listener);
        Optional<String> roles = MosquittoConf.rolesFile(conf.access(listener, "plugin"));
        if (roles.isPresent()) {
            return ofRoles(roles.get(), allowAnonymous);
        }
        SecurityConfig.Builder builder = SecurityConfig.builder();
        Settings passwords = conf.access(listener, "password_file");
        Settings rules = conf.access(listener, "acl_file");
        passwords(builder, passwords, allowAnonymous);
        return builder.keepsAccounts(conf.isOfPlugin(passwords, "password_file"))
                .keepsAccess(conf.isOfPlugin(rules, "acl_file"))
                .access(policy(rules))
                .build();
    }

    private SecurityConfig security(Settings global, boolean allowAnonymous) {
        Optional<String> roles = MosquittoConf.rolesFile(global);
        if (roles.isPresent()) {
            return ofRoles(roles.get(), allowAnonymous);
        }
        SecurityConfig.Builder builder = SecurityConfig.builder();
        passwords(builder, global, allowAnonymous);
        return builder.keepsAccounts(conf.isOfPlugin(global, "password_file"))
                .keepsAccess(conf.isOfPlugin(global, "acl_file"))
                .access(policy(global))
                .build();
    }

    /** As Mosquitto's plugin: who gives a name has to be a client of the file, also where nobody has to give one. */
    private static SecurityConfig ofRoles(String file, boolean allowAnonymous) {
        DynamicSecurity roles = DynamicSecurity.read(path("plugin_opt_config_file", file));
        return SecurityConfig.builder()
                .allowAnonymous(allowAnonymous)
                .accounts(roles.accounts())
                .access(roles.policy())
                .keepsAccounts(true)
                .keepsAccess(true)
                .build();
    }

    private static void passwords(SecurityConfig.Builder builder, Settings settings, boolean allowAnonymous) {
        builder.allowAnonymous(allowAnonymous);
        Optional<String> file = settings.text("password_file");
        if (file.isPresent()) {
            builder.accounts(
                    PasswordFile.read(path("password_file", file.get())).accounts());
        } else if (allowAnonymous) {
            builder.authenticator(ANYBODY);
        }
    }

    /** A JVM that was started in the locale C can't open what has a name beyond ASCII. */
    private static Path path(String option, String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new ConfigFileException(
                    List.of("Error: Unable to open " + option + " \"" + file
                            + "\": this locale has no such characters; start the broker with LC_ALL=C.UTF-8."),
                    e);
        }
    }

    private static AccessPolicy policy(Settings settings) {
        return settings.text("acl_file")
                .map(file -> AccessPolicy.fromMosquittoAcl(path("acl_file", file)))
                .orElseGet(AccessPolicy::unrestricted);
    }
}
