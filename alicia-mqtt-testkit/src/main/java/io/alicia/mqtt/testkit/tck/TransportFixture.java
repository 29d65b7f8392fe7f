package io.alicia.mqtt.testkit.tck;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.broker.ListenerConfig;
import io.alicia.mqtt.broker.TlsConfig;
import io.alicia.mqtt.broker.protocol.ConnackProperties;
import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.Credentials;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.MqttTransportProvider;
import io.alicia.mqtt.spi.TransportOptions;
import io.alicia.mqtt.testkit.TestBroker;
import io.alicia.mqtt.testkit.TestBrokerBuilder;
import io.alicia.mqtt.testkit.fault.Fault;
import io.alicia.mqtt.testkit.fault.Faults;
import io.alicia.mqtt.testkit.fault.Packets;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A broker, its faults, and transports of the kind under test. Its account may publish and receive {@code tck/#} and nothing
 * else, and is refused subscriptions that would receive nothing.
 */
final class TransportFixture implements AutoCloseable {

    /** How long a rule waits for what must happen soon. */
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(1);

    /** A subscription to all that the account may receive. */
    static final Subscription EVERYTHING = new Subscription(TopicFilter.of("tck/#"), Qos.EXACTLY_ONCE);

    /** The largest packet that the broker takes, in bytes. */
    static final int MAXIMUM_PACKET_SIZE_BYTES = 300_000;

    /** How many messages the broker takes unacknowledged from a client of MQTT 5. */
    static final int RECEIVE_MAXIMUM = 23;

    private static final String ACCOUNT = "tck";
    private static final Duration SESSION_EXPIRY = Duration.ofMinutes(5);

    private final MqttTransportProvider provider;
    private final MqttVersion version;
    private final Function<TestBroker, ServerAddress> addressOf;
    private final TestBroker broker;
    private final List<MqttTransport> transports = new ArrayList<>();
    private final List<MqttConnection> connections = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> servers = new ArrayList<>();

    TransportFixture(
            MqttTransportProvider provider, MqttVersion version, Function<TestBroker, ServerAddress> addressOf) {
        this.provider = provider;
        this.version = version;
        this.addressOf = addressOf;
        this.broker = brokerToBe().start();
    }

    private static TestBrokerBuilder brokerToBe() {
        return TestBroker.builder()
                .policy(AccessPolicy.builder()
                        .account(ACCOUNT)
                        .mayPublishAndReceive("tck/#")
                        .build()
                        .withStrictSubscriptions())
                .configure(config ->
                        config.maxPacketSize(MAXIMUM_PACKET_SIZE_BYTES).maxInflightMessages(RECEIVE_MAXIMUM));
    }

    /** What the transports speak. */
    MqttVersion version() {
        return version;
    }

    /** The server. */
    TestBroker broker() {
        return broker;
    }

    /** What goes wrong with its packets. */
    Faults faults() {
        return broker.faults();
    }

    /** A transport that is closed after the test. */
    MqttTransport transport(String clientIdentifier) {
        MqttTransport made = provider.create(TransportOptions.builder()
                .version(version)
                .clientIdentifier(clientIdentifier)
                .build());
        transports.add(made);
        return new RememberingTransport(made, connections);
    }

    /** A request for a connection that is accepted; its session ends with it. */
    ConnectRequest.Builder request() {
        return requestTo(broker);
    }

    private ConnectRequest.Builder requestTo(TestBroker server) {
        ConnectRequest.Builder request = ConnectRequest.builder();
        request.server(addressOf.apply(server)).credentials(new Credentials(ACCOUNT, server.password(ACCOUNT)));
        return request;
    }

    /** The same with a session that outlives its connection. */
    ConnectRequest.Builder requestThatKeepsTheSession() {
        ConnectRequest.Builder request = request();
        request.sessionExpiryInterval(SESSION_EXPIRY);
        return request;
    }

    /** The same at a server of its own, which knows nothing of the first; its packets have no faults. */
    ConnectRequest.Builder requestToAnotherServer() {
        TestBroker another = brokerToBe().start();
        servers.add(another);
        return requestTo(another).sessionExpiryInterval(SESSION_EXPIRY);
    }

    /** An address where nobody is. */
    ServerAddress unreachable() {
        try (TestBroker gone = brokerToBe().start()) {
            return addressOf.apply(gone);
        }
    }

    /** A server that says what {@code script} has it say; skips the test where the transport cannot connect to one. */
    ScriptedServer server(ScriptedServer.Script script) {
        ScriptedServer server = new ScriptedServer(addressOf.apply(broker), script);
        servers.add(server);
        assumeTrue(
                provider.supports(version, server.address()),
                () -> "this transport cannot connect to " + server.address() + ", and no other server has a script");
        return server;
    }

    /** A server that takes everything. */
    ScriptedServer server() {
        return server(ScriptedServer.accepting(ConnackProperties.NONE));
    }

    /** A request for a connection to a server with a script, which asks for no account. */
    static ConnectRequest.Builder requestTo(ScriptedServer server) {
        ConnectRequest.Builder request = ConnectRequest.builder();
        request.server(server.address());
        return request;
    }

    /**
     * A request for a connection over TLS to a broker that shows {@code certificate}; skips the test where the transport does not
     * say that it has TLS.
     */
    ConnectRequest.Builder requestOverTls(ServerCertificate certificate) {
        TestBroker secured = brokerToBe()
                .configure(config -> config.addListeners(ListenerConfig.builder()
                        .port(0)
                        .tls(TlsConfig.of(certificate.keys()))
                        .build()))
                .start();
        servers.add(secured);
        ServerAddress address = secured.broker().addresses().stream()
                .filter(bound -> bound.config().tls().isPresent())
                .map(bound -> ServerAddress.of(bound.uri()))
                .findFirst()
                .orElseThrow();
        assumeTrue(provider.supports(version, address), () -> "this transport does not connect to " + address);
        ConnectRequest.Builder request = ConnectRequest.builder();
        request.server(address).credentials(new Credentials(ACCOUNT, secured.password(ACCOUNT)));
        return request;
    }

    /** A connection of a transport whose deliveries the caller has subscribed to, or does not want. */
    MqttConnection connect(MqttTransport transport) {
        return result(transport.connect(request().build()));
    }

    /** A connection whose session outlives it, subscribed to everything. */
    MqttConnection connectSubscribed(MqttTransport transport) {
        MqttConnection connection =
                result(transport.connect(requestThatKeepsTheSession().build()));
        result(connection.subscribe(List.of(EVERYTHING)));
        return connection;
    }

    /** A new transport that is connected, to publish with. */
    MqttConnection publisher() {
        return connect(transport("publisher"));
    }

    /** All that arrives, from now on. */
    static TestSubscriber<Delivery> record(MqttTransport transport) {
        return transport.deliveries().test();
    }

    /** A message. */
    static ApplicationMessage message(String topic, String utf8Payload, Qos qos) {
        return ApplicationMessage.builder()
                .topic(TopicName.of(topic))
                .payload(BinaryData.ofUtf8(utf8Payload))
                .qos(qos)
                .build();
    }

    /** Cuts the network connection of a client without a word, and waits until its transport knows. */
    void cut(MqttConnection connection) {
        String identifier = connection.connack().clientIdentifier();
        // Nothing crosses by itself: a message of the client's own is what the cut happens to.
        faults().next(new Fault.Cut(Packets.all().fromClient(identifier)));
        Disposable lastWords =
                connection.publish(message("tck/cut", "", Qos.AT_MOST_ONCE)).subscribe(outcome -> {}, failure -> {});
        result(connection.closed());
        lastWords.dispose();
    }

    /** The result, within {@link #TIMEOUT}; blocks until then. */
    static <T> T result(Single<T> single) {
        return single.timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).blockingGet();
    }

    /** The end, within {@link #TIMEOUT}; blocks until then. */
    static void result(Completable completable) {
        completable.timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).blockingAwait();
    }

    /** Whether it says that it has ended. */
    static boolean hasEnded(MqttConnection connection) {
        return !connection.closed().test().values().isEmpty();
    }

    /** How the connection attempt fails. */
    static ConnectFailure failureOf(Single<MqttConnection> connecting) {
        try {
            result(connecting);
        } catch (ConnectFailedException e) {
            return e.failure();
        }
        throw new AssertionError("expected a ConnectFailedException, but the connection came about");
    }

    /** Waits for {@code condition}, within {@link #TIMEOUT}. */
    static void await(String what, BooleanSupplier condition) {
        await(() -> what, TIMEOUT, condition);
    }

    /** Waits for {@code condition}, within {@code limit}; {@code what} says then what is missing. */
    static void await(Supplier<String> what, Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + limit.toSeconds() + " s: " + what.get());
            }
            LockSupport.parkNanos(POLL_INTERVAL.toNanos()); // spinning would take the processor from what is awaited
        }
    }

    /** The payloads of what arrived, in order. */
    static List<String> payloads(TestSubscriber<Delivery> deliveries) {
        return deliveries.values().stream()
                .map(delivery -> delivery.message().payload().toUtf8())
                .toList();
    }

    /** Says goodbye, closes the transports, each within {@link #TIMEOUT}, and the servers. */
    @Override
    public void close() {
        faults().liftAll();
        try {
            connections.forEach(connection -> result(
                    connection.disconnect(ReasonCode.SUCCESS, Optional.empty()).onErrorComplete()));
            transports.forEach(transport -> result(transport.close()));
        } finally {
            servers.add(broker);
            closeServers();
        }
    }

    private void closeServers() {
        for (AutoCloseable server : servers) {
            try {
                server.close();
            } catch (Exception e) {
                throw new IllegalStateException("a server of this test does not close", e);
            }
        }
    }
}
