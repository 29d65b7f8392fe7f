package io.alicia.mqtt.client;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.codec.AliciaCodecs;
import io.alicia.mqtt.codec.AliciaMessages;
import io.alicia.mqtt.connection.Credentials;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.connection.TlsOptions;
import io.alicia.mqtt.connection.Will;
import io.alicia.mqtt.homeassistant.live.HomeAssistant;
import io.alicia.mqtt.homeassistant.live.HomeAssistantOptions;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.MqttTransportProvider;
import io.alicia.mqtt.spi.TransportOptions;
import io.micrometer.core.instrument.MeterRegistry;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes an {@link AliciaMqttClient}. A server is required; all else has a default. Not safe for several threads. */
public final class AliciaMqttClientBuilder {

    private final List<ServerAddress> servers = new ArrayList<>();
    private final ClientSettings.Builder settings = ClientSettings.builder();
    private MqttVersion version = MqttVersion.MQTT_5;
    private ZoneId houseTimeZone = ZoneOffset.UTC;
    private @Nullable String accountName;
    private @Nullable String clientIdentifier;
    private @Nullable Will will;
    private @Nullable Presence presence;
    private @Nullable HomeAssistantOptions homeAssistant;
    private boolean announcesHouse;
    private @Nullable MqttTransportProvider provider;
    private @Nullable Scheduler time;
    private Consumer<Core> meters = core -> {};
    private RandomGenerator random = new SecureRandom();
    private Supplier<String> messageIds = () -> UUID.randomUUID().toString();

    AliciaMqttClientBuilder() {}

    /**
     * Adds a server: {@code mqtt://house}, {@code mqtts://house:8883}, {@code ws://house:9001/mqtt}, {@code wss://…}. With several,
     * one is drawn to begin with, and when one cannot be connected to the next is drawn of those that were not tried yet.
     *
     * <p>Servers are taken to know nothing of each other. What is published goes to the one that there is a connection to; QoS 1 that
     * one which is gone has not acknowledged goes to the next, so that it may arrive at both, and QoS 2 remains {@link
     * io.alicia.mqtt.PublishResult.Unconfirmed}. Streams are subscribed to at each. One that keeps the session sends, when the
     * client is back, what came meanwhile, and again what it has no acknowledgement for: that is handled again, as QoS 1 allows,
     * only if it was acknowledged and the acknowledgement was lost with the connection. QoS 2 is handled again then, too, since
     * what a session had begun is known only as long as the client stays with its server.
     *
     * @throws IllegalArgumentException if it is no server address
     */
    public AliciaMqttClientBuilder server(String address) {
        return server(ServerAddress.of(address));
    }

    /** Adds a server. */
    public AliciaMqttClientBuilder server(ServerAddress address) {
        servers.add(address);
        return this;
    }

    /** The account to connect with. The secret appears in no log and no text form. */
    public AliciaMqttClientBuilder account(String name, String secret) {
        Credentials credentials = new Credentials(name, secret);
        return account(name, () -> credentials);
    }

    /**
     * The account to connect with, its credentials asked for at each connect, on a thread that may block. A supplier that throws, or
     * gives null, is a failed attempt: the client never connects as nobody instead.
     */
    public AliciaMqttClientBuilder account(String name, Supplier<Credentials> credentials) {
        accountName = name;
        settings.credentials(credentials);
        return this;
    }

    /**
     * The Client Identifier (MQTT 5 §3.1.3.1); default the account's name and something random.
     *
     * @throws IllegalArgumentException if it is empty, longer than 65,535 bytes, or has U+0000
     */
    public AliciaMqttClientBuilder clientIdentifier(String identifier) {
        clientIdentifier = Limits.clientIdentifier(identifier);
        return this;
    }

    /** Where times without a zone are at home; default UTC. */
    public AliciaMqttClientBuilder houseTimeZone(ZoneId zone) {
        houseTimeZone = zone;
        return this;
    }

    /** The protocol version, 5 or 3.1.1; default MQTT 5. */
    public AliciaMqttClientBuilder version(MqttVersion protocol) {
        version = protocol;
        return this;
    }

    /** What the server publishes if this client goes without a goodbye; takes the place of {@link #presence}'s. */
    public AliciaMqttClientBuilder will(Will will) {
        this.will = will;
        return this;
    }

    /** Tells the house that a device or service is there whenever this client is connected, and that it is not otherwise. */
    public AliciaMqttClientBuilder presence(Presence of) {
        presence = of;
        return this;
    }

    /**
     * How entities are announced to Home Assistant. Their availability is this client's {@link #presence}, or, without one, what
     * these options say of it, birth, farewell and Will included. Without options what this client announces names as its origin
     * its {@link #clientIdentifier}; without that as well the account, by which nobody can tell it from the account's other
     * clients, so that there is no looking for orphans.
     */
    public AliciaMqttClientBuilder homeAssistant(HomeAssistantOptions options) {
        homeAssistant = options;
        return this;
    }

    /**
     * Announces the house to Home Assistant, as it shows itself on its own topics: sensors, bulbs, speakers and services need do
     * nothing for it. For one client of a house; see {@link HomeAssistantOptions#announcesHouse()}.
     */
    public AliciaMqttClientBuilder announceHouse() {
        announcesHouse = true;
        return this;
    }

    /** How to secure {@code mqtts} and {@code wss}; default {@link TlsOptions#DEFAULT}. */
    public AliciaMqttClientBuilder tls(TlsOptions options) {
        return tls(() -> options);
    }

    /**
     * How to secure {@code mqtts} and {@code wss}, asked for at each connect, on a thread that may block. Give the same options as long
     * as the material is the same: with others the next connection begins without what was in flight, so that QoS 1 is sent once
     * more and QoS 2 remains {@link io.alicia.mqtt.PublishResult.Unconfirmed}.
     */
    public AliciaMqttClientBuilder tls(Supplier<TlsOptions> options) {
        settings.tls(options);
        return this;
    }

    /**
     * The longest silence, in whole seconds up to 65,535; zero turns it off; default 60 seconds (MQTT 5 §3.1.2.10).
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public AliciaMqttClientBuilder keepAlive(Duration interval) {
        settings.keepAlive(Limits.wholeSeconds("keep alive", interval, 65_535));
        return this;
    }

    /**
     * Keeps the session at the server beyond this client's life, in whole seconds, and resumes it: what is published meanwhile with QoS
     * 1 and 2 arrives then. Needs a {@link #clientIdentifier} of its own. By default the session ends with this client; over MQTT 5
     * it survives lost connections for five minutes, over 3.1.1 it ends with each.
     *
     * @throws IllegalArgumentException if it is not 0 to 4,294,967,295 whole seconds
     */
    public AliciaMqttClientBuilder sessionExpiryInterval(Duration interval) {
        settings.sessionExpiryInterval(Limits.wholeSeconds("session expiry interval", interval, 4_294_967_295L));
        return this;
    }

    /**
     * How many QoS 1 and 2 messages the server may have unacknowledged; default 4,096, see the transport's request.
     *
     * @throws IllegalArgumentException if it is not 1 to 65,535
     */
    public AliciaMqttClientBuilder receiveMaximum(int messages) {
        settings.receiveMaximum(Limits.between("receive maximum", messages, 1, 65_535));
        return this;
    }

    /**
     * The largest packet that the server may send, in bytes (MQTT 5 §3.1.2.11.4); default as large as it likes, up to 256 MiB, which
     * this client then collects in memory. For one that has little of it. A message that makes a larger packet, topic and properties
     * included, is not sent to this client, retained or not: the server goes on as if it had been [MQTT-3.1.2-25], and nobody
     * is told. A server that sends a larger one all the same is disconnected from, with {@link
     * io.alicia.mqtt.protocol.ReasonCode#PACKET_TOO_LARGE}. Over 3.1.1 a server cannot be told and sends what it likes.
     *
     * @throws IllegalArgumentException if it is not 1 to 268,435,460
     */
    public AliciaMqttClientBuilder maximumPacketSize(int bytes) {
        settings.maximumPacketSize(Limits.between("maximum packet size", bytes, 1, Limits.LARGEST_PACKET_BYTES));
        return this;
    }

    /**
     * How many QoS 1 and 2 messages this client has unacknowledged at most, within the server's Receive Maximum. Default 1,024
     * over MQTT 5; 20 over 3.1.1, where a server has no way to say what it takes: that is Mosquitto's default {@code
     * max_inflight_messages}, and its version 2.0.11 acknowledges messages beyond it that it has dropped.
     *
     * @throws IllegalArgumentException if it is not 1 to 65,535
     */
    public AliciaMqttClientBuilder sendMaximum(int messages) {
        settings.sendMaximum(Limits.between("send maximum", messages, 1, 65_535));
        return this;
    }

    /**
     * How many messages of QoS 0 may wait for all streams together before what comes is dropped; default 1,024. Those of QoS 1 and
     * 2 are held back by the Receive Maximum instead.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public AliciaMqttClientBuilder streamBuffer(int messages) {
        settings.streamBuffer(Limits.between("stream buffer", messages, 1, Integer.MAX_VALUE));
        return this;
    }

    /**
     * How long one attempt to connect may take, and before it the suppliers of credentials and TLS options; default 10 seconds,
     * at most 24 days, whatever is said.
     *
     * @throws IllegalArgumentException if it is not more than zero
     */
    public AliciaMqttClientBuilder connectTimeout(Duration timeout) {
        settings.connectTimeout(Limits.atMost(Limits.LONGEST_ATTEMPT, Limits.positive("connect timeout", timeout)));
        return this;
    }

    /** How long to wait between attempts; default {@link Backoff#DEFAULT}. */
    public AliciaMqttClientBuilder backoff(Backoff backoff) {
        settings.backoff(backoff);
        return this;
    }

    /**
     * What is kept while it cannot be sent, and where; default {@link OfflineQueue#DEFAULT}, in memory. That is while there is no
     * connection, and also while there is one that does not keep pace: what is published beyond the bounds at once is {@link
     * io.alicia.mqtt.PublishResult.Dropped} then too. See {@link OfflineQueue} for how to wait for room instead.
     */
    public AliciaMqttClientBuilder offlineQueue(OfflineQueue queue) {
        settings.offlineQueue(queue);
        return this;
    }

    /**
     * After how long a publish has its result at the latest; default 5 minutes. With an {@link OfflineQueue#onDisk offline queue on
     * disk} that result may be that the message waits there.
     *
     * @throws IllegalArgumentException if it is not more than zero
     */
    public AliciaMqttClientBuilder publishDeadline(Duration deadline) {
        settings.publishDeadline(Limits.atMost(Limits.FOREVER, Limits.positive("publish deadline", deadline)));
        return this;
    }

    /**
     * After how long a command without an answer fails; default 10 seconds, at most a century.
     *
     * @throws IllegalArgumentException if it is not more than zero
     */
    public AliciaMqttClientBuilder commandTimeout(Duration timeout) {
        settings.commandTimeout(Limits.atMost(Limits.FOREVER, Limits.positive("command timeout", timeout)));
        return this;
    }

    /**
     * How long closing may take, with what is under way and the goodbye; default 5 seconds, at most a century. Handlers have 65 % of
     * it, what is to be sent has until 85 % of it are over, and the goodbye until 90 %. The transport and the disk of an offline
     * queue have what is left then, both at once, and 0.2 seconds however late it is; what hangs longer is left to itself, with a
     * line in the log. How many messages are left then, on disk or not at all, is told there as well.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public AliciaMqttClientBuilder closeDeadline(Duration deadline) {
        settings.closeDeadline(Limits.atMost(Limits.FOREVER, Limits.notNegative("close deadline", deadline)));
        return this;
    }

    /**
     * Refuses here what {@code policy} forbids this account to publish, naming the rule: a Will or a presence when the client is built,
     * all else with {@link io.alicia.mqtt.PublishResult.RefusedByPolicy}. Default: the server alone decides.
     */
    public AliciaMqttClientBuilder policy(AccessPolicy policy) {
        settings.policy(policy);
        return this;
    }

    /**
     * Shows what the client does as Micrometer meters, {@code alicia.mqtt.client.…}, each with the tag {@code client} for the Client
     * Identifier (followed by a number if another client with that name is in the registry), until it is closed. Needs {@code
     * io.micrometer:micrometer-core} on the class path.
     *
     * <ul>
     *   <li>Publishing: {@code published}, by the tag {@code result}, and {@code publish.duration} until there was one; {@code
     *       queued.messages} and {@code queued.bytes} that wait to be sent now; {@code underway.bytes} that the transport has, sent
     *       or about to be, and {@code unacknowledged}, the QoS 1 and 2 messages among it; {@code queue.disk.broken}, 1 while the
     *       disk of an {@link OfflineQueue#onDisk offline queue} cannot be written, so that what is published would end with the
     *       process. Bytes are those of topics and payloads.
     *   <li>Receiving: {@code received}, {@code received.waiting} for streams and handlers now, {@code received.dropped} of QoS 0,
     *       {@code unrouted}, {@code late.answers}, {@code decoding.errors} and {@code handler.errors}.
     *   <li>Connecting: {@code connected}, 1 or 0, {@code connections} and {@code connection.failures}.
     * </ul>
     */
    public AliciaMqttClientBuilder meters(MeterRegistry registry) {
        meters = core -> ClientMeters.of(core, registry);
        return this;
    }

    /**
     * Adds to what is published the trace that {@code current} tells, asked at each publish in the publisher's thread; default: none
     * is added. {@link TraceContext#ofHandledMessage} passes on what arrives with one.
     */
    public AliciaMqttClientBuilder traceContext(Supplier<Optional<TraceContext>> current) {
        settings.traceContext(current);
        return this;
    }

    /** The transport to use; default the first that {@link ServiceLoader} finds for version and server. */
    public AliciaMqttClientBuilder transport(MqttTransportProvider transportProvider) {
        provider = transportProvider;
        return this;
    }

    /**
     * Where this client's time comes from, and what waits in it; default the system's, where deadlines and waits do not follow the wall
     * clock's jumps. For tests with a virtual clock: its {@code now} is both the time of day and what is measured with, so that it
     * should go on as steadily as its tasks.
     */
    public AliciaMqttClientBuilder time(Scheduler scheduler) {
        time = scheduler;
        return this;
    }

    /** Where jitter and the default Client Identifier come from; default a {@link SecureRandom}. */
    public AliciaMqttClientBuilder random(RandomGenerator generator) {
        random = generator;
        return this;
    }

    /** Where the message ids of envelopes come from; default random UUIDs. Called from several threads. */
    public AliciaMqttClientBuilder messageIds(Supplier<String> ids) {
        messageIds = ids;
        return this;
    }

    /**
     * Makes the client without connecting it.
     *
     * @throws IllegalStateException if there is no server, a session is to be kept under a random name, the policy forbids the Will or
     *     the presence, there is no transport for version and servers, or the offline queue's file cannot be opened
     */
    public AliciaMqttClient build() {
        if (servers.isEmpty()) {
            throw new IllegalStateException("no server: say for example server(\"mqtt://localhost\")");
        }
        AliciaMessages messages = new AliciaMessages(AliciaCodecs.in(houseTimeZone));
        Births births = Births.of(presence, homeAssistant, messages);
        ClientSettings built = settings.servers(servers)
                .will(Optional.ofNullable(will).or(births::will))
                .version(version)
                .houseTimeZone(houseTimeZone)
                .accountName(Optional.ofNullable(accountName))
                .clientIdentifier(clientIdentifier == null ? randomIdentifier() : clientIdentifier)
                .build();
        if (clientIdentifier == null && built.sessionExpiryInterval().isPresent()) {
            throw new IllegalStateException(
                    "a session that is kept needs a name to come back to: say clientIdentifier(…)");
        }
        births.requireAllowed(built);
        MqttTransport transport = transportProvider()
                .create(TransportOptions.builder()
                        .version(version)
                        .clientIdentifier(built.clientIdentifier())
                        .build());
        ClientThreads threads = new ClientThreads(built.clientIdentifier(), time);
        Core core = new Core(built, transport, store(built, threads), threads, random);
        births.tell(core);
        meters.accept(core);
        DefaultOrigin byDefault = DefaultOrigin.of(clientIdentifier, accountName);
        boolean ownOrigin = homeAssistant != null || byDefault.isItsOwn();
        HomeAssistantOptions known = births.homeAssistant(byDefault);
        HomeAssistantOptions options = announcesHouse
                ? HomeAssistantOptions.builder()
                        .from(known)
                        .announcesHouse(true)
                        .build()
                : known;
        HouseClient client = new HouseClient(
                core,
                messages,
                messageIds,
                () -> HomeAssistant.over(
                        new HomeAssistantClient(core, ownOrigin),
                        options,
                        core.threads().timer(),
                        random));
        if (options.announcesHouse()) {
            client.homeAssistant();
        }
        return client;
    }

    private static OutboxStore store(ClientSettings settings, ClientThreads threads) {
        Path file = settings.offlineQueue().file().orElse(null);
        if (file == null) {
            return OutboxStore.NONE;
        }
        try {
            return new DiskStore(file, "alicia-mqtt-" + settings.clientIdentifier() + "-disk", threads.timer());
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "an offline queue on disk needs com.h2database:h2-mvstore on the class path", e);
        }
    }

    private String randomIdentifier() {
        String prefix = accountName == null ? "alicia" : accountName;
        return prefix + "-" + String.format("%08x", random.nextInt());
    }

    private MqttTransportProvider transportProvider() {
        if (provider != null) {
            return provider;
        }
        return TransportChoice.of(
                version,
                servers,
                ServiceLoader.load(MqttTransportProvider.class, AliciaMqttClientBuilder.class.getClassLoader()).stream()
                        .<MqttTransportProvider>map(ServiceLoader.Provider::get)
                        .toList());
    }

    /**
     * Makes the client and connects it, waiting for that. Tries each server once. A thread that is interrupted meanwhile stays
     * interrupted, and gets a {@link RuntimeException} with the {@link InterruptedException} as its cause; the client is closed then.
     *
     * @throws io.alicia.mqtt.connection.ConnectFailedException if there is no connection
     * @throws IllegalStateException as {@link #build} does
     */
    public AliciaMqttClient connect() {
        AliciaMqttClient client = build();
        try {
            client.connect();
        } catch (RuntimeException | Error e) { // nobody else could close it
            Disposable unused = client.closeAsync().subscribe();
            throw e;
        }
        return client;
    }

    /**
     * {@link #connect()} without waiting: begins when somebody subscribes, fails with what {@link #build} throws as well, and closes
     * the client if they are gone before it is connected.
     */
    public Single<AliciaMqtt> connectAsync() {
        return Single.defer(() -> {
            AliciaMqttClient client = build();
            AtomicBoolean handedOver = new AtomicBoolean();
            return client.connectAsync()
                    .<AliciaMqtt>toSingleDefault(client)
                    .doOnSuccess(connected -> handedOver.set(true))
                    .doOnDispose(() -> {
                        if (!handedOver.get()) {
                            Disposable unused = client.closeAsync().subscribe();
                        }
                    });
        });
    }

    /** Makes the client and has it connect in the background, trying until there is a connection. */
    public AliciaMqttClient start() {
        AliciaMqttClient client = build();
        client.start();
        return client;
    }
}
