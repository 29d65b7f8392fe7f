package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.client.OfflineQueue.WhenFull;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.Connack;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.SessionEndedException;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private static final Duration DEADLINE = Duration.ofMinutes(1);

    private final TestScheduler time = new TestScheduler();

    @Test
    void sends_at_once_while_connected() {
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        FakeConnection connection = connect(outbox, 10);

        TestObserver<PublishResult> result = publish(outbox, "a", Qos.AT_LEAST_ONCE);
        connection.published.get(0).outcome().onSuccess(PublishOutcome.SUCCESS);

        result.assertValue(new PublishResult.Acknowledged(ReasonCode.SUCCESS));
    }

    @Test
    void tells_a_refusal_by_the_server() {
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        FakeConnection connection = connect(outbox, 10);

        TestObserver<PublishResult> result = publish(outbox, "a", Qos.AT_LEAST_ONCE);
        connection
                .published
                .get(0)
                .outcome()
                .onSuccess(new PublishOutcome(ReasonCode.NOT_AUTHORIZED, Optional.of("no")));

        result.assertValue(new PublishResult.RefusedByServer(ReasonCode.NOT_AUTHORIZED, Optional.of("no")));
    }

    @Test
    void keeps_the_order_of_what_waited() {
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        IntStream.range(0, 5).forEach(i -> publish(outbox, "m" + i, Qos.AT_LEAST_ONCE));

        FakeConnection connection = connect(outbox, 10);

        assertThat(payloads(connection)).containsExactly("m0", "m1", "m2", "m3", "m4");
    }

    @Test
    void has_no_more_under_way_than_the_server_takes() {
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        FakeConnection connection = connect(outbox, 2);
        IntStream.range(0, 5).forEach(i -> publish(outbox, "m" + i, Qos.AT_LEAST_ONCE));
        assertThat(payloads(connection)).containsExactly("m0", "m1");

        connection.published.get(0).outcome().onSuccess(PublishOutcome.SUCCESS);

        assertThat(payloads(connection)).containsExactly("m0", "m1", "m2");
    }

    @Test
    void sends_qos_0_although_the_server_takes_no_more_with_qos_1() {
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        FakeConnection connection = connect(outbox, 1);

        publish(outbox, "one", Qos.AT_LEAST_ONCE);
        publish(outbox, "zero", Qos.AT_MOST_ONCE);

        assertThat(payloads(connection)).containsExactly("one", "zero");
    }

    @Test
    void rejects_the_newest_when_it_is_full() {
        Outbox outbox = outbox(new OfflineQueue(2, 1_000, WhenFull.REJECT));
        TestObserver<PublishResult> first = publish(outbox, "a", Qos.AT_LEAST_ONCE);
        publish(outbox, "b", Qos.AT_LEAST_ONCE);
        TestObserver<PublishResult> third = publish(outbox, "c", Qos.AT_LEAST_ONCE);

        first.assertNotComplete();
        assertThat(third.values().get(0)).isInstanceOf(PublishResult.Dropped.class);
        assertThat(payloads(connect(outbox, 10))).containsExactly("a", "b");
    }

    @Test
    void drops_the_oldest_when_it_is_full_and_told_so() {
        Outbox outbox = outbox(new OfflineQueue(2, 1_000, WhenFull.DROP_OLDEST));
        TestObserver<PublishResult> first = publish(outbox, "a", Qos.AT_LEAST_ONCE);
        publish(outbox, "b", Qos.AT_LEAST_ONCE);
        publish(outbox, "c", Qos.AT_LEAST_ONCE);

        assertThat(first.values().get(0)).isInstanceOf(PublishResult.Dropped.class);
        assertThat(payloads(connect(outbox, 10))).containsExactly("b", "c");
    }

    @Test
    void drops_the_oldest_with_qos_0_when_it_is_full_and_told_so() {
        Outbox outbox = outbox(new OfflineQueue(2, 1_000, WhenFull.DROP_QOS_0_FIRST));
        publish(outbox, "a", Qos.AT_LEAST_ONCE);
        TestObserver<PublishResult> cheap = publish(outbox, "b", Qos.AT_MOST_ONCE);
        publish(outbox, "c", Qos.AT_LEAST_ONCE);
        TestObserver<PublishResult> last = publish(outbox, "d", Qos.AT_LEAST_ONCE);

        assertThat(cheap.values().get(0)).isInstanceOf(PublishResult.Dropped.class);
        assertThat(last.values().get(0)).isInstanceOf(PublishResult.Dropped.class);
        assertThat(payloads(connect(outbox, 10))).containsExactly("a", "c");
    }

    @Test
    void is_bounded_in_bytes_too() {
        Outbox outbox = outbox(new OfflineQueue(100, 12, WhenFull.REJECT));
        publish(outbox, "12345", Qos.AT_LEAST_ONCE);
        TestObserver<PublishResult> second = publish(outbox, "12345", Qos.AT_LEAST_ONCE);
        second.assertNotComplete();

        assertThat(publish(outbox, "1", Qos.AT_LEAST_ONCE).values().get(0)).isInstanceOf(PublishResult.Dropped.class);
    }

    @Test
    void expires_what_waited_beyond_its_deadline() {
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        TestObserver<PublishResult> result = publish(outbox, "a", Qos.AT_LEAST_ONCE);

        time.advanceTimeBy(DEADLINE.toMillis() + 200, TimeUnit.MILLISECONDS);

        result.assertValue(new PublishResult.Expired());
        assertThat(connect(outbox, 10).published).isEmpty();
    }

    @Test
    void takes_the_time_that_it_waited_off_the_message_expiry_interval() {
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        ApplicationMessage message = message("a", Qos.AT_LEAST_ONCE).toBuilder()
                .messageExpiryInterval(Duration.ofSeconds(30))
                .build();
        TestObserver<PublishResult> result = outbox.publish(message, DEADLINE).test();

        time.advanceTimeBy(12, TimeUnit.SECONDS);

        assertThat(connect(outbox, 10).published.get(0).message().messageExpiryInterval())
                .contains(Duration.ofSeconds(18));
        result.assertNotComplete();
    }

    @Test
    void expires_with_the_message_if_that_is_sooner() {
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        ApplicationMessage message = message("a", Qos.AT_LEAST_ONCE).toBuilder()
                .messageExpiryInterval(Duration.ofSeconds(5))
                .build();
        TestObserver<PublishResult> result = outbox.publish(message, DEADLINE).test();

        time.advanceTimeBy(6, TimeUnit.SECONDS);

        result.assertValue(new PublishResult.Expired());
    }

    @Test
    void ends_by_the_deadline_although_nobody_acknowledges() {
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        FakeConnection connection = connect(outbox, 1);
        TestObserver<PublishResult> result = publish(outbox, "a", Qos.AT_LEAST_ONCE);
        publish(outbox, "b", Qos.AT_LEAST_ONCE);

        time.advanceTimeBy(DEADLINE.toMillis() + 200, TimeUnit.MILLISECONDS);

        assertThat(result.values().get(0)).isInstanceOf(PublishResult.Unconfirmed.class);
        assertThat(payloads(connection))
                .as("the first one still takes the room")
                .containsExactly("a");
    }

    @Test
    void sends_qos_1_again_when_the_session_ended_under_it_before_what_came_later() {
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        FakeConnection first = connect(outbox, 10);
        TestObserver<PublishResult> one = publish(outbox, "a", Qos.AT_LEAST_ONCE);
        publish(outbox, "b", Qos.AT_LEAST_ONCE);
        outbox.disconnected();
        publish(outbox, "c", Qos.AT_LEAST_ONCE);
        first.published.get(1).outcome().onError(new SessionEndedException("gone", true, null));
        first.published.get(0).outcome().onError(new SessionEndedException("gone", true, null));

        FakeConnection second = connect(outbox, 10);
        second.published.get(0).outcome().onSuccess(PublishOutcome.SUCCESS);

        assertThat(payloads(second)).containsExactly("a", "b", "c");
        one.assertValue(new PublishResult.Acknowledged(ReasonCode.SUCCESS));
    }

    @Test
    void never_sends_qos_2_twice_into_different_sessions() {
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        FakeConnection first = connect(outbox, 10);
        TestObserver<PublishResult> sent = publish(outbox, "a", Qos.EXACTLY_ONCE);
        TestObserver<PublishResult> unsent = publish(outbox, "b", Qos.EXACTLY_ONCE);
        outbox.disconnected();
        first.published.get(0).outcome().onError(new SessionEndedException("gone", true, null));
        first.published.get(1).outcome().onError(new SessionEndedException("gone", false, null));

        FakeConnection second = connect(outbox, 10);

        assertThat(sent.values().get(0)).isInstanceOf(PublishResult.Unconfirmed.class);
        unsent.assertNotComplete();
        assertThat(payloads(second)).containsExactly("b");
    }

    @Test
    void lowers_the_qos_to_what_the_server_takes() {
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        FakeConnection connection = new FakeConnection(
                Connack.builder().from(connack(10)).maximumQos(Qos.AT_MOST_ONCE).build());
        outbox.connected(connection);

        publish(outbox, "a", Qos.EXACTLY_ONCE);

        assertThat(connection.published.get(0).message().qos()).isEqualTo(Qos.AT_MOST_ONCE);
    }

    @Test
    void fails_for_a_message_that_cannot_be_sent_at_all() {
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        FakeConnection connection = connect(outbox, 10);

        TestObserver<PublishResult> result = publish(outbox, "a", Qos.AT_LEAST_ONCE);
        connection.published.get(0).outcome().onError(new IllegalArgumentException("no such topic"));

        result.assertError(IllegalArgumentException.class);
    }

    @Test
    void gives_everything_a_result_when_it_is_closed() {
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        connect(outbox, 1);
        TestObserver<PublishResult> sent = publish(outbox, "a", Qos.AT_LEAST_ONCE);
        TestObserver<PublishResult> waiting = publish(outbox, "b", Qos.AT_LEAST_ONCE);

        TestObserver<Void> drained = outbox.drain().test();
        drained.assertNotComplete();
        outbox.close();

        assertThat(sent.values().get(0)).isInstanceOf(PublishResult.Unconfirmed.class);
        assertThat(waiting.values().get(0)).isInstanceOf(PublishResult.Dropped.class);
        drained.assertComplete();
        assertThat(publish(outbox, "late", Qos.AT_LEAST_ONCE).values().get(0))
                .isInstanceOf(PublishResult.Dropped.class);
    }

    private Outbox outbox(OfflineQueue bounds) {
        return new Outbox(new Lane(), time, Runnable::run, bounds, OutboxStore.NONE, 1_000, new ClientCounts());
    }

    private static FakeConnection connect(Outbox outbox, int receiveMaximum) {
        FakeConnection connection = new FakeConnection(connack(receiveMaximum));
        outbox.connected(connection);
        return connection;
    }

    private static Connack connack(int receiveMaximum) {
        return Connack.builder()
                .sessionPresent(false)
                .clientIdentifier("fake")
                .sessionExpiryInterval(Duration.ZERO)
                .keepAlive(Duration.ZERO)
                .receiveMaximum(receiveMaximum)
                .build();
    }

    private static TestObserver<PublishResult> publish(Outbox outbox, String payload, Qos qos) {
        return outbox.publish(message(payload, qos), DEADLINE).test();
    }

    private static ApplicationMessage message(String payload, Qos qos) {
        return ApplicationMessage.builder()
                .topic(TopicName.of("t"))
                .payload(BinaryData.ofUtf8(payload))
                .qos(qos)
                .build();
    }

    private static List<String> payloads(FakeConnection connection) {
        return connection.published.stream()
                .map(entry -> entry.message().payload().toUtf8())
                .toList();
    }
}
