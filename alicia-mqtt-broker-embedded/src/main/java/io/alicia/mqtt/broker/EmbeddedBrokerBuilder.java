package io.alicia.mqtt.broker;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.Account;
import io.alicia.mqtt.access.AuthenticationMethod;
import io.alicia.mqtt.access.Authenticator;
import io.alicia.mqtt.access.PasswordHash;
import io.alicia.mqtt.broker.bridge.BridgeConfig;
import io.alicia.mqtt.broker.fault.PacketGate;
import io.alicia.mqtt.broker.monitoring.BrokerListener;
import io.alicia.mqtt.spi.MqttTransportProvider;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes an {@link EmbeddedBroker}; not thread-safe. */
public final class EmbeddedBrokerBuilder {

    private BrokerConfig config = BrokerConfig.builder().build();
    private final List<ListenerConfig> listeners = new ArrayList<>();
    /** What was said besides the configuration, which may be given after it. */
    private final List<Consumer<SecurityConfig.Builder>> security = new ArrayList<>();

    private final List<BrokerListener> brokerListeners = new ArrayList<>();
    private InstantSource clock = InstantSource.system();
    private @Nullable TaskScheduler scheduler;
    private @Nullable PacketGate gate;
    private @Nullable MqttTransportProvider bridgeTransport;
    private Supplier<String> identifiers = () -> UUID.randomUUID().toString();
    private Supplier<? extends CompletionStage<?>> logInsAfter = () -> CompletableFuture.completedStage(null);

    EmbeddedBrokerBuilder() {}

    /**
     * Starts from a configuration. Listeners, accounts and methods of authentication given besides, before or after, are
     * added to its own; {@link #access}, {@link #authenticator} and {@link #allowAnonymous} replace what it says of each.
     * Nothing of that reaches a listener with {@linkplain ListenerConfig#security rules of its own}, such as those that
     * {@link BrokerConfig#fromMosquitto} makes of {@code listener} lines.
     *
     * @param given the configuration
     * @return this
     */
    public EmbeddedBrokerBuilder config(BrokerConfig given) {
        config = given;
        return this;
    }

    /**
     * Sets options: {@code configure(config -> config.maxQueuedMessages(10))}.
     *
     * @param change is given a builder that starts from what was configured so far
     * @return this
     */
    public EmbeddedBrokerBuilder configure(Consumer<BrokerConfig.Builder> change) {
        BrokerConfig.Builder builder = BrokerConfig.builder();
        builder.from(config);
        change.accept(builder);
        config = builder.build();
        return this;
    }

    /**
     * Listens for MQTT on TCP at the loopback address.
     *
     * @param port 0 to 65535, 0 for any free one
     * @return this
     * @throws IllegalStateException if the port is out of range
     */
    public EmbeddedBrokerBuilder tcp(int port) {
        return listener(ListenerConfig.tcp(port));
    }

    /**
     * Listens for MQTT over WebSocket at the loopback address, path {@code /mqtt}.
     *
     * @param port 0 to 65535, 0 for any free one
     * @return this
     * @throws IllegalStateException if the port is out of range
     */
    public EmbeddedBrokerBuilder webSocket(int port) {
        return listener(ListenerConfig.webSocket(port));
    }

    /**
     * Listens for clients of the same JVM, without a port.
     *
     * @return this
     */
    public EmbeddedBrokerBuilder inProcess() {
        return listener(ListenerConfig.inProcess());
    }

    /**
     * Adds a listener.
     *
     * @param listener where and how
     * @return this
     */
    public EmbeddedBrokerBuilder listener(ListenerConfig listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Keeps retained messages, sessions and queued messages in a file, so that they are there again at the next start.
     *
     * @param file the file; made if it is not there, in a directory that is
     * @return this
     */
    public EmbeddedBrokerBuilder persistence(Path file) {
        return configure(builder -> builder.persistence(PersistenceConfig.of(file)));
    }

    /**
     * Adds an account that logs in with a password. The password is kept as a hash with few iterations, as is enough
     * for one that stands in the code anyway.
     *
     * @param name the user name
     * @param password the password
     * @return this
     * @throws IllegalArgumentException if one of them is empty
     */
    public EmbeddedBrokerBuilder account(String name, String password) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an account needs a name; allowAnonymous() lets in who has none");
        }
        if (password.isEmpty()) {
            throw new IllegalArgumentException(
                    "account " + name + " has an empty password, with which nobody is let in: give it one");
        }
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        PasswordHash hash = PasswordHash.pbkdf2Sha512(bytes, PasswordHash.MOSQUITTO_ITERATIONS, new SecureRandom());
        return accounts(List.of(Account.of(name, hash)));
    }

    /**
     * Adds accounts.
     *
     * @param accounts who may log in
     * @return this
     */
    public EmbeddedBrokerBuilder accounts(Iterable<Account> accounts) {
        List<Account> added = new ArrayList<>();
        accounts.forEach(added::add);
        security.add(rules -> rules.addAllAccounts(added));
        return this;
    }

    /**
     * Lets somebody else decide on log-ins, in place of accounts.
     *
     * @param authenticator who decides
     * @return this
     */
    public EmbeddedBrokerBuilder authenticator(Authenticator authenticator) {
        security.add(rules -> rules.authenticator(authenticator));
        return this;
    }

    /**
     * Adds a method of enhanced authentication for MQTT 5 clients. SCRAM-SHA-256 needs none: it is there for {@link
     * #accounts} with a {@link io.alicia.mqtt.access.ScramCredential}.
     *
     * @param method how they authenticate
     * @return this
     */
    public EmbeddedBrokerBuilder authenticationMethod(AuthenticationMethod method) {
        security.add(rules -> rules.addAuthenticationMethods(method));
        return this;
    }

    /**
     * Says what accounts may publish and receive.
     *
     * @param policy the rules
     * @return this
     */
    public EmbeddedBrokerBuilder access(AccessPolicy policy) {
        security.add(rules -> rules.access(policy));
        return this;
    }

    /**
     * Lets clients without a user name in.
     *
     * @return this
     */
    public EmbeddedBrokerBuilder allowAnonymous() {
        security.add(rules -> rules.allowAnonymous(true));
        return this;
    }

    /**
     * Tells somebody what happens.
     *
     * @param brokerListener who hears
     * @return this
     */
    public EmbeddedBrokerBuilder brokerListener(BrokerListener brokerListener) {
        brokerListeners.add(brokerListener);
        return this;
    }

    /**
     * Takes the time from somewhere else than the system, for tests that turn it by hand.
     *
     * @param instants what time it is
     * @param tasks runs what happens later
     * @return this
     */
    public EmbeddedBrokerBuilder time(InstantSource instants, TaskScheduler tasks) {
        clock = instants;
        scheduler = tasks;
        return this;
    }

    /**
     * Puts a gate at the protocol's edge, for tests that drop, delay and cut.
     *
     * @param packetGate decides on each packet
     * @return this
     */
    public EmbeddedBrokerBuilder packetGate(PacketGate packetGate) {
        gate = packetGate;
        return this;
    }

    /**
     * Makes the random part of assigned Client Identifiers; by default a UUID.
     *
     * @param supplier gives another one at each call, on any thread
     * @return this
     */
    public EmbeddedBrokerBuilder identifiers(Supplier<String> supplier) {
        identifiers = supplier;
        return this;
    }

    /**
     * Lets each log-in wait until the orders that came before it were heard. It is for programs that
     * {@linkplain EmbeddedBroker#holdLogIns hold log-ins} when a signal orders a reload: Java tells them of it over
     * several threads, and a client that connects right behind the signal would often be faster.
     *
     * @param heard asked at each log-in, on an event loop, so that it must not block; the log-in is judged when what it
     *     gives completes, on any thread, and as well if that fails. By default nobody waits
     * @return this
     */
    public EmbeddedBrokerBuilder logInsAfter(Supplier<? extends CompletionStage<?>> heard) {
        logInsAfter = heard;
        return this;
    }

    /**
     * Adds a bridge to another broker.
     *
     * @param bridge where to, and what is shared
     * @return this
     */
    public EmbeddedBrokerBuilder bridge(BridgeConfig bridge) {
        return configure(changed -> changed.addBridges(bridge));
    }

    /**
     * Gives bridges the client that they speak to remote brokers with; by default the broker
     * itself, and for other addresses than {@code mqtt} and {@code mqtts} the first on the class path that can.
     *
     * @param provider makes a transport for each bridge
     * @return this
     */
    public EmbeddedBrokerBuilder bridgeTransport(MqttTransportProvider provider) {
        bridgeTransport = provider;
        return this;
    }

    /**
     * Starts the broker; all its listeners take connections when this returns. If it cannot start, nothing is left running
     * or open.
     *
     * @return the broker, to be closed
     * @throws UncheckedIOException if a listener cannot be bound, or its TLS files or the persistence file cannot be used
     * @throws IllegalArgumentException if an account is there twice
     * @throws IllegalStateException if no listener was configured, or there is no client for a bridge
     */
    public EmbeddedBroker start() {
        BrokerConfig.Builder builder = BrokerConfig.builder();
        builder.from(config).addAllListeners(listeners).security(completeSecurity());
        BrokerConfig complete = builder.build();
        ConfigCheck.that(!complete.listeners().isEmpty(), "no listener is configured, expected at least one");
        RunningBroker running =
                new RunningBroker(complete, brokerListeners, clock, scheduler, identifiers, gate, bridgeTransport);
        running.broker().renewals().after(logInsAfter);
        return EmbeddedBroker.start(running);
    }

    private SecurityConfig completeSecurity() {
        SecurityConfig.Builder rules = SecurityConfig.builder();
        rules.from(config.security());
        security.forEach(said -> said.accept(rules));
        return rules.build();
    }
}
