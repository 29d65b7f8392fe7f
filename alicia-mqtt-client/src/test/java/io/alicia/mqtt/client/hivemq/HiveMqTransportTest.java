package io.alicia.mqtt.client.hivemq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.alicia.mqtt.client.server.Moquette;
import io.alicia.mqtt.client.server.Mosquitto;
import io.alicia.mqtt.client.server.TestServer;
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
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.SessionEndedException;
import io.alicia.mqtt.spi.TransportOptions;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

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
    void carries_the_properties_of_mqtt_5() {
        MqttTransport transport = transport(MqttVersion.MQTT_5, "properties");
        TestSubscriber<Delivery> deliveries = transport.deliveries().test();
        MqttConnection connection = transport.connect(request(mosquitto.tcp())).blockingGet();
        connection.subscribe(List.of(EVERYTHING)).ignoreElement().blockingAwait();
        ApplicationMessage sent = ApplicationMessage.builder()
                .topic(TopicName.of("t/properties"))
                .payload(BinaryData.ofUtf8("{}"))
                .contentType("application/json")
                .responseTopic(TopicName.of("t/answers"))
                .correlationData(BinaryData.ofUtf8("42"))
                .messageExpiryInterval(Duration.ofMinutes(5))
                .addUserProperties(new UserProperty("a", "1"), new UserProperty("a", "2"))
                .build();

        connection.publish(sent).ignoreElement().blockingAwait();

        awaitCount(deliveries, 1);
        assertThat(deliveries.values().get(0).message()).isEqualTo(sent);
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void reports_wrong_credentials_as_refused(MqttVersion version) {
        try (Mosquitto strict = Mosquitto.start(
                List.of("password_file " + Mosquitto.passwordFile("bulb", "right"), "allow_anonymous false"))) {
            ConnectRequest request = ConnectRequest.builder()
                    .server(strict.tcp())
                    .credentials(new Credentials("bulb", "wrong"))
                    .build();
            MqttTransport transport = transport(version, "wrong");

            ConnectFailedException failure = catchThrowableOfType(
                    ConnectFailedException.class,
                    () -> transport.connect(request).blockingGet());

            assertThat(failure.failure()).isInstanceOf(ConnectFailure.Refused.class);
            assertThat(failure.failure().mayPass()).isFalse();
            assertThat(((ConnectFailure.Refused) failure.failure()).reasonCode())
                    .isIn(ReasonCode.NOT_AUTHORIZED, ReasonCode.BAD_USER_NAME_OR_PASSWORD);
            assertThat(failure).hasMessageContaining("refused").hasMessageNotContaining("wrong\"");
        }
    }

    @Test
    void reports_that_nobody_listens() {
        ServerAddress nobody = ServerAddress.of("mqtt://127.0.0.1:" + TestServer.freePort());
        MqttTransport transport = transport(MqttVersion.MQTT_5, "nobody");

        ConnectFailedException failure = catchThrowableOfType(
                ConnectFailedException.class,
                () -> transport.connect(request(nobody)).blockingGet());

        assertThat(failure.failure()).isInstanceOf(ConnectFailure.Unreachable.class);
        assertThat(failure.failure().mayPass()).isTrue();
        transport.connect(request(mosquitto.tcp())).ignoreElement().blockingAwait();
    }

    @Test
    void gives_up_on_a_server_that_says_nothing_and_connects_elsewhere() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            MqttTransport transport = transport(MqttVersion.MQTT_5, "mute");
            ConnectRequest request = ConnectRequest.builder()
                    .server(ServerAddress.of("mqtt://127.0.0.1:" + mute.getLocalPort()))
                    .timeout(Duration.ofMillis(200))
                    .build();

            ConnectFailedException failure = catchThrowableOfType(
                    ConnectFailedException.class,
                    () -> transport.connect(request).blockingGet());

            assertThat(failure.failure()).isEqualTo(new ConnectFailure.TimedOut(Duration.ofMillis(200)));
            assertThat(transport
                            .connect(request(mosquitto.tcp()))
                            .blockingGet()
                            .connack()
                            .sessionPresent())
                    .isFalse();
        }
    }

    @Test
    void closes_the_socket_of_an_attempt_that_was_cancelled_and_takes_another() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            MqttTransport transport = transport(MqttVersion.MQTT_5, "cancelled");
            ServerAddress address = ServerAddress.of("mqtt://127.0.0.1:" + mute.getLocalPort());
            var attempt = transport.connect(request(address)).test();

            try (Socket accepted = mute.accept()) {
                attempt.dispose();
                accepted.setSoTimeout(5_000);
                Awaitility.await("end of stream at the server")
                        .until(() -> accepted.getInputStream().read() < 0);
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
    @EnumSource(MqttVersion.class)
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

    @ParameterizedTest
    @MethodSource("versionsAndServers")
    void holds_the_server_back_while_nothing_is_acknowledged(MqttVersion version, ServerAddress server) {
        MqttTransport receiving = transport(version, "slow-" + version);
        TestSubscriber<Delivery> deliveries = receiving.deliveries().test(0);
        MqttConnection receiver = connectAndSubscribe(receiving, request(server));
        MqttConnection sender =
                transport(version, "fast-" + version).connect(request(server)).blockingGet();

        IntStream.range(0, 200)
                .forEach(i -> sender.publish(message("t/n", Integer.toString(i), Qos.AT_LEAST_ONCE))
                        .ignoreElement()
                        .blockingAwait());
        for (int i = 0; i < 200; i++) {
            deliveries.request(1);
            awaitCount(deliveries, i + 1);
            deliveries.values().get(i).acknowledge();
        }

        assertThat(deliveries.values())
                .extracting(delivery -> delivery.message().payload().toUtf8())
                .containsExactlyElementsOf(
                        IntStream.range(0, 200).mapToObj(Integer::toString).toList());
        assertThat(receiver.closed().test().values()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
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
    @EnumSource(MqttVersion.class)
    void delivers_again_what_was_not_acknowledged_before_the_session_came_back(MqttVersion version) {
        MqttTransport transport = transport(version, "again-" + version);
        TestSubscriber<Delivery> deliveries = transport.deliveries().test();
        ConnectRequest request = ConnectRequest.builder()
                .server(mosquitto.tcp())
                .sessionExpiryInterval(Duration.ofMinutes(5))
                .build();
        MqttConnection first = transport.connect(request).blockingGet();
        first.subscribe(List.of(EVERYTHING)).ignoreElement().blockingAwait();
        first.publish(message("t/again", "1", Qos.AT_LEAST_ONCE))
                .ignoreElement()
                .blockingAwait();
        awaitCount(deliveries, 1);
        ((HiveMqTransport) transport).cut();
        first.closed().ignoreElement().blockingAwait();

        transport.connect(request).ignoreElement().blockingAwait();

        awaitCount(deliveries, 2);
        assertThat(deliveries.values().get(1).message().payload().toUtf8()).isEqualTo("1");
        deliveries.values().get(1).acknowledge();
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
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

    @Test
    void fails_what_is_in_flight_and_leaves_no_thread_when_it_is_closed() {
        MqttTransport transport = provider.create(
                TransportOptions.builder().clientIdentifier("leaver").build());
        TestSubscriber<Delivery> deliveries = transport.deliveries().test();
        MqttConnection connection = transport
                .connect(ConnectRequest.builder()
                        .server(mosquitto.tcp())
                        .sessionExpiryInterval(Duration.ofMinutes(5))
                        .build())
                .blockingGet();
        mosquitto.freeze();
        var outcome = connection.publish(message("t/x", "1", Qos.AT_LEAST_ONCE)).test();

        assertThat(transport.close().blockingAwait(5, TimeUnit.SECONDS)).isTrue();
        mosquitto.thaw();

        outcome.awaitDone(1, TimeUnit.SECONDS).assertError(SessionEndedException.class);
        deliveries.awaitDone(1, TimeUnit.SECONDS).assertComplete();
        assertThat(connection.closed().blockingGet()).isNotNull();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("leaver"));
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void never_blocks_a_caller_however_many_are_in_flight(MqttVersion version) {
        MqttTransport transport = transport(version, "burst-" + version);
        MqttConnection connection = transport.connect(request(mosquitto.tcp())).blockingGet();
        int count = Math.min(connection.connack().receiveMaximum(), 2_000);
        mosquitto.freeze();

        var outcomes = IntStream.range(0, count)
                .mapToObj(i -> connection
                        .publish(message("t/burst", Integer.toString(i), Qos.AT_LEAST_ONCE))
                        .test())
                .toList();
        mosquitto.thaw();

        outcomes.forEach(outcome -> outcome.awaitDone(10, TimeUnit.SECONDS).assertValueCount(1));
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
