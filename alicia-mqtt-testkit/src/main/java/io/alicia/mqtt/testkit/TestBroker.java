package io.alicia.mqtt.testkit;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.StandardPolicy;
import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.client.AliciaMqttClientBuilder;
import io.alicia.mqtt.connection.Credentials;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.testkit.fault.Faults;
import io.alicia.mqtt.testkit.inprocess.InProcessTransportProvider;
import io.alicia.mqtt.testkit.time.VirtualTime;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A broker in memory, in-process and on free loopback ports for TCP and WebSocket, with a policy, an account for each that the policy names,
 * and passwords made for this broker alone.
 *
 * <pre>{@code
 * try (TestBroker broker = TestBroker.start();
 *         AliciaMqtt app = broker.connect("mobile_app")) {
 *     …
 * }
 * }</pre>
 *
 * <p>Closing it closes all clients and probes that it gave out first. Safe for several threads.
 */
public final class TestBroker implements AutoCloseable {

    private final EmbeddedBroker broker;
    private final Map<String, String> passwords;
    private final Faults faults;
    private final @Nullable VirtualTime time;
    private final List<AutoCloseable> clients = new ArrayList<>();
    private @Nullable MessageProbe probe;

    TestBroker(EmbeddedBroker broker, Map<String, String> passwords, Faults faults, @Nullable VirtualTime time) {
        this.broker = broker;
        this.passwords = passwords;
        this.faults = faults;
        this.time = time;
    }

    /** A running broker with the standard policy of the house, the optional speaker's account included. */
    public static TestBroker start() {
        return builder().start();
    }

    /** A running broker with {@code policy}. */
    public static TestBroker start(AccessPolicy policy) {
        return builder().policy(policy).start();
    }

    /** A broker with the standard policy of the house, on free ports, to be changed before it starts. */
    public static TestBrokerBuilder builder() {
        return new TestBrokerBuilder();
    }

    /** The broker as its users see it. */
    public EmbeddedBroker broker() {
        return broker;
    }

    /** What the accounts may do now, also after {@link #broker()} was given other rules. */
    public AccessPolicy policy() {
        return broker.policy();
    }

    /** What goes wrong with this broker's packets; nothing yet. */
    public Faults faults() {
        return faults;
    }

    /** Where clients of this JVM connect without a port, as those of {@link #connect} do. */
    public ServerAddress address() {
        return InProcessTransportProvider.addressOf(broker);
    }

    /** Where MQTT clients connect: {@code mqtt://127.0.0.1:…}. */
    public String uri() {
        return broker.uri();
    }

    /** Where MQTT clients connect over WebSocket: {@code ws://127.0.0.1:…/mqtt}. */
    public String webSocketUri() {
        return "ws://127.0.0.1:" + broker.webSocketPort() + "/mqtt";
    }

    /**
     * The password of {@code account}.
     *
     * @throws IllegalArgumentException if the policy does not name the account; the message lists those that it does
     */
    public String password(String account) {
        String password = passwords.get(account);
        if (password == null) {
            throw new IllegalArgumentException(
                    "the broker has no account \"" + account + "\", expected one of " + passwords.keySet());
        }
        return password;
    }

    /**
     * A client that is connected as {@code account}, in-process, with a Client Identifier of its own. What it waits for it waits
     * for in this broker's time.
     */
    public AliciaMqtt connect(String account) {
        return connect(account, client -> {});
    }

    /** The same with other settings: {@code connect("esp32_device", client -> client.version(MQTT_3_1_1))}. */
    public AliciaMqtt connect(String account, Consumer<AliciaMqttClientBuilder> change) {
        AliciaMqttClientBuilder builder = AliciaMqttClient.builder()
                .server(address())
                .account(account, password(account))
                .clientIdentifier(account + "-" + UUID.randomUUID());
        if (time != null) {
            builder.time(time.scheduler());
        }
        change.accept(builder);
        AliciaMqttClient client = builder.connect();
        synchronized (clients) {
            clients.add(client);
        }
        return client;
    }

    /** The probe that records all messages of this broker from the first call on. Always the same one. */
    public MessageProbe probe() {
        synchronized (clients) {
            if (probe == null) {
                probe = probeAs(StandardPolicy.ALICIA, "#");
            }
            return probe;
        }
    }

    /**
     * A probe that sees what {@code account} may receive on {@code filters}. {@link MessageProbe#hasSeenNothingOn} is for
     * accounts that may receive {@code probe/#}.
     *
     * @throws IllegalArgumentException if there is no such account
     */
    public MessageProbe probeAs(String account, String... filters) {
        TopicFilter[] topicFilters = new TopicFilter[filters.length];
        for (int i = 0; i < filters.length; i++) {
            topicFilters[i] = TopicFilter.of(filters[i]);
        }
        Credentials credentials = new Credentials(account, password(account));
        MessageProbe made = MessageProbe.inside(broker, address(), credentials, topicFilters);
        synchronized (clients) {
            clients.add(made);
        }
        return made;
    }

    /** Closes some of the clients and probes that it gave out, the youngest first. */
    void release(List<? extends AutoCloseable> given) {
        synchronized (clients) {
            clients.removeAll(given);
        }
        Closing.youngestFirst(given);
    }

    /** Closes clients and probes, the youngest first, then the broker. */
    @Override
    public void close() {
        List<AutoCloseable> open;
        synchronized (clients) {
            open = new ArrayList<>(clients);
            clients.clear();
        }
        try {
            Closing.youngestFirst(open);
        } finally {
            broker.close();
        }
    }
}
