package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many clients that do not read: what waits for all of them is bounded, too. */
class SlowReadersTest {

    private static final int SLOW = 8;
    private static final int PAYLOAD = 10_000;
    private static final long TOGETHER = 1_000_000;

    private final EmbeddedBroker broker = EmbeddedBroker.builder()
            .tcp(0)
            .allowAnonymous()
            .configure(config -> config.maxOutgoingBytes(TOGETHER).workerThreads(1))
            .start();
    private final RawClient publisher = RawClient.v5(broker).connected("publisher");
    private final List<RawClient> slow = new ArrayList<>();

    @AfterEach
    void stop() {
        publisher.close();
        slow.forEach(RawClient::close);
        broker.close();
    }

    private RawClient slowReader(String clientIdentifier) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), broker.port()));
        RawClient client = RawClient.on(socket, MqttVersion.MQTT_5).connected(clientIdentifier);
        slow.add(client);
        return client;
    }

    private long unsentBytes() {
        return broker.statistics().join().unsentBytes();
    }

    private long dropped() {
        return broker.counters().dropped(DropCause.SLOW_SUBSCRIBER).sum();
    }

    /** As much as the network takes, and then more than each client may have on its own. */
    private void flood() {
        String payload = "x".repeat(PAYLOAD);
        for (int i = 0; i < 1_500; i++) {
            publisher.publishAndAwait("t", payload, Qos.AT_LEAST_ONCE, false);
        }
    }

    @Test
    void have_little_each_where_all_have_much_and_get_what_comes_when_they_read_again() throws IOException {
        for (int i = 0; i < SLOW; i++) {
            slowReader("slow" + i).subscribed("t", Qos.AT_MOST_ONCE);
        }

        flood();

        assertThat(dropped()).isPositive();
        assertThat(unsentBytes()).isLessThan(TOGETHER + SLOW * 200_000L);
        for (RawClient client : slow) {
            publisher.publishAndAwait("t", "last", Qos.AT_LEAST_ONCE, false);
            readUntilLast(client);
        }
        await("nothing that waits").until(() -> unsentBytes() == 0);
        long before = dropped();
        publisher.publishAndAwait("t", "x".repeat(1_500_000), Qos.AT_LEAST_ONCE, false);
        assertThat(dropped()).isEqualTo(before);
        for (RawClient client : slow) {
            readUntil(client, 1_500_000);
        }
    }

    private static void readUntil(RawClient client, int payloadBytes) {
        // Before it comes what was sent for the others as well.
        Publish publish = client.receivePublish();
        while (publish.payload().readableBytes() != payloadBytes) {
            publish = client.receivePublish();
        }
    }

    /** The last one is dropped for who does not read yet; then it comes once more. */
    private void readUntilLast(RawClient client) {
        while (true) {
            Publish publish = client.receivePublish();
            if (RawClient.text(publish).equals("last")) {
                return;
            }
            if (!client.hasAnswer()) {
                publisher.publishAndAwait("t", "last", Qos.AT_LEAST_ONCE, false);
            }
        }
    }

    @Test
    void that_are_gone_leave_their_part_to_others() throws IOException {
        for (int i = 0; i < SLOW; i++) {
            slowReader("slow" + i).subscribed("t", Qos.AT_MOST_ONCE);
        }
        flood();
        slow.forEach(RawClient::close);
        await().until(() -> broker.connectedClients().equals(Set.of("publisher")));

        RawClient next = slowReader("next").subscribed("t", Qos.AT_MOST_ONCE);
        long before = dropped();
        publisher.publishAndAwait("t", "x".repeat(900_000), Qos.AT_LEAST_ONCE, false);
        publisher.publishAndAwait("t", "x".repeat(900_000), Qos.AT_LEAST_ONCE, false);

        assertThat(dropped()).isEqualTo(before);
        assertThat(next.receivePublish().payload().readableBytes()).isEqualTo(900_000);
        assertThat(next.receivePublish().payload().readableBytes()).isEqualTo(900_000);
    }
}
