package io.alicia.mqtt.broker.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.broker.TestTime;
import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.security.AccessRules;
import io.alicia.mqtt.broker.security.ClientAccess;
import io.alicia.mqtt.broker.security.LogInCheck;
import io.alicia.mqtt.broker.security.Security;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.netty.channel.DefaultEventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client of this process, on an event loop that nobody else is on. */
class LocalClientTest {

    private static final int RETAINED = 5_000;
    private static final List<Subscription> EVERYTHING =
            List.of(new Subscription(TopicFilter.of("#"), Qos.AT_MOST_ONCE));

    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final TestTime time = new TestTime();
    private final Broker broker = BareBroker.on(loop, time);
    private final Notes peer = new Notes();
    private LocalClient client;

    private static final class Notes implements LocalClient.Peer {

        private final List<String> received = new ArrayList<>();

        @Override
        public OptionalInt receiveMaximum() {
            return OptionalInt.empty();
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public boolean isCongested() {
            return false;
        }

        @Override
        public boolean send(LocalDelivery delivery) {
            received.add(delivery.topic().value());
            return true;
        }

        @Override
        public void ended(String reason) {
            throw new AssertionError(reason);
        }
    }

    @BeforeEach
    void open() throws Exception {
        Security security = new Security(new AccessRules(
                List.of(),
                true,
                LogInCheck.by(logIn -> new CompletableFuture<>()),
                List.of(),
                Set.of(),
                AccessPolicy.unrestricted(),
                false));
        CompletableFuture<LocalClient> opened = new CompletableFuture<>();
        LocalClient.open(
                broker,
                broker.loops().get(0),
                "local",
                new ClientAccess(security, null, "local"),
                false,
                true,
                peer,
                opened::complete);
        client = opened.get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private <T> T onLoop(Callable<T> task) throws Exception {
        return loop.submit(task).get(10, TimeUnit.SECONDS);
    }

    private static Message message(String topic, boolean retain) {
        return new Message(
                TopicName.of(topic),
                new byte[] {1},
                Qos.AT_MOST_ONCE,
                retain,
                PublishProperties.NONE,
                0,
                "other",
                null,
                null);
    }

    private void publish(String topic, boolean retain) {
        broker.router().publish(message(topic, retain), null, client.home());
    }

    @Test
    void retained_messages_come_in_slices_between_which_others_have_their_turn() throws Exception {
        int atOnce = onLoop(() -> {
            for (int i = 0; i < RETAINED; i++) {
                publish("r/" + i, true);
            }
            client.subscribeOnlyTo(EVERYTHING);
            client.flow(EVERYTHING, true);
            return peer.received.size();
        });

        assertThat(atOnce).isBetween(1, RETAINED / 4);
        await().until(() -> onLoop(peer.received::size) == RETAINED);
    }

    @Test
    void what_is_published_meanwhile_comes_behind_them() throws Exception {
        onLoop(() -> {
            for (int i = 0; i < RETAINED; i++) {
                publish("r/" + i, true);
            }
            client.subscribeOnlyTo(EVERYTHING);
            client.flow(EVERYTHING, true);
            publish("later", false);
            return null;
        });

        await().until(() -> onLoop(peer.received::size) == RETAINED + 1);
        assertThat(onLoop(() -> peer.received.get(RETAINED))).isEqualTo("later");
    }

    @Test
    void a_pause_and_a_new_beginning_bring_each_once() throws Exception {
        onLoop(() -> {
            for (int i = 0; i < RETAINED; i++) {
                publish("r/" + i, true);
            }
            client.subscribeOnlyTo(EVERYTHING);
            client.flow(EVERYTHING, true);
            client.pause();
            peer.received.clear();
            client.flow(EVERYTHING, true);
            return null;
        });

        await().until(() -> onLoop(peer.received::size) >= RETAINED);
        assertThat(onLoop(() -> List.copyOf(peer.received))).hasSize(RETAINED).doesNotHaveDuplicates();
    }

    @Test
    void after_a_pause_it_goes_on_where_it_was() throws Exception {
        int first = onLoop(() -> {
            for (int i = 0; i < RETAINED; i++) {
                publish("r/" + i, true);
            }
            client.subscribeOnlyTo(EVERYTHING);
            client.flow(EVERYTHING, true);
            client.pause();
            return peer.received.size();
        });
        assertThat(onLoop(peer.received::size)).isEqualTo(first);
        onLoop(() -> {
            client.flow(EVERYTHING, false);
            return null;
        });

        await().until(() -> onLoop(peer.received::size) >= RETAINED);
        assertThat(onLoop(() -> List.copyOf(peer.received))).hasSize(RETAINED).doesNotHaveDuplicates();
    }

    @Test
    void what_it_publishes_to_control_the_broker_goes_to_nobody_and_is_not_retained() throws Exception {
        TopicName control = TopicName.of("$CONTROL/dynamic-security/v1");
        List<Subscription> both = List.of(
                new Subscription(TopicFilter.of("$CONTROL/#"), Qos.AT_MOST_ONCE),
                new Subscription(TopicFilter.of("other"), Qos.AT_MOST_ONCE));
        List<String> done = onLoop(() -> {
            List<String> safe = new ArrayList<>();
            client.subscribeOnlyTo(both);
            client.flow(both, true);
            for (TopicName topic : List.of(control, TopicName.of("other"))) {
                client.publish(
                        ApplicationMessage.builder()
                                .topic(topic)
                                .payload(BinaryData.ofUtf8("x"))
                                .qos(Qos.AT_LEAST_ONCE)
                                .retain(true)
                                .build(),
                        () -> safe.add(topic.value()));
            }
            return safe;
        });

        assertThat(done).containsExactly(control.value(), "other");
        assertThat(onLoop(() -> List.copyOf(peer.received))).containsExactly("other");
        assertThat(broker.retained().get(control)).isNull();
    }
}
