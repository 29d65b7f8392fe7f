package io.alicia.mqtt.broker;

import static io.alicia.mqtt.broker.RawClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.Suback;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One client's wishes for retained messages, and its neighbours on the same event loop. */
class SubscribeFloodTest {

    private static final int RETAINED = 20_000;
    private static final int KEEP_ALIVE_SECONDS = 8;

    private final TestTime time = new TestTime();
    private final EmbeddedBroker broker = EmbeddedBroker.builder()
            .tcp(0)
            .allowAnonymous()
            .time(time, time)
            .configure(config -> config.workerThreads(1))
            .start();
    private final RawClient publisher = RawClient.v5(broker).connected("p");

    @AfterEach
    void stop() {
        publisher.close();
        broker.close();
    }

    private void retain(int count) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            byte[] topic = ("r/" + i).getBytes(StandardCharsets.US_ASCII);
            bytes.write(0x31);
            bytes.write(topic.length + 4);
            bytes.write(0);
            bytes.write(topic.length);
            bytes.writeBytes(topic);
            bytes.write(0);
            bytes.write('x');
        }
        publisher.sendBytes(bytes.toByteArray());
        publisher.ping();
        assertThat(broker.retainedMessages()).isGreaterThanOrEqualTo(count);
    }

    private static byte[] subscribes(int count, String filter, int qos) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            bytes.write(0x82);
            bytes.write(filter.length() + 6);
            bytes.writeBytes(new byte[] {0, 1, 0, 0, (byte) filter.length()});
            bytes.writeBytes(filter.getBytes(StandardCharsets.US_ASCII));
            bytes.write(qos);
        }
        return bytes.toByteArray();
    }

    /** One SUBSCRIBE with the same filter again and again. */
    private static byte[] oneSubscribe(int filters) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int length = 3 + filters * 6;
        bytes.write(0x82);
        for (int rest = length; rest > 0; rest /= 128) {
            bytes.write(rest % 128 | (rest >= 128 ? 0x80 : 0));
        }
        bytes.writeBytes(new byte[] {0, 1, 0});
        for (int i = 0; i < filters; i++) {
            bytes.writeBytes(new byte[] {0, 3, 'r', '/', '#', 0});
        }
        return bytes.toByteArray();
    }

    private void expectQuickAnswers() {
        try (RawClient neighbour = RawClient.v5(broker).connected("neighbour")) {
            for (int i = 0; i < 20; i++) {
                long before = System.nanoTime();
                neighbour.ping();
                assertThat(Duration.ofNanos(System.nanoTime() - before))
                        .as("the wait for PINGRESP %d", i)
                        .isLessThan(Duration.ofSeconds(2));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"r/#", "+/+", "+/none"})
    void neighbours_of_a_client_that_subscribes_thousands_of_times_and_does_not_read_are_answered(String filter) {
        retain(RETAINED);
        try (RawClient flood = RawClient.v5(broker).connected("flood")) {
            flood.sendBytes(subscribes(4_000, filter, 0));
            await("the first of them")
                    .until(() -> broker.counters().packetsReceived().sum() > RETAINED + 4);

            expectQuickAnswers();
        }
    }

    @Test
    void neighbours_of_a_client_whose_one_packet_subscribes_thousands_of_times_are_answered() {
        retain(RETAINED);
        try (RawClient flood = RawClient.v5(broker).connected("flood")) {
            flood.sendBytes(oneSubscribe(4_000));
            await("it").until(() -> broker.counters().packetsReceived().sum() > RETAINED + 3);

            expectQuickAnswers();
        }
    }

    @Test
    void all_retained_messages_arrive_before_what_is_published_after_suback() {
        retain(5_000);
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            client.sendBytes(subscribes(1, "r/#", 0));
            client.receive(Suback.class);
            publisher.publish("r/4999", "later", Qos.AT_MOST_ONCE, false, 0);

            Set<String> topics = new HashSet<>();
            for (int i = 0; i < 5_000; i++) {
                Publish retained = client.receivePublish();
                assertThat(retained.retain()).isTrue();
                topics.add(String.valueOf(retained.topic()));
            }
            assertThat(topics).hasSize(5_000);
            assertThat(text(client.receivePublish())).isEqualTo("later");
            client.expectNothingMore();
        }
    }

    @Test
    void each_of_many_subscriptions_gets_its_retained_messages_from_a_client_that_reads() {
        retain(2_500);
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            client.subscribe(
                    0,
                    new Subscription(TopicFilter.of("r/#"), Qos.AT_MOST_ONCE),
                    new Subscription(TopicFilter.of("+/7"), Qos.AT_MOST_ONCE),
                    new Subscription(TopicFilter.of("r/+"), Qos.AT_MOST_ONCE));

            for (int i = 0; i < 2_500 + 1 + 2_500; i++) {
                client.receivePublish();
            }
            client.expectNothingMore();
        }
    }

    /** Not being read is not its fault: it pings in time, and reads as fast as it can. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1_000, 200_000})
    void a_client_that_reads_slowly_outlives_its_keep_alive(int bytesASecond) throws IOException {
        try (Socket socket = smallSocket();
                RawClient slow = connectedWithKeepAlive(socket)) {
            for (int second = 0; second < 4 * KEEP_ALIVE_SECONDS; second++) {
                flood();
                if (second % (KEEP_ALIVE_SECONDS / 2) == 0) {
                    slow.sendHex("C0 00");
                }
                assertThat(socket.getInputStream().readNBytes(bytesASecond)).hasSize(bytesASecond);
                pass(Duration.ofSeconds(1));
            }

            assertThat(broker.connectedClients()).contains("slow");
        }
    }

    @Test
    void a_client_that_takes_nothing_for_its_keep_alive_is_gone() throws IOException {
        try (Socket socket = smallSocket();
                RawClient gone = connectedWithKeepAlive(socket)) {
            flood();

            assertThat(gone.hasAnswer()).isTrue();
            for (int second = 0; second < KEEP_ALIVE_SECONDS + KEEP_ALIVE_SECONDS / 2; second++) {
                pass(Duration.ofSeconds(1));
            }
            await("its end").until(() -> !broker.connectedClients().contains("slow"));
        }
    }

    private Socket smallSocket() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(32 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), broker.port()));
        return socket;
    }

    private static RawClient connectedWithKeepAlive(Socket socket) {
        RawClient client = RawClient.on(socket, MqttVersion.MQTT_5);
        client.connect(
                client.connectPacket("slow", true, KEEP_ALIVE_SECONDS, null, null, null, ConnectProperties.DEFAULTS));
        return client.subscribed("t", Qos.AT_MOST_ONCE);
    }

    /** What was sent before has been read, then and afterwards what is due has been done. */
    private void pass(Duration duration) {
        publisher.ping();
        time.pass(duration);
        publisher.ping();
        publisher.ping();
    }

    /** Until the slow one's output is full, and the network takes no more of it at once. */
    private void flood() {
        String payload = "x".repeat(100_000);
        int droppedInTurn = 0;
        while (droppedInTurn < 3) {
            assertThat(broker.connectedClients()).contains("slow");
            long before = broker.counters().dropped(DropCause.SLOW_SUBSCRIBER).sum();
            publisher.publishAndAwait("t", payload, Qos.AT_LEAST_ONCE, false);
            droppedInTurn = broker.counters().dropped(DropCause.SLOW_SUBSCRIBER).sum() > before ? droppedInTurn + 1 : 0;
        }
    }
}
