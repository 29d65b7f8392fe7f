package io.alicia.mqtt.broker;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.broker.monitoring.BrokerCounters;
import io.alicia.mqtt.broker.monitoring.BrokerStatistics;
import io.alicia.mqtt.broker.session.ApplicationMessages;
import io.alicia.mqtt.broker.session.Broker;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.topic.TopicName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A running MQTT 3.1.1 and 5.0 broker.
 *
 * <pre>{@code
 * try (EmbeddedBroker broker = EmbeddedBroker.builder()
 *         .tcp(0)
 *         .account("kitchen", "secret")
 *         .start()) {
 *     connectTo(broker.uri());
 * }
 * }</pre>
 *
 * <p>Without further settings it listens on the loopback address, lets nobody in without an account, keeps everything in
 * memory and bounds what a client can make it hold. Safe for any number of threads.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private final RunningBroker running;

    private EmbeddedBroker(RunningBroker running) {
        this.running = running;
    }

    /** {@return a builder of a broker without listeners} */
    public static EmbeddedBrokerBuilder builder() {
        return new EmbeddedBrokerBuilder();
    }

    /**
     * Starts a broker; all its listeners take connections when this returns. If it cannot start, nothing is left running or
     * open.
     *
     * @param config how it behaves and where it listens
     * @return the broker, to be closed
     * @throws UncheckedIOException if a listener cannot be bound, or its TLS files or the persistence file cannot be used
     * @throws IllegalArgumentException if an account is there twice
     * @throws IllegalStateException if no listener was configured, or there is no client for a bridge
     */
    public static EmbeddedBroker start(BrokerConfig config) {
        return builder().config(config).start();
    }

    static EmbeddedBroker start(RunningBroker running) {
        try {
            running.bind();
            running.startBridges();
            running.accept();
        } catch (IOException e) {
            running.close();
            throw new UncheckedIOException(e.getMessage(), e);
        } catch (RuntimeException e) {
            running.close();
            throw e;
        }
        return new EmbeddedBroker(running);
    }

    /** {@return where it can be reached, in the order of the configured listeners} */
    public List<BoundAddress> addresses() {
        return running.listeners().stream()
                .flatMap(started -> started.listener().sockets().stream()
                        .map(socket -> new BoundAddress(started.config(), socket.host(), socket.port())))
                .toList();
    }

    private BoundAddress first(ListenerProtocol protocol) {
        return addresses().stream()
                .filter(address -> address.config().protocol() == protocol)
                .filter(address -> address.config().unixSocketPath().isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the broker has no " + protocol + " listener"));
    }

    /**
     * {@return the port of the first TCP listener}
     *
     * @throws IllegalStateException if there is none
     */
    public int port() {
        return first(ListenerProtocol.TCP).port();
    }

    /**
     * {@return the URI of the first TCP listener: {@code mqtt://127.0.0.1:…}}
     *
     * @throws IllegalStateException if there is none
     */
    public String uri() {
        return first(ListenerProtocol.TCP).uri();
    }

    /**
     * {@return the port of the first WebSocket listener}
     *
     * @throws IllegalStateException if there is none
     */
    public int webSocketPort() {
        return first(ListenerProtocol.WEBSOCKETS).port();
    }

    /**
     * {@return the name of the in-process listener's local address, for a Netty channel in the same JVM}
     *
     * @throws IllegalStateException if there is none
     */
    public String inProcessAddress() {
        return first(ListenerProtocol.IN_PROCESS).host();
    }

    /** {@return what the broker has done since its start; goes on counting} */
    public BrokerCounters counters() {
        return running.broker().counters();
    }

    /**
     * {@return what the broker holds now; completes soon, on another thread, with an exception if the broker is closed}
     *
     * <p>Costs nothing until it is asked for; then every event loop counts its own sessions.
     */
    public CompletableFuture<BrokerStatistics> statistics() {
        return running.broker().statistics();
    }

    /** {@return the Client Identifiers of the clients that are connected now, sorted} */
    public Set<String> connectedClients() {
        return running.broker().administration().connectedClients();
    }

    /**
     * Closes a client's connection (MQTT 5: 0x98 Administrative action). Its will is published and its session stays, as
     * after any other loss of connection.
     *
     * @param clientIdentifier the client
     * @return whether the client has a session; without one it is not connected either
     */
    public boolean disconnect(String clientIdentifier) {
        return running.broker().administration().disconnect(clientIdentifier);
    }

    /**
     * Closes a client's connection and ends its session, as if that had expired.
     *
     * @param clientIdentifier the client
     * @return whether the client had a session
     */
    public boolean forgetSession(String clientIdentifier) {
        return running.broker().administration().forgetSession(clientIdentifier);
    }

    /**
     * Publishes a message with no account's rights asked. It is on its way when this returns; messages of one thread keep
     * their order.
     *
     * @param message what
     */
    public void publish(ApplicationMessage message) {
        Broker broker = running.broker();
        broker.administration()
                .publish(ApplicationMessages.inside(message, broker.clock().millis()));
    }

    /**
     * {@return the retained message of a topic}
     *
     * @param topic the Topic Name
     */
    public Optional<ApplicationMessage> retained(TopicName topic) {
        Broker broker = running.broker();
        return Optional.ofNullable(broker.retained().get(topic))
                .map(message ->
                        ApplicationMessages.outside(message, broker.clock().millis()));
    }

    /** {@return how many topics have a retained message} */
    public int retainedMessages() {
        return running.broker().retained().size();
    }

    /**
     * Other accounts and another policy from now on, for all listeners that have no security of their own.
     *
     * <p>The next message of each client is judged by the new policy. A client stays connected unless it could not log in
     * again: its account is gone, has another password or is bound to other Client Identifiers, or clients without an
     * account are no longer allowed. So is who by the rules of its roles may not have a subscription any more that it has
     * (0x98, as Mosquitto's plugin does); the subscription ends. A client that came by its certificate needs no password, and
     * stays without one. Whom an {@link io.alicia.mqtt.access.Authenticator} of one's own would refuse now,
     * nobody can tell; its clients stay. Who was disconnected and which topics connected clients gain and lose is logged.
     *
     * <p>Waits for the event loops: not to be called by a {@link io.alicia.mqtt.broker.monitoring.BrokerListener}.
     *
     * @param security the new rules; to change a part of those that were given, begin with {@code
     *     SecurityConfig.builder().from(…)}
     * @return what changed and whom it disconnected
     * @throws IllegalArgumentException if an account is there twice; the old rules stay then
     * @throws IllegalStateException if it is called on an event loop
     */
    public ReloadReport reload(SecurityConfig security) {
        return running.reload(security);
    }

    /**
     * Takes over from a configuration what can change while clients are connected, as Mosquitto does at SIGHUP: who may
     * connect and what they may do, certificates and keys, how clients are named and which versions they speak, of the
     * broker and of each listener that is still in the configuration; the limits that mosquitto.conf(5) calls reloaded;
     * intervals; and the bridges. What a client was told when it connected (the largest packet, Receive Maximum, Keep Alive)
     * holds for its connection, and new connections see the new certificates. Where it listens and where it keeps its state
     * stays until the next start; a change of that is logged as a warning. For the rest see {@link
     * #reload(SecurityConfig)}.
     *
     * @param config the configuration, for example {@link BrokerConfig#fromMosquitto read again} from its file
     * @return what changed and whom it disconnected
     * @throws UncheckedIOException if TLS files of a listener cannot be used; all stays as it was then
     * @throws IllegalArgumentException if an account is there twice; all stays as it was then
     * @throws IllegalStateException if it is called on an event loop
     */
    public ReloadReport reload(BrokerConfig config) {
        return reload(config, () -> {});
    }

    /**
     * The same, for who {@linkplain #holdLogIns holds log-ins} meanwhile: what the log says about who gains and loses what
     * takes seconds if thousands of accounts changed, and nobody has to wait for that.
     *
     * @param config the configuration
     * @param inForce run once, on this thread, as soon as all of it is in force and who could not log in again is
     *     disconnected; not run if all stays as it was
     * @return what changed and whom it disconnected
     * @throws UncheckedIOException if TLS files of a listener cannot be used; all stays as it was then
     * @throws IllegalArgumentException if an account is there twice; all stays as it was then
     * @throws IllegalStateException if it is called on an event loop
     */
    public ReloadReport reload(BrokerConfig config, Runnable inForce) {
        try {
            return running.reload(config, inForce);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * {@return what accounts may do as of now, after all reloads; where a listener has rules of its own, they are not among
     * it}
     */
    public AccessPolicy policy() {
        return running.policy();
    }

    /**
     * Lets nobody log in until the returned task is run: who connects meanwhile waits. With it around the reading of a
     * configuration and its {@linkplain #reload(BrokerConfig) reload}, a client that connects after the order to reload is
     * judged by what the order was about. Clients that are connected already notice nothing. One that waits longer than
     * {@link BrokerConfig#connectTimeout} is disconnected, so end it with {@link #reload(BrokerConfig, Runnable)} as soon as
     * the new rules are in force.
     *
     * @return ends it; may be run more than once, from any thread
     */
    public Runnable holdLogIns() {
        return running.broker().renewals().begin();
    }

    /**
     * Brings everything to the disk now, as Mosquitto does at SIGUSR1. Without {@linkplain BrokerConfig#persistence
     * persistence} there is nothing to save.
     *
     * @return done when the file is there and complete; fails with an exception whose message says why if it cannot be
     *     written, and the broker goes on
     */
    public CompletableFuture<Void> save() {
        return running.broker().store().save();
    }

    /**
     * Stops: takes no more connections, tells MQTT 5 clients (0x8B Server shutting down), closes all connections, saves
     * what is persistent and ends all threads. Returns when that is done; a second call does nothing.
     */
    @Override
    public void close() {
        running.close();
    }
}
