package io.alicia.mqtt.client.hivemq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.alicia.mqtt.client.server.Moquette;
import io.alicia.mqtt.client.server.Mosquitto;
import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.Credentials;
import io.alicia.mqtt.connection.DisconnectCause;
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
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.SessionEndedException;
import io.alicia.mqtt.spi.TransportOptions;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is HiveMQ's own: WebSocket, its threads and what it keeps between connections, with servers that are not ours. What any
 * transport must do, the TCK in the testkit says of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HiveMqTransportTest {

    private static final Subscription EVERYTHING = new Subscription(TopicFilter.of("t/#"), Qos.EXACTLY_ONCE);

    /** But no more than the 20 messages that Mosquitto has on their way to a 3.1.1 client at once. */
    private static final int MORE_THAN_IS_PREFETCHED = 18;

    private final HiveMqTransportProvider provider = new HiveMqTransportProvider();
    private final List<MqttTransport> transports = new ArrayList<>();
    private Mosquitto mosquitto;
    private Moquette moquette;

    @BeforeAll
    void startServers() {
        mosquitto = Mosquitto.start();
        moquette = Moquette.start();
    }

    @AfterAll
    void stopServers() {
        mosquitto.close();
        moquette.close();
    }

    @AfterEach
    void closeTransports() {
        transports.forEach(transport ->
                assertThat(transport.close().blockingAwait(5, TimeUnit.SECONDS)).isTrue());
        transports.clear();
    }

    Stream<Arguments> versionsAndServers() {
        return Stream.of(MqttVersion.values())
                .flatMap(version -> Stream.of(mosquitto, moquette)
                        .filter(server -> server.speaks(version))
                        .flatMap(server -> Stream.of(server.tcp(), server.webSocket()))
                        .map(address -> Arguments.of(version, address)));
    }

    @ParameterizedTest
    @MethodSource("versionsAndServers")
    void carries_messages_of_each_qos_both_ways(MqttVersion version, ServerAddress server) {
        MqttTransport transport = transport(version, "qos-" + version);
        TestSubscriber<Delivery> deliveries = transport.deliveries().test();
        MqttConnection connection = connectAndSubscribe(transport, request(server));

        for (Qos qos : Qos.values()) {
            PublishOutcome outcome =
                    connection.publish(message("t/" + qos, "hello", qos)).blockingGet();
            assertThat(outcome.reasonCode().isError()).isFalse();
        }

        awaitCount(deliveries, 3);
        assertThat(deliveries.values())
                .extracting(delivery -> delivery.message().topic().value())
                .containsExactlyInAnyOrder("t/AT_MOST_ONCE", "t/AT_LEAST_ONCE", "t/EXACTLY_ONCE");
        assertThat(deliveries.values())
                .allSatisfy(delivery ->
                        assertThat(delivery.message().payload().toUtf8()).isEqualTo("hello"));
        deliveries.values().forEach(Delivery::acknowledge);
        connection.disconnect(ReasonCode.SUCCESS, Optional.empty()).blockingAwait();
        assertThat(connection.closed().blockingGet().initiator()).isEqualTo(DisconnectCause.Initiator.CLIENT);
    }

    @Test
    void closes_the_socket_of_an_attempt_that_was_cancelled_and_takes_another() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            MqttTransport transport = transport(MqttVersion.MQTT_5, "cancelled");
            ServerAddress address = ServerAddress.of("mqtt://127.0.0.1:" + mute.getLocalPort());
            var attempt = transport.connect(request(address)).test();

            try (Socket accepted = mute.accept()) {
                accepted.setSoTimeout(5_000);
                assertThat(accepted.getInputStream().read())
                        .as("CONNECT begins")
                        .isEqualTo(0x10);
                attempt.dispose();
                accepted.getInputStream().readAllBytes(); // ends with the stream, or fails after 5 s
            }

            assertThat(transport
                            .connect(request(mosquitto.tcp()))
                            .blockingGet()
                            .connack()
                            .sessionPresent())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(value = MqttVersion.class, names = "MQTT_3_1", mode = EnumSource.Mode.EXCLUDE)
    void reports_wrong_credentials_as_refused(MqttVersion version) {
        try (Mosquitto strict = Mosquitto.start(
                List.of("password_file " + Mosquitto.passwordFile("bulb", "right"), "allow_anonymous false"))) {
            ConnectFailedException failure = failure(version, strict.tcp());

            assertThat(failure.failure()).isInstanceOf(ConnectFailure.Refused.class);
            assertThat(failure.failure().mayPass()).isFalse();
            assertThat(((ConnectFailure.Refused) failure.failure()).reasonCode())
                    .isIn(ReasonCode.NOT_AUTHORIZED, ReasonCode.BAD_USER_NAME_OR_PASSWORD);
            assertThat(failure).hasMessageContaining("refused").hasMessageNotContaining("wrong\"");
        }
    }

    @ParameterizedTest
    @EnumSource(value = MqttVersion.class, names = "MQTT_3_1", mode = EnumSource.Mode.EXCLUDE)
    void takes_a_refusal_for_one_although_the_connection_is_reset_behind_it(MqttVersion version) throws Exception {
        byte[] refusal =
                version == MqttVersion.MQTT_5 ? new byte[] {0x20, 3, 0, (byte) 0x86, 0} : new byte[] {0x20, 2, 0, 4};
        try (ServerSocket rude = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Future<?> refusing = CompletableFuture.runAsync(() -> answerAndReset(rude, refusal));

            ConnectFailedException failure =
                    failure(version, ServerAddress.of("mqtt://127.0.0.1:" + rude.getLocalPort()));

            assertThat(failure.failure()).isInstanceOf(ConnectFailure.Refused.class);
            assertThat(((ConnectFailure.Refused) failure.failure()).reasonCode())
                    .isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
            refusing.get(5, TimeUnit.SECONDS);
        }
    }

    private static void answerAndReset(ServerSocket server, byte[] answer) {
        try (Socket socket = server.accept()) {
            socket.setSoLinger(true, 0); // closing sends RST
            assertThat(socket.getInputStream().read(new byte[256])).isPositive();
            socket.getOutputStream().write(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ConnectFailedException failure(MqttVersion version, ServerAddress server) {
        ConnectRequest request = ConnectRequest.builder()
                .server(server)
                .credentials(new Credentials("bulb", "wrong"))
                .build();
        MqttTransport transport = transport(version, "refused");
        return catchThrowableOfType(
                ConnectFailedException.class, () -> transport.connect(request).blockingGet());
    }

    @ParameterizedTest
    @EnumSource(value = MqttVersion.class, names = "MQTT_3_1", mode = EnumSource.Mode.EXCLUDE)
    void connects_again_in_answer_to_a_failure_of_the_connection_before(MqttVersion version) throws IOException {
        try (ServerSocket rude = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread hangingUp = new Thread(() -> hangUpAfterConnack(rude, version), "hangs-up");
            hangingUp.start();
            MqttTransport transport = transport(version, "again");
            ConnectRequest request = request(ServerAddress.of("mqtt://127.0.0.1:" + rude.getLocalPort()));
            AtomicInteger connections = new AtomicInteger();

            transport
                    .connect(request)
                    .flatMap(connection -> {
                        connections.incrementAndGet();
                        return connections.get() % 2 == 0
                                ? connection.subscribe(List.of(EVERYTHING))
                                : connection.publish(message("t/1", "1", Qos.AT_LEAST_ONCE));
                    })
                    .retry(49, SessionEndedException.class::isInstance)
                    .test()
                    .awaitDone(10, TimeUnit.SECONDS)
                    .assertError(SessionEndedException.class);

            assertThat(connections).hasValue(50);
        }
    }

    private static void hangUpAfterConnack(ServerSocket server, MqttVersion version) {
        byte[] connack = version == MqttVersion.MQTT_5 ? new byte[] {0x20, 3, 0, 0, 0} : new byte[] {0x20, 2, 0, 0};
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                byte[] packet = new byte[256];
                int connect = socket.getInputStream().read(packet);
                socket.getOutputStream().write(connack, 0, connect < 0 ? 0 : connack.length);
                int next = socket.getInputStream().read(packet);
                assertThat(next).isNotZero();
            } catch (IOException e) {
                assertThat(server.isClosed()).as("closed by the test: " + e).isTrue();
            }
        }
    }

    /** Messages with QoS 0 and 1 share a flow into the HiveMQ client: what comes back must find the message that it is of. */
    @Test
    void gives_each_of_many_messages_its_own_outcome(@TempDir Path directory) throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.acl"), "topic readwrite t/allowed\n");
        try (Mosquitto choosy = Mosquitto.start(List.of("allow_anonymous true", "acl_file " + rules))) {
            MqttTransport transport = transport(MqttVersion.MQTT_5, "many");
            MqttConnection connection = transport.connect(request(choosy.tcp())).blockingGet();

            List<String> surprises = Flowable.range(0, 400)
                    .flatMapMaybe(
                            i -> {
                                boolean refused = i % 4 == 1;
                                Qos qos = i % 2 == 0 ? Qos.AT_MOST_ONCE : Qos.AT_LEAST_ONCE;
                                return connection
                                        .publish(message(refused ? "t/refused" : "t/allowed", "same", qos))
                                        .filter(outcome -> outcome.reasonCode().isError() != refused)
                                        .map(outcome -> i + ": " + outcome);
                            },
                            false,
                            40)
                    .toList()
                    .timeout(20, TimeUnit.SECONDS)
                    .blockingGet();

            assertThat(surprises).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(value = MqttVersion.class, names = "MQTT_3_1", mode = EnumSource.Mode.EXCLUDE)
    void keeps_what_is_in_flight_from_one_connection_to_the_next(MqttVersion version) {
        MqttTransport transport = transport(version, "survivor-" + version);
        TestSubscriber<Delivery> deliveries = transport.deliveries().test();
        ConnectRequest request = ConnectRequest.builder()
                .server(mosquitto.tcp())
                .sessionExpiryInterval(Duration.ofMinutes(5))
                .build();
        MqttConnection first = transport.connect(request).blockingGet();
        first.subscribe(List.of(EVERYTHING)).ignoreElement().blockingAwait();
        mosquitto.freeze();
        var outcome =
                first.publish(message("t/survivor", "1", Qos.EXACTLY_ONCE)).test();
        outcome.assertNotComplete();
        ((HiveMqTransport) transport).cut();
        assertThat(first.closed().blockingGet().initiator()).isEqualTo(DisconnectCause.Initiator.NETWORK);
        mosquitto.thaw();

        MqttConnection second = transport.connect(request).blockingGet();

        assertThat(second.connack().sessionPresent()).isTrue();
        outcome.awaitDone(5, TimeUnit.SECONDS).assertValueCount(1);
        awaitCount(deliveries, 1);
        deliveries.values().get(0).acknowledge();
        assertThat(deliveries.values()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = MqttVersion.class, names = "MQTT_3_1", mode = EnumSource.Mode.EXCLUDE)
    void receives_in_a_new_session_although_the_old_one_left_messages_unacknowledged(MqttVersion version) {
        MqttTransport transport = transport(version, "forgotten-" + version);
        TestSubscriber<Delivery> deliveries = transport.deliveries().test();
        ConnectRequest request = ConnectRequest.builder()
                .server(mosquitto.tcp())
                .sessionExpiryInterval(Duration.ofMinutes(5))
                .build();
        MqttConnection first = transport.connect(request).blockingGet();
        first.subscribe(List.of(EVERYTHING)).ignoreElement().blockingAwait();
        first.publish(message("t/old", "1", Qos.AT_LEAST_ONCE)).ignoreElement().blockingAwait();
        awaitCount(deliveries, 1);
        Delivery late = deliveries.values().get(0);
        ((HiveMqTransport) transport).cut();
        first.closed().ignoreElement().blockingAwait();

        MqttConnection second = transport
                .connect(ConnectRequest.builder().from(request).cleanStart(true).build())
                .blockingGet();
        assertThat(second.connack().sessionPresent()).isFalse();
        second.subscribe(List.of(EVERYTHING)).ignoreElement().blockingAwait();
        IntStream.range(0, MORE_THAN_IS_PREFETCHED)
                .forEach(i -> second.publish(message("t/new", "x" + i, Qos.AT_LEAST_ONCE))
                        .ignoreElement()
                        .blockingAwait());
        late.acknowledge();

        awaitCount(deliveries, 1 + MORE_THAN_IS_PREFETCHED);
        deliveries.values().forEach(Delivery::acknowledge);
        second.publish(message("t/new", "last", Qos.EXACTLY_ONCE))
                .ignoreElement()
                .blockingAwait();
        awaitCount(deliveries, 2 + MORE_THAN_IS_PREFETCHED);
        assertThat(deliveries
                        .values()
                        .get(1 + MORE_THAN_IS_PREFETCHED)
                        .message()
                        .payload()
                        .toUtf8())
                .isEqualTo("last");
    }

    /** Others may send it where the server lets them. */
    @Test
    void hands_over_topics_that_a_client_is_not_to_send() {
        MqttTransport transport = transport(MqttVersion.MQTT_3_1_1, "odd-topics");
        TestSubscriber<Delivery> deliveries = transport.deliveries().test();
        MqttConnection connection = connectAndSubscribe(transport, request(moquette.tcp()));
        TopicName odd = TopicName.ofReceived("t/\u0001\uFFFF");
        ApplicationMessage oddOne =
                ApplicationMessage.builder().topic(odd).qos(Qos.AT_LEAST_ONCE).build();

        List.of(oddOne, message("t/next", "", Qos.AT_LEAST_ONCE))
                .forEach(message ->
                        assertThat(connection.publish(message).blockingGet()).isEqualTo(PublishOutcome.SUCCESS));

        awaitCount(deliveries, 2);
        assertThat(deliveries.values())
                .extracting(delivery -> delivery.message().topic())
                .containsExactly(odd, TopicName.of("t/next"));
    }

    private MqttTransport transport(MqttVersion version, String clientIdentifier) {
        MqttTransport transport = provider.create(TransportOptions.builder()
                .version(version)
                .clientIdentifier(clientIdentifier)
                .build());
        transports.add(transport);
        return transport;
    }

    /** Again if it must be: Moquette now and then closes a connection whose SUBSCRIBE comes right behind CONNACK. */
    private static MqttConnection connectAndSubscribe(MqttTransport transport, ConnectRequest request) {
        return transport
                .connect(request)
                .flatMap(connection -> connection.subscribe(List.of(EVERYTHING)).map(codes -> {
                    assertThat(codes).containsExactly(ReasonCode.GRANTED_QOS_2);
                    return connection;
                }))
                .retry(5, SessionEndedException.class::isInstance)
                .blockingGet();
    }

    /** Longer than {@link TestSubscriber#awaitCount} waits, which on a busy machine returns with less and says nothing. */
    private static void awaitCount(TestSubscriber<Delivery> deliveries, int count) {
        Awaitility.await(count + " deliveries")
                .atMost(20, TimeUnit.SECONDS)
                .pollInterval(2, TimeUnit.MILLISECONDS)
                .until(() -> deliveries.values().size() >= count);
    }

    private static ConnectRequest request(ServerAddress server) {
        return ConnectRequest.builder().server(server).build();
    }

    private static ApplicationMessage message(String topic, String payload, Qos qos) {
        return ApplicationMessage.builder()
                .topic(TopicName.of(topic))
                .payload(BinaryData.ofUtf8(payload))
                .qos(qos)
                .build();
    }
}
