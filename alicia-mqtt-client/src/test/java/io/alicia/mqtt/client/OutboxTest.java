package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.client.OfflineQueue.WhenFull;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.Connack;
import io.alicia.mqtt.spi.PublishOutcome;
import io.reactivex.rxjava3.observers.TestObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of messages between their publish and the server: order, room, refusals, and the session that ends under them. */
class OutboxTest extends OutboxStory {

    @Test
    void sends_at_once_while_connected() {
        Outbox outbox = outbox();
        FakeConnection connection = connect(outbox, 10);

        TestObserver<PublishResult> result = publish(outbox, "a", Qos.AT_LEAST_ONCE);
        acknowledge(connection, 0);

        result.assertValue(new PublishResult.Acknowledged(ReasonCode.SUCCESS));
    }

    @Test
    void tells_a_refusal_by_the_server() {
        Outbox outbox = outbox();
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
        Outbox outbox = outbox();
        IntStream.range(0, 5).forEach(i -> publish(outbox, "m" + i, Qos.AT_LEAST_ONCE));

        FakeConnection connection = connect(outbox, 10);

        assertThat(payloads(connection)).containsExactly("m0", "m1", "m2", "m3", "m4");
    }

    /** The transport tells the end on the very thread that would send, again and again, until the end of days. */
    @Test
    @Timeout(10)
    void sends_nothing_more_on_a_connection_that_is_over_though_nobody_has_said_so_yet() {
        Outbox outbox = outbox();
        FakeConnection connection = connect(outbox, 10);
        connection.over = true;

        TestObserver<PublishResult> first = publish(outbox, "a", Qos.AT_LEAST_ONCE);
        TestObserver<PublishResult> second = publish(outbox, "b", Qos.EXACTLY_ONCE);

        assertThat(payloads(connection)).containsExactly("a");
        outbox.disconnected(FakeTransport.CABLE_PULLED);
        FakeConnection next = connect(outbox, 10);
        assertThat(payloads(next)).containsExactly("a", "b");
        next.published.forEach(published -> published.outcome().onSuccess(PublishOutcome.SUCCESS));
        first.assertValue(PublishResult::isAcknowledged);
        second.assertValue(PublishResult::isAcknowledged);
    }

    @Test
    void has_no_more_under_way_than_the_server_takes() {
        Outbox outbox = outbox();
        FakeConnection connection = connect(outbox, 2);
        IntStream.range(0, 5).forEach(i -> publish(outbox, "m" + i, Qos.AT_LEAST_ONCE));
        assertThat(payloads(connection)).containsExactly("m0", "m1");

        acknowledge(connection, 0);

        assertThat(payloads(connection)).containsExactly("m0", "m1", "m2");
    }

    /** A server that stands still takes a while to be found out, and a thousand pictures have no place in memory. */
    @ParameterizedTest
    @EnumSource
    void has_no_more_bytes_under_way_than_a_part_of_what_may_wait(Qos qos) {
        Outbox outbox = outbox();
        FakeConnection connection = connect(outbox, 65_535);
        String large = "x".repeat(1_000_000);

        IntStream.range(0, 100).forEach(i -> publish(outbox, large, qos));

        assertThat(connection.published).hasSize(4); // of 4 MiB, a quarter of the queue
        acknowledge(connection, 0);
        assertThat(connection.published).hasSize(5);
    }

    @Test
    void sends_a_message_that_is_larger_than_what_may_be_under_way() {
        Outbox outbox = outbox();
        FakeConnection connection = connect(outbox, 10);

        publish(outbox, "x".repeat(5_000_000), Qos.AT_LEAST_ONCE);

        assertThat(connection.published).hasSize(1);
    }

    @Test
    void sends_qos_0_although_the_server_takes_no_more_with_qos_1() {
        Outbox outbox = outbox();
        FakeConnection connection = connect(outbox, 1);

        publish(outbox, "one", Qos.AT_LEAST_ONCE);
        publish(outbox, "zero", Qos.AT_MOST_ONCE);

        assertThat(payloads(connection)).containsExactly("one", "zero");
    }

    @Test
    void sends_qos_1_again_when_the_session_ended_under_it_before_what_came_later() {
        Outbox outbox = outbox();
        FakeConnection first = connect(outbox, 10);
        TestObserver<PublishResult> one = publish(outbox, "a", Qos.AT_LEAST_ONCE);
        publish(outbox, "b", Qos.AT_LEAST_ONCE);
        outbox.disconnected(FakeTransport.CABLE_PULLED);
        publish(outbox, "c", Qos.AT_LEAST_ONCE);
        sessionEndsAfterSending(first, 1);
        sessionEndsAfterSending(first, 0);

        FakeConnection second = connect(outbox, 10);
        acknowledge(second, 0);

        assertThat(payloads(second)).containsExactly("a", "b", "c");
        one.assertValue(new PublishResult.Acknowledged(ReasonCode.SUCCESS));
    }

    @Test
    void never_sends_qos_2_twice_into_different_sessions() {
        Outbox outbox = outbox();
        FakeConnection first = connect(outbox, 10);
        TestObserver<PublishResult> sent = publish(outbox, "a", Qos.EXACTLY_ONCE);
        TestObserver<PublishResult> unsent = publish(outbox, "b", Qos.EXACTLY_ONCE);
        outbox.disconnected(FakeTransport.CABLE_PULLED);
        sessionEndsAfterSending(first, 0);
        sessionEndsBeforeSending(first, 1);

        FakeConnection second = connect(outbox, 10);

        assertThat(sent.values().get(0)).isInstanceOf(PublishResult.Unconfirmed.class);
        unsent.assertNotComplete();
        assertThat(payloads(second)).containsExactly("b");
    }

    @Test
    void lowers_the_qos_to_what_the_server_takes_and_says_so() {
        Outbox outbox = outbox();
        FakeConnection connection = new FakeConnection(
                Connack.builder().from(connack(10)).maximumQos(Qos.AT_MOST_ONCE).build());
        outbox.connected(connection, FakeTransport.HOUSE);

        TestObserver<PublishResult> lowered = publish(outbox, "a", Qos.EXACTLY_ONCE);
        TestObserver<PublishResult> asItWas = publish(outbox, "b", Qos.AT_MOST_ONCE);
        connection.published.forEach(published -> published.outcome().onSuccess(PublishOutcome.SUCCESS));

        assertThat(connection.published.get(0).message().qos()).isEqualTo(Qos.AT_MOST_ONCE);
        lowered.assertValue(new PublishResult.Acknowledged(ReasonCode.SUCCESS, Optional.of(Qos.AT_MOST_ONCE)));
        assertThat(lowered.values().get(0).description()).contains("sent with QoS 0");
        asItWas.assertValue(new PublishResult.Acknowledged(ReasonCode.SUCCESS));
    }

    @Test
    void refuses_to_retain_what_the_server_said_that_it_cannot_without_sending_it() {
        Outbox outbox = outbox();
        ApplicationMessage retained =
                message("kept", Qos.AT_LEAST_ONCE).toBuilder().retain(true).build();
        TestObserver<PublishResult> waited = outbox.publish(retained, DEADLINE).test();
        FakeConnection connection = new FakeConnection(
                Connack.builder().from(connack(10)).retainAvailable(false).build());
        outbox.connected(connection, FakeTransport.HOUSE);

        TestObserver<PublishResult> atOnce = outbox.publish(retained, DEADLINE).test();
        publish(outbox, "other", Qos.AT_LEAST_ONCE);

        assertThat(List.of(waited, atOnce))
                .allSatisfy(result -> assertThat(result.values())
                        .singleElement()
                        .isInstanceOfSatisfying(
                                PublishResult.RefusedByServer.class,
                                refused ->
                                        assertThat(refused.reasonCode()).isEqualTo(ReasonCode.RETAIN_NOT_SUPPORTED)));
        assertThat(payloads(connection)).containsExactly("other");
    }

    @Test
    void says_that_the_client_is_there_before_all_that_waits_though_the_queue_is_full() {
        Outbox outbox = outbox(new OfflineQueue(2, 1_000, WhenFull.REJECT));
        publish(outbox, "a", Qos.AT_LEAST_ONCE);
        publish(outbox, "b", Qos.AT_LEAST_ONCE);

        FakeConnection connection = new FakeConnection(connack(1));
        outbox.connected(connection, FakeTransport.HOUSE, message("online", Qos.AT_LEAST_ONCE), DEADLINE);

        assertThat(payloads(connection)).containsExactly("online");
        acknowledge(connection, 0);
        assertThat(payloads(connection)).containsExactly("online", "a");
    }

    @Test
    void says_once_for_each_connection_that_the_client_is_there() {
        Outbox outbox = outbox();
        FakeConnection first = new FakeConnection(connack(1));
        outbox.connected(first, FakeTransport.HOUSE, message("online", Qos.AT_LEAST_ONCE), DEADLINE);
        outbox.disconnected(FakeTransport.CABLE_PULLED);
        sessionEndsAfterSending(first, 0);

        FakeConnection second = new FakeConnection(connack(10));
        outbox.connected(second, FakeTransport.HOUSE, message("online", Qos.AT_LEAST_ONCE), DEADLINE);

        assertThat(payloads(second)).containsExactly("online");
    }

    @Test
    void says_last_that_the_client_goes_though_the_queue_is_full() {
        Outbox outbox = outbox(new OfflineQueue(1, 1_000, WhenFull.REJECT));
        FakeConnection connection = connect(outbox, 1);
        publish(outbox, "a", Qos.AT_LEAST_ONCE);
        publish(outbox, "b", Qos.AT_LEAST_ONCE);

        outbox.publishLast(message("offline", Qos.AT_LEAST_ONCE), DEADLINE);
        acknowledge(connection, 0);
        acknowledge(connection, 1);

        assertThat(payloads(connection)).containsExactly("a", "b", "offline");
    }

    @Test
    void never_says_that_nothing_was_sent_of_what_was() {
        Outbox outbox = outbox();
        FakeConnection connection = connect(outbox, 10);
        TestObserver<PublishResult> result = publish(outbox, "a", Qos.AT_LEAST_ONCE);
        outbox.disconnected(FakeTransport.CABLE_PULLED);
        sessionEndsAfterSending(connection, 0);

        time.advanceTimeBy(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);

        assertThat(result.values().get(0)).isInstanceOf(PublishResult.Unconfirmed.class);
    }

    @Test
    void fails_for_a_message_that_cannot_be_sent_at_all() {
        Outbox outbox = outbox();
        FakeConnection connection = connect(outbox, 10);

        TestObserver<PublishResult> result = publish(outbox, "a", Qos.AT_LEAST_ONCE);
        connection.published.get(0).outcome().onError(new IllegalArgumentException("no such topic"));

        result.assertError(IllegalArgumentException.class);
    }

    @Test
    void gives_everything_a_result_when_it_is_closed() {
        Outbox outbox = outbox();
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
}
