package io.alicia.mqtt.broker;

import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.style.ValueStyle;
import io.alicia.mqtt.topic.TopicName;
import java.net.StandardProtocolFamily;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.immutables.value.Value;

/**
 * One place where clients connect, with Mosquitto's names for its options.
 *
 * <p>Immutable. A value out of range is refused by {@code build()} with an {@link IllegalStateException} that names the
 * option.
 */
@Value.Immutable
@ValueStyle
public abstract class ListenerConfig {

    /** Stands for all addresses of this machine, IPv4 and IPv6. */
    public static final String ALL_ADDRESSES = "*";

    ListenerConfig() {}

    /** {@return a builder with the defaults: MQTT on TCP at a free port of the loopback address} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a listener for MQTT on TCP}
     * @param port 0 to 65535, 0 for any free one
     * @throws IllegalStateException if the port is out of range
     */
    public static ListenerConfig tcp(int port) {
        return builder().port(port).build();
    }

    /** {@return a listener for MQTT over WebSocket}
     * @param port 0 to 65535, 0 for any free one
     * @throws IllegalStateException if the port is out of range
     */
    public static ListenerConfig webSocket(int port) {
        return builder().protocol(ListenerProtocol.WEBSOCKETS).port(port).build();
    }

    /** {@return a listener for MQTT on a unix socket, for clients on the same machine}
     * @param path the socket's file; made at the start for this user and its group, removed at the end
     */
    public static ListenerConfig unix(Path path) {
        return builder().unixSocketPath(path).build();
    }

    /** {@return a listener that only this JVM reaches, without a socket} */
    public static ListenerConfig inProcess() {
        return builder().protocol(ListenerProtocol.IN_PROCESS).build();
    }

    /** {@return what the listener speaks below MQTT; default TCP} */
    @Value.Default
    public ListenerProtocol protocol() {
        return ListenerProtocol.TCP;
    }

    /**
     * {@return the address or host name to bind, or {@link #ALL_ADDRESSES}; default {@code 127.0.0.1}}
     *
     * <p>Of a host name with several addresses all are bound. {@code 0.0.0.0} is all of IPv4, {@code ::} all of IPv6.
     */
    @Value.Default
    public String bindAddress() {
        return "127.0.0.1";
    }

    /**
     * {@return the network interface to listen on: its first IPv4 and its first IPv6 address}
     *
     * <p>With {@link #bindAddress()} other than {@link #ALL_ADDRESSES} that address must be one of the interface's, and
     * is the only one that is bound.
     */
    public abstract Optional<String> bindInterface();

    /** {@return the only family of addresses to listen on, as {@code socket_domain}; INET or INET6, default both} */
    public abstract Optional<StandardProtocolFamily> socketDomain();

    /**
     * {@return the path of the unix socket to listen on in place of an address and port}
     *
     * <p>At the start a socket that was left there is replaced; anything else that is there stops the start.
     */
    public abstract Optional<Path> unixSocketPath();

    /** {@return the port to bind, 0 to 65535; 0, the default, takes any free one} */
    @Value.Default
    public int port() {
        return 0;
    }

    /** {@return the request path of a WebSocket listener, {@code /} for any; default {@code /mqtt}} */
    @Value.Default
    public String websocketPath() {
        return "/mqtt";
    }

    /**
     * {@return the origins of web pages that may connect to a WebSocket listener, as browsers send them: {@code
     * https://house.example:8443}; default none, which lets all connect}
     *
     * <p>A request without an origin does not come from a browser and is let in.
     */
    public abstract List<String> websocketsOrigins();

    /**
     * {@return a directory whose files a WebSocket listener serves over HTTP at the same port, such as a page that
     * connects back; default none}
     *
     * <p>{@code GET} and {@code HEAD} only; {@code index.html} for a directory. Nothing outside of the directory is
     * served, and no file whose name begins with a dot. Who may connect makes no difference: all of it is public.
     */
    public abstract Optional<Path> httpDir();

    /**
     * {@return the PROXY protocol that the load balancer in front of the listener speaks; default none}
     *
     * <p>The client's address is then the one that the load balancer tells. A connection without the header is closed.
     */
    public abstract Optional<ProxyProtocol> proxyProtocol();

    /** {@return whether a client must speak TLS to the load balancer, with {@link ProxyProtocol#V2}; default false} */
    @Value.Default
    public boolean proxyProtocolV2RequireTls() {
        return false;
    }

    /** {@return TLS below MQTT or WebSocket; default none} */
    public abstract Optional<TlsConfig> tls();

    /**
     * {@return whether a client has to show a certificate that is trusted, else TLS fails; default false}
     *
     * <p>With {@link ProxyProtocol#V2} the load balancer says whether it has.
     */
    @Value.Default
    public boolean requireCertificate() {
        return false;
    }

    /**
     * {@return whether the common name (CN) of the client's certificate is its user name, and no password is asked for;
     * default false}
     *
     * <p>User name and password in CONNECT do not count then. A client without such a name is refused with 0x86 Bad User
     * Name or Password (MQTT 3.1.1: 4). With {@link ProxyProtocol#V2} the load balancer tells the name, and it counts
     * only together with {@link #requireCertificate()}.
     */
    @Value.Default
    public boolean useIdentityAsUsername() {
        return false;
    }

    /**
     * {@return whether the subject of the client's certificate is its user name, such as {@code CN=hall,O=house}, and no
     * password is asked for; default false}
     *
     * <p>{@link #useIdentityAsUsername()} comes first if both are set.
     */
    @Value.Default
    public boolean useSubjectAsUsername() {
        return false;
    }

    /**
     * {@return the versions of MQTT that are spoken here; default all}
     *
     * <p>Another one is refused with 0x84 Unsupported Protocol Version (MQTT 3.1.1: 1); with none, nobody can connect.
     */
    @Value.Default
    public Set<MqttVersion> acceptProtocolVersions() {
        return EnumSet.allOf(MqttVersion.class);
    }

    /** {@return what a Client Identifier that is assigned here begins with; default as in all of the broker} */
    public abstract Optional<String> autoIdPrefix();

    /** {@return whether a client may connect here without a Client Identifier; default as in all of the broker} */
    public abstract Optional<Boolean> allowZeroLengthClientid();

    /**
     * {@return what stands before every topic of this listener's clients inside the broker; default none}
     *
     * <p>Clients of a listener with a mount point see only topics below it, and never the prefix itself.
     */
    @Value.Default
    public String mountPoint() {
        return "";
    }

    /** {@return how many clients may be connected here at once; -1, the default, for no limit} */
    @Value.Default
    public int maxConnections() {
        return -1;
    }

    /** {@return the highest QoS that a client may publish with; default {@link Qos#EXACTLY_ONCE}} */
    @Value.Default
    public Qos maxQos() {
        return Qos.EXACTLY_ONCE;
    }

    /** {@return how many topic aliases an MQTT 5 client may create, 0 to 65535; default 10, 0 for none} */
    @Value.Default
    public int maxTopicAlias() {
        return 10;
    }

    /** {@return how many topic aliases the broker makes for an MQTT 5 client that allows them, 0 to 65535; default 10} */
    @Value.Default
    public int maxTopicAliasBroker() {
        return 10;
    }

    /** {@return whether the user name takes the place of the Client Identifier; default false} */
    @Value.Default
    public boolean useUsernameAsClientid() {
        return false;
    }

    /** {@return who may connect here, in place of the broker's; default as in all of the broker} */
    public abstract Optional<SecurityConfig> security();

    /**
     * {@return where clients of this listener are sent instead of being let in; default nowhere}
     *
     * <p>An MQTT 5 client gets CONNACK 0x9C or 0x9D with the Server Reference, one of 3.1.1 return code 3 (server
     * unavailable). Nobody's password is looked at.
     */
    public abstract Optional<ServerRedirect> redirect();

    @Value.Check
    void check() {
        ConfigCheck.range("port", port(), 0, 65_535);
        ConfigCheck.range("maxConnections", maxConnections(), -1, Integer.MAX_VALUE);
        ConfigCheck.range("maxTopicAlias", maxTopicAlias(), 0, 65_535);
        ConfigCheck.range("maxTopicAliasBroker", maxTopicAliasBroker(), 0, 65_535);
        ConfigCheck.that(
                mountPoint().isEmpty() || TopicName.ofReceivedOrNull(mountPoint()) != null,
                "mountPoint is \"" + mountPoint() + "\", expected a topic prefix without wildcards");
        ConfigCheck.that(
                websocketPath().startsWith("/"),
                "websocketPath is \"" + websocketPath() + "\", expected a path that begins with \"/\"");
        ConfigCheck.that(
                socketDomain()
                        .map(family -> family != StandardProtocolFamily.UNIX)
                        .orElse(true),
                "socketDomain is UNIX, expected INET or INET6; for unix sockets there is unixSocketPath");
        ConfigCheck.that(
                unixSocketPath().isEmpty() || (port() == 0 && bindInterface().isEmpty()),
                "unixSocketPath is set, expected neither port nor bindInterface besides");
        ConfigCheck.that(
                protocol() != ListenerProtocol.IN_PROCESS
                        || (tls().isEmpty() && unixSocketPath().isEmpty()),
                "an in-process listener has neither tls nor unixSocketPath");
        ConfigCheck.that(
                protocol() != ListenerProtocol.IN_PROCESS || proxyProtocol().isEmpty(),
                "an in-process listener has no proxyProtocol");
        boolean proxy2 = proxyProtocol().filter(ProxyProtocol.V2::equals).isPresent();
        ConfigCheck.that(
                tls().isPresent() || proxy2 || !(requireCertificate() || useIdentityAsUsername()),
                "requireCertificate and useIdentityAsUsername need tls or proxyProtocol V2");
        ConfigCheck.that(tls().isPresent() || !useSubjectAsUsername(), "useSubjectAsUsername needs tls");
        ConfigCheck.that(
                !(proxy2 && tls().isPresent()),
                "proxyProtocol V2 and tls exclude each other: the load balancer ends TLS");
        ConfigCheck.that(proxy2 || !proxyProtocolV2RequireTls(), "proxyProtocolV2RequireTls needs proxyProtocol V2");
        ConfigCheck.that(
                protocol() == ListenerProtocol.WEBSOCKETS
                        || (httpDir().isEmpty() && websocketsOrigins().isEmpty()),
                "httpDir and websocketsOrigins need protocol WEBSOCKETS");
    }

    /** Makes a {@link ListenerConfig}; not thread-safe. */
    public static final class Builder extends ImmutableListenerConfig.Builder {
        Builder() {}
    }
}
