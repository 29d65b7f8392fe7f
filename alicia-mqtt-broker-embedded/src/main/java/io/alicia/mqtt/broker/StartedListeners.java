package io.alicia.mqtt.broker;

import io.alicia.mqtt.broker.listener.BoundListener;
import io.alicia.mqtt.broker.listener.Endpoint;
import io.alicia.mqtt.broker.listener.Layers;
import io.alicia.mqtt.broker.listener.ListenerSpec;
import io.alicia.mqtt.broker.listener.Listeners;
import io.alicia.mqtt.broker.security.Security;
import io.alicia.mqtt.broker.session.ListenerSettings;
import io.alicia.mqtt.broker.tls.CertificateName;
import io.alicia.mqtt.protocol.ReasonCode;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Starts the listeners of a configuration, and hands them what changes of it. */
final class StartedListeners {

    /**
     * A listener that runs.
     *
     * @param config what was asked for
     * @param name what sessions and logs know it by
     * @param ordinal how many listeners with the same place, such as port 0, stand before it in its configuration
     * @param listener its sockets
     * @param security who may connect
     * @param settings what holds for its clients as of now
     * @param tls its TLS as of now; null without
     */
    record Started(
            ListenerConfig config,
            String name,
            int ordinal,
            BoundListener listener,
            Security security,
            AtomicReference<ListenerSettings> settings,
            @Nullable AtomicReference<SslContext> tls) {}

    private final BrokerConfig config;
    private final Listeners listeners;
    private final Function<ListenerConfig, Security> securityOf;
    private final List<Started> started = new ArrayList<>();

    StartedListeners(BrokerConfig config, Listeners listeners, Function<ListenerConfig, Security> securityOf) {
        this.config = config;
        this.listeners = listeners;
        this.securityOf = securityOf;
    }

    void start() throws IOException {
        // What takes time comes first: whoever finds one socket open may try the next at once.
        List<ListenerSpec> specs = new ArrayList<>();
        List<@Nullable AtomicReference<SslContext>> contexts = new ArrayList<>();
        List<AtomicReference<ListenerSettings>> settings = new ArrayList<>();
        List<String> names = namesOf(config);
        for (ListenerConfig listener : config.listeners()) {
            Security security = securityOf.apply(listener);
            AtomicReference<SslContext> tls = listener.tls().isPresent()
                    ? new AtomicReference<>(TlsContexts.of(listener.tls().get(), listener.requireCertificate()))
                    : null;
            contexts.add(tls);
            AtomicReference<ListenerSettings> current =
                    new AtomicReference<>(settingsOf(listener, names.get(settings.size()), security));
            settings.add(current);
            specs.add(new ListenerSpec(
                    endpointOf(listener), layersOf(listener, tls), listener.maxConnections(), current::get));
        }
        List<BoundListener> bound = listeners.bind(specs);
        for (int i = 0; i < specs.size(); i++) {
            ListenerConfig listener = config.listeners().get(i);
            int ordinal = (int) started.stream()
                    .filter(before -> isSamePlace(before.config(), listener))
                    .count();
            started.add(new Started(
                    listener,
                    names.get(i),
                    ordinal,
                    bound.get(i),
                    securityOf.apply(listener),
                    settings.get(i),
                    contexts.get(i)));
        }
    }

    private static Endpoint endpointOf(ListenerConfig listener) {
        if (listener.protocol() == ListenerProtocol.IN_PROCESS) {
            return new Endpoint.InProcess("alicia-" + UUID.randomUUID());
        }
        return listener.unixSocketPath()
                .<Endpoint>map(Endpoint.Unix::new)
                .orElseGet(() -> new Endpoint.Tcp(
                        listener.bindAddress(),
                        listener.port(),
                        listener.bindInterface().orElse(null),
                        listener.socketDomain().orElse(null)));
    }

    private static Layers layersOf(ListenerConfig listener, @Nullable AtomicReference<SslContext> tls) {
        Layers.WebSocket webSocket = listener.protocol() == ListenerProtocol.WEBSOCKETS
                ? new Layers.WebSocket(
                        listener.websocketPath(),
                        listener.websocketsOrigins(),
                        listener.httpDir().orElse(null))
                : null;
        Layers.Proxy proxy = listener.proxyProtocol()
                .map(version -> new Layers.Proxy(
                        version == ProxyProtocol.V2 ? 2 : 1,
                        listener.proxyProtocolV2RequireTls(),
                        listener.requireCertificate()))
                .orElse(null);
        return new Layers(proxy, tls == null ? null : tls::get, webSocket, identityOf(listener));
    }

    private static @Nullable CertificateName identityOf(ListenerConfig listener) {
        // Without a certificate that it asked for, what a load balancer tells is no proof.
        boolean proven = listener.tls().isPresent() || listener.requireCertificate();
        if (listener.useIdentityAsUsername() && proven) {
            return CertificateName.COMMON_NAME;
        }
        return listener.useSubjectAsUsername() ? CertificateName.SUBJECT : null;
    }

    private ListenerSettings settingsOf(ListenerConfig listener, String name, Security security) {
        return new ListenerSettings(
                name,
                security,
                listener.mountPoint(),
                listener.maxQos(),
                listener.maxTopicAlias(),
                listener.maxTopicAliasBroker(),
                clientNames(listener, listener, config),
                listener.acceptProtocolVersions(),
                listener.redirect().map(StartedListeners::redirectOf).orElse(null));
    }

    /** How clients are named by a listener, as far as another configuration may change that. */
    private static ListenerSettings.Identity clientNames(
            ListenerConfig listener, ListenerConfig changed, BrokerConfig config) {
        return new ListenerSettings.Identity(
                listener.useUsernameAsClientid(),
                identityOf(listener) != null,
                changed.allowZeroLengthClientid().orElse(config.allowZeroLengthClientid()),
                changed.autoIdPrefix().orElse(config.autoIdPrefix()),
                config.clientidPrefixes());
    }

    private static ListenerSettings.Redirect redirectOf(ServerRedirect redirect) {
        return new ListenerSettings.Redirect(
                redirect.permanent() ? ReasonCode.SERVER_MOVED : ReasonCode.USE_ANOTHER_SERVER,
                redirect.serverReference());
    }

    /**
     * {@return what sessions and logs know the listeners of a configuration by, in their order}
     *
     * <p>Of several with one name, as those have whose port the system chooses, the second is {@code tcp:0#2}: it is told
     * from the first, and is the same one after a restart.
     */
    static List<String> namesOf(BrokerConfig config) {
        Map<String, Integer> counts = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (ListenerConfig listener : config.listeners()) {
            String name = nameOf(listener);
            int count = counts.merge(name, 1, Integer::sum);
            names.add(count == 1 ? name : name + "#" + count);
        }
        return names;
    }

    /** What a listener is called that no other resembles. */
    static String nameOf(ListenerConfig listener) {
        if (listener.unixSocketPath().isPresent()) {
            return "unix:" + listener.unixSocketPath().get();
        }
        return switch (listener.protocol()) {
            case TCP -> "tcp:" + placeOf(listener);
            case WEBSOCKETS -> "websockets:" + placeOf(listener);
            case IN_PROCESS -> "in-process";
        };
    }

    /** The port alone where no other listener can have it: those of other addresses or families may share it. */
    private static String placeOf(ListenerConfig listener) {
        String address = listener.bindAddress();
        boolean usual = address.equals(ListenerConfig.ALL_ADDRESSES) || address.equals("127.0.0.1");
        return (isIpv6Alone(listener) ? "ipv6:" : "")
                + listener.bindInterface().map(name -> "%" + name + ":").orElse("")
                + (usual ? "" : (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":")
                + listener.port();
    }

    private static boolean isIpv6Alone(ListenerConfig listener) {
        return listener.socketDomain().orElse(null) == StandardProtocolFamily.INET6;
    }

    List<Started> all() {
        return List.copyOf(started);
    }

    /**
     * {@return what puts new certificates in force for the next connections}
     *
     * @param changed a configuration with the same listeners, or some of them
     * @throws IOException if the TLS of one of them cannot be used; nothing has changed then
     */
    Runnable renewal(BrokerConfig changed) throws IOException {
        Map<AtomicReference<SslContext>, SslContext> renewed = new HashMap<>();
        for (Started running : started) {
            ListenerConfig again = inOrNull(changed, running);
            if (again != null && running.tls() != null && again.tls().isPresent()) {
                renewed.put(
                        running.tls(),
                        TlsContexts.of(again.tls().get(), running.config().requireCertificate()));
            }
        }
        return () -> renewed.forEach(AtomicReference::set);
    }

    /**
     * Puts in force for the next connections how clients are named and which versions they may speak.
     *
     * @param changed a configuration with the same listeners, or some of them
     */
    void change(BrokerConfig changed) {
        for (Started running : started) {
            ListenerConfig again = inOrNull(changed, running);
            // Without its own settings a listener has those of the broker, also where it is not told of again.
            ListenerConfig now = again == null ? running.config() : again;
            running.settings()
                    .updateAndGet(before -> new ListenerSettings(
                            before.name(),
                            before.security(),
                            before.mountPoint(),
                            before.maxQos(),
                            before.maxTopicAlias(),
                            before.maxTopicAliasBroker(),
                            clientNames(running.config(), now, changed),
                            now.acceptProtocolVersions(),
                            before.redirect()));
        }
    }

    /** {@return the listener of a configuration that is the one that runs, null if it is no longer there} */
    static @Nullable ListenerConfig inOrNull(BrokerConfig changed, Started running) {
        return changed.listeners().stream()
                .filter(listener -> isSamePlace(listener, running.config()))
                .skip(running.ordinal())
                .findFirst()
                .orElse(null);
    }

    private static boolean isSamePlace(ListenerConfig one, ListenerConfig other) {
        return one.protocol() == other.protocol()
                && one.port() == other.port()
                && one.bindAddress().equals(other.bindAddress())
                && isIpv6Alone(one) == isIpv6Alone(other)
                && one.bindInterface().equals(other.bindInterface())
                && one.unixSocketPath().equals(other.unixSocketPath());
    }
}
