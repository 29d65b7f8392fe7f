package io.alicia.mqtt.broker;

import static io.alicia.mqtt.broker.RawClient.expiry;
import static io.alicia.mqtt.broker.RawClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What happens while retained messages are being sent: to a client that subscribes to large ones below {@code a/}, more
 * than the network takes at once, and in the same packet to {@code b/}, whose turn comes when it reads.
 */
class RetainedWalkTest {

    private static final int LARGE = 100_000;
    private static final int MORE_THAN_THE_NETWORK_TAKES = 150;

    @TempDir
    Path directory;

    private EmbeddedBroker broker = started();
    private RawClient publisher = RawClient.v5(broker).connected("p");

    private static EmbeddedBroker started() {
        return builder().start();
    }

    private static EmbeddedBrokerBuilder builder() {
        return EmbeddedBroker.builder()
                .tcp(0)
                .allowAnonymous()
                .configure(config ->
                        config.workerThreads(1).maxPendingOutputBytes(2 * LARGE).maxQueuedMessages(4));
    }

    private void use(EmbeddedBrokerBuilder another) {
        stop();
        broker = another.start();
        publisher = RawClient.v5(broker).connected("p");
    }

    @AfterEach
    void stop() {
        publisher.close();
        broker.close();
    }

    private static Subscription to(String filter, Qos qos) {
        return new Subscription(TopicFilter.of(filter), qos);
    }

    private void retain() {
        String large = "x".repeat(LARGE);
        for (int i = 0; i < MORE_THAN_THE_NETWORK_TAKES; i++) {
            publisher.publish("a/" + i, large, Qos.AT_MOST_ONCE, true, 0);
        }
        publisher.publishAndAwait("b/x", "old", Qos.AT_LEAST_ONCE, true);
    }

    /** Has asked for everything, and reads nothing but SUBACK. */
    private RawClient stalled(Subscription... behindTheLarge) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(32 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), broker.port()));
        RawClient client = RawClient.on(socket, MqttVersion.MQTT_5);
        client.connect("c", true, expiry(100));
        client.subscribed("c", Qos.AT_LEAST_ONCE);
        List<Subscription> all = new ArrayList<>(List.of(to("a/#", Qos.AT_MOST_ONCE)));
        all.addAll(List.of(behindTheLarge));
        client.subscribe(0, all.toArray(Subscription[]::new));
        await("more than the network takes")
                .until(() ->
                        broker.counters().dropped(DropCause.SLOW_SUBSCRIBER).sum() > 0);
        return client;
    }

    /** What comes but for what is large, until the broker answers that this was all. */
    private static List<String> small(RawClient client, int count) {
        List<String> received = new ArrayList<>();
        while (received.size() < count) {
            Publish publish = client.receivePublish();
            if (publish.qos() == Qos.AT_LEAST_ONCE) {
                client.send(new Puback(publish.packetIdentifier()));
            }
            if (publish.payload().readableBytes() < LARGE) {
                received.add(text(publish) + " QoS " + publish.qos().level() + (publish.retain() ? " retained" : ""));
            }
        }
        client.expectNothingMore();
        return received;
    }

    @Test
    void what_is_published_after_suback_comes_behind_the_retained_messages_of_all_its_filters() throws IOException {
        retain();
        try (RawClient client = stalled(to("b/+", Qos.AT_MOST_ONCE), to("b/#", Qos.AT_LEAST_ONCE))) {
            publisher.publishAndAwait("b/x", "later", Qos.AT_LEAST_ONCE, false);

            assertThat(small(client, 3)).containsExactly("old QoS 0 retained", "old QoS 1 retained", "later QoS 1");
        }
    }

    @Test
    void a_qos_0_message_waits_for_them_as_well() throws IOException {
        retain();
        try (RawClient client = stalled(to("b/#", Qos.AT_MOST_ONCE))) {
            publisher.publishAndAwait("b/x", "later", Qos.AT_MOST_ONCE, false);

            assertThat(small(client, 2)).containsExactly("old QoS 0 retained", "later QoS 0");
        }
    }

    @Test
    void what_is_published_to_other_subscriptions_does_not_wait() throws IOException {
        retain();
        try (RawClient client = stalled(to("b/#", Qos.AT_MOST_ONCE))) {
            publisher.publishAndAwait("c", "at once", Qos.AT_LEAST_ONCE, false);

            assertThat(small(client, 2)).containsExactly("at once QoS 1", "old QoS 0 retained");
        }
    }

    @Test
    void a_message_that_is_retained_meanwhile_comes_once_and_not_before_those_that_were_published_earlier()
            throws IOException {
        retain();
        try (RawClient client = stalled(to("b/+", Qos.AT_MOST_ONCE), to("b/#", Qos.AT_LEAST_ONCE))) {
            publisher.publishAndAwait("b/x", "earlier", Qos.AT_LEAST_ONCE, false);
            publisher.publishAndAwait("b/x", "new", Qos.AT_LEAST_ONCE, true);

            assertThat(small(client, 2)).containsExactly("earlier QoS 1", "new QoS 1");
        }
    }

    @Test
    void no_more_waits_behind_them_than_max_queued_messages_allows() throws IOException {
        retain();
        try (RawClient client = stalled(to("b/+", Qos.AT_MOST_ONCE), to("b/#", Qos.AT_LEAST_ONCE))) {
            for (int i = 0; i < 7; i++) {
                publisher.publishAndAwait("b/y", "m" + i, Qos.AT_LEAST_ONCE, false);
            }

            assertThat(broker.counters().dropped(DropCause.QUEUE_FULL).sum()).isEqualTo(3);
            assertThat(small(client, 6)).endsWith("m0 QoS 1", "m1 QoS 1", "m2 QoS 1", "m3 QoS 1");
        }
    }

    @Test
    void a_client_that_left_before_it_had_them_gets_those_of_qos_1_when_it_is_back() throws IOException {
        retain();
        try (RawClient client = stalled(to("b/+", Qos.AT_MOST_ONCE), to("b/#", Qos.AT_LEAST_ONCE))) {
            publisher.publishAndAwait("b/x", "later", Qos.AT_LEAST_ONCE, false);
            publisher.publishAndAwait("b/x", "later still", Qos.AT_MOST_ONCE, false);
            assertThat(client.hasAnswer()).isTrue();
        }
        await("its end").until(() -> !broker.connectedClients().contains("c"));
        publisher.publishAndAwait("b/x", "at last", Qos.AT_LEAST_ONCE, false);

        try (RawClient back = RawClient.v5(broker)) {
            back.connect("c", false, expiry(100));
            assertThat(small(back, 3)).containsExactly("old QoS 1 retained", "later QoS 1", "at last QoS 1");
        }
    }

    @Test
    void a_client_that_takes_the_session_over_gets_the_rest() throws IOException {
        retain();
        try (RawClient client = stalled(to("b/+", Qos.AT_MOST_ONCE), to("b/#", Qos.AT_LEAST_ONCE));
                RawClient successor = RawClient.v5(broker)) {
            publisher.publishAndAwait("b/x", "later", Qos.AT_LEAST_ONCE, false);
            successor.connect("c", false, expiry(100));

            assertThat(small(successor, 3)).containsExactly("old QoS 0 retained", "old QoS 1 retained", "later QoS 1");
            assertThat(client.hasAnswer()).isTrue();
        }
    }

    @Test
    void a_client_that_begins_anew_gets_nothing_that_was_meant_for_the_session_before() throws IOException {
        retain();
        try (RawClient client = stalled(to("b/#", Qos.AT_MOST_ONCE));
                RawClient successor = RawClient.v5(broker)) {
            publisher.publishAndAwait("b/x", "later", Qos.AT_LEAST_ONCE, false);
            successor.connect("c", true, expiry(100));

            successor.expectNothingMore();
            successor.subscribed("b/x", Qos.AT_LEAST_ONCE);
            assertThat(small(successor, 1)).containsExactly("old QoS 1 retained");
            assertThat(client.hasAnswer()).isTrue();
        }
    }

    @Test
    void a_broker_that_is_killed_offers_the_rest_when_it_is_back() throws IOException {
        Path killed = directory.resolve("killed.db");
        use(builder().persistence(directory.resolve("mosquitto.db")));
        retain();
        try (RawClient client = stalled(to("b/+", Qos.AT_MOST_ONCE), to("b/#", Qos.AT_LEAST_ONCE))) {
            publisher.publishAndAwait("b/x", "later", Qos.AT_LEAST_ONCE, false);
            // What was acknowledged is committed, and what is committed is all that a killed process leaves.
            Files.copy(directory.resolve("mosquitto.db"), killed);
            assertThat(client.hasAnswer()).isTrue();
        }

        use(builder().persistence(killed));
        try (RawClient back = RawClient.v5(broker)) {
            publisher.publishAndAwait("b/x", "at last", Qos.AT_LEAST_ONCE, false);
            back.connect("c", false, expiry(100));
            assertThat(small(back, 3)).containsExactly("old QoS 1 retained", "later QoS 1", "at last QoS 1");
        }

        use(builder().persistence(killed));
        try (RawClient again = RawClient.v5(broker)) {
            again.connect("c", false, expiry(100));
            again.expectNothingMore();
        }
    }

    @Test
    void a_broker_that_stops_keeps_what_the_client_did_not_have_yet() throws IOException {
        EmbeddedBrokerBuilder persistent = builder().persistence(directory.resolve("mosquitto.db"));
        use(persistent);
        retain();
        try (RawClient client = stalled(to("b/+", Qos.AT_MOST_ONCE), to("b/#", Qos.AT_LEAST_ONCE))) {
            publisher.publishAndAwait("b/x", "later", Qos.AT_LEAST_ONCE, false);
            broker.close();
            assertThat(client.hasAnswer()).isTrue();
        }
        use(builder().persistence(directory.resolve("mosquitto.db")));

        try (RawClient back = RawClient.v5(broker)) {
            back.connect("c", false, expiry(100));
            assertThat(small(back, 2)).containsExactly("old QoS 1 retained", "later QoS 1");
        }
    }
}
