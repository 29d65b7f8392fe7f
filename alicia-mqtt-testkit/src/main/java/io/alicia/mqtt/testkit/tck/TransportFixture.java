package io.alicia.mqtt.testkit.tck;

import io.alicia.mqtt.access.AccessPolicy;
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

    private static final String ACCOUNT = "tck";
    private static final Duration SESSION_EXPIRY = Duration.ofMinutes(5);

    private final MqttTransportProvider provider;
    private final MqttVersion version;
    private final Function<TestBroker, ServerAddress> addressOf;
    private final TestBroker broker;
    private final List<MqttTransport> transports = new ArrayList<>();
    private final List<MqttConnection> connections = new CopyOnWriteArrayList<>();

    TransportFixture(
            MqttTransportProvider provider, MqttVersion version, Function<TestBroker, ServerAddress> addressOf) {
        this.provider = provider;
        this.version = version;
        this.addressOf = addressOf;
        this.broker = startBroker();
    }

    private static TestBroker startBroker() {
        return TestBroker.builder()
                .policy(AccessPolicy.builder()
                        .account(ACCOUNT)
                        .mayPublishAndReceive("tck/#")
                        .build()
                        .withStrictSubscriptions())
                .configure(config -> config.maxPacketSize(MAXIMUM_PACKET_SIZE_BYTES))
                .start();
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
        ConnectRequest.Builder request = ConnectRequest.builder();
        request.server(addressOf.apply(broker)).credentials(new Credentials(ACCOUNT, broker.password(ACCOUNT)));
        return request;
    }

    /** The same with a session that outlives its connection. */
    ConnectRequest.Builder requestThatKeepsTheSession() {
        ConnectRequest.Builder request = request();
        request.sessionExpiryInterval(SESSION_EXPIRY);
        return request;
    }

    /** An address where nobody is. */
    ServerAddress unreachable() {
        try (TestBroker gone = startBroker()) {
            return addressOf.apply(gone);
        }
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
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + TIMEOUT.toSeconds() + " s: " + what);
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

    /** Says goodbye, closes the transports, each within {@link #TIMEOUT}, and the broker. */
    @Override
    public void close() {
        faults().liftAll();
        try {
            connections.forEach(connection -> result(
                    connection.disconnect(ReasonCode.SUCCESS, Optional.empty()).onErrorComplete()));
            transports.forEach(transport -> result(transport.close()));
        } finally {
            broker.close();
        }
    }
}
