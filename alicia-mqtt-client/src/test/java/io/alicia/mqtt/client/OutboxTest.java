package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.client.OfflineQueue.WhenFull;
import io.alicia.mqtt.connection.DisconnectCause;
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
        outbox.disconnected(FakeTransport.CABLE_PULLED);
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
        outbox.disconnected(FakeTransport.CABLE_PULLED);
        first.published.get(0).outcome().onError(new SessionEndedException("gone", true, null));
        first.published.get(1).outcome().onError(new SessionEndedException("gone", false, null));

        FakeConnection second = connect(outbox, 10);

        assertThat(sent.values().get(0)).isInstanceOf(PublishResult.Unconfirmed.class);
        unsent.assertNotComplete();
        assertThat(payloads(second)).containsExactly("b");
    }

    @Test
    void lowers_the_qos_to_what_the_server_takes_and_says_so() {
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        FakeConnection connection = new FakeConnection(
                Connack.builder().from(connack(10)).maximumQos(Qos.AT_MOST_ONCE).build());
        outbox.connected(connection);

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
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        ApplicationMessage retained =
                message("kept", Qos.AT_LEAST_ONCE).toBuilder().retain(true).build();
        TestObserver<PublishResult> waited = outbox.publish(retained, DEADLINE).test();
        FakeConnection connection = new FakeConnection(
                Connack.builder().from(connack(10)).retainAvailable(false).build());
        outbox.connected(connection);

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
    void drops_nothing_for_a_message_that_finds_no_place_even_then() {
        for (WhenFull whenFull : WhenFull.values()) {
            Outbox outbox = outbox(new OfflineQueue(10, 20, whenFull));
            publish(outbox, "a", Qos.AT_MOST_ONCE);
            publish(outbox, "b", Qos.AT_MOST_ONCE);

            TestObserver<PublishResult> tooLarge = publish(outbox, "x".repeat(30), Qos.AT_LEAST_ONCE);

            assertThat(tooLarge.values().get(0)).isInstanceOf(PublishResult.Dropped.class);
            assertThat(payloads(connect(outbox, 10))).as("with %s", whenFull).containsExactly("a", "b");
        }
    }

    @Test
    void drops_no_qos_0_for_a_message_that_finds_no_place_for_the_others_with_qos_1() {
        Outbox outbox = outbox(new OfflineQueue(10, 20, WhenFull.DROP_QOS_0_FIRST));
        publish(outbox, "0123456789", Qos.AT_LEAST_ONCE);
        publish(outbox, "zero", Qos.AT_MOST_ONCE);

        TestObserver<PublishResult> tooLarge = publish(outbox, "0123456789", Qos.AT_LEAST_ONCE);

        assertThat(tooLarge.values().get(0)).isInstanceOf(PublishResult.Dropped.class);
        assertThat(payloads(connect(outbox, 10))).containsExactly("0123456789", "zero");
    }

    @Test
    void looks_for_what_may_give_way_without_looking_at_all_that_waits() {
        int waiting = 20_000;
        Outbox outbox = outbox(new OfflineQueue(waiting, 10_000_000, WhenFull.DROP_QOS_0_FIRST));
        IntStream.range(0, waiting).forEach(i -> publish(outbox, "m" + i, Qos.AT_LEAST_ONCE));

        long begun = System.nanoTime();
        IntStream.range(0, 5_000).forEach(i -> publish(outbox, "late", Qos.AT_LEAST_ONCE));

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("for 5,000 messages that find no place; looking at all took 100 million steps")
                .isLessThan(Duration.ofMillis(400));
    }

    @Test
    void says_that_more_was_published_at_once_than_the_connection_takes() {
        Outbox outbox = outbox(new OfflineQueue(1, 1_000, WhenFull.REJECT));
        connect(outbox, 1);
        publish(outbox, "under way", Qos.AT_LEAST_ONCE);
        publish(outbox, "waits", Qos.AT_LEAST_ONCE);

        TestObserver<PublishResult> tooMany = publish(outbox, "too many", Qos.AT_LEAST_ONCE);

        assertThat(tooMany.values().get(0).description())
                .contains("more was published at once than the connection takes");
    }

    @Test
    void says_that_the_client_is_there_before_all_that_waits_though_the_queue_is_full() {
        Outbox outbox = outbox(new OfflineQueue(2, 1_000, WhenFull.REJECT));
        publish(outbox, "a", Qos.AT_LEAST_ONCE);
        publish(outbox, "b", Qos.AT_LEAST_ONCE);

        FakeConnection connection = new FakeConnection(connack(1));
        outbox.connected(connection, message("online", Qos.AT_LEAST_ONCE), DEADLINE);

        assertThat(payloads(connection)).containsExactly("online");
        connection.published.get(0).outcome().onSuccess(PublishOutcome.SUCCESS);
        assertThat(payloads(connection)).containsExactly("online", "a");
    }

    @Test
    void says_once_for_each_connection_that_the_client_is_there() {
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        FakeConnection first = new FakeConnection(connack(1));
        outbox.connected(first, message("online", Qos.AT_LEAST_ONCE), DEADLINE);
        outbox.disconnected(FakeTransport.CABLE_PULLED);
        first.published.get(0).outcome().onError(new SessionEndedException("gone", true, null));

        FakeConnection second = new FakeConnection(connack(10));
        outbox.connected(second, message("online", Qos.AT_LEAST_ONCE), DEADLINE);

        assertThat(payloads(second)).containsExactly("online");
    }

    @Test
    void says_last_that_the_client_goes_though_the_queue_is_full() {
        Outbox outbox = outbox(new OfflineQueue(1, 1_000, WhenFull.REJECT));
        FakeConnection connection = connect(outbox, 1);
        publish(outbox, "a", Qos.AT_LEAST_ONCE);
        publish(outbox, "b", Qos.AT_LEAST_ONCE);

        outbox.publishLast(message("offline", Qos.AT_LEAST_ONCE), DEADLINE);
        connection.published.get(0).outcome().onSuccess(PublishOutcome.SUCCESS);
        connection.published.get(1).outcome().onSuccess(PublishOutcome.SUCCESS);

        assertThat(payloads(connection)).containsExactly("a", "b", "offline");
    }

    @Test
    void keeps_each_deadline_to_the_millisecond() {
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        TestObserver<PublishResult> late = outbox.publish(message("a", Qos.AT_LEAST_ONCE), Duration.ofMillis(70))
                .test();
        TestObserver<PublishResult> early = outbox.publish(message("b", Qos.AT_LEAST_ONCE), Duration.ofMillis(1))
                .test();

        time.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        early.assertValue(new PublishResult.Expired());
        time.advanceTimeBy(68, TimeUnit.MILLISECONDS);
        late.assertNotComplete();
        time.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        late.assertValue(new PublishResult.Expired());
    }

    @Test
    void takes_the_longest_duration_for_no_deadline() {
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        TestObserver<PublishResult> result = outbox.publish(
                        message("a", Qos.AT_LEAST_ONCE), Duration.ofSeconds(Long.MAX_VALUE))
                .test();

        time.advanceTimeBy(365, TimeUnit.DAYS);

        result.assertNotComplete();
        assertThat(payloads(connect(outbox, 10))).containsExactly("a");
    }

    @Test
    void never_says_that_nothing_was_sent_of_what_was() {
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        FakeConnection connection = connect(outbox, 10);
        TestObserver<PublishResult> result = publish(outbox, "a", Qos.AT_LEAST_ONCE);
        outbox.disconnected(FakeTransport.CABLE_PULLED);
        connection.published.get(0).outcome().onError(new SessionEndedException("gone", true, null));

        time.advanceTimeBy(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);

        assertThat(result.values().get(0)).isInstanceOf(PublishResult.Unconfirmed.class);
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
    void gives_up_the_one_message_that_the_server_ends_each_connection_for() {
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        TestObserver<PublishResult> culprit = publish(outbox, "culprit", Qos.AT_LEAST_ONCE);
        TestObserver<PublishResult> innocent = publish(outbox, "innocent", Qos.AT_LEAST_ONCE);

        for (int i = 0; i < 3; i++) {
            assertThat(sentUntilTheServerEndsIt(outbox)).containsExactly("culprit", "innocent");
        }
        assertThat(sentUntilTheServerEndsIt(outbox)).as("alone").containsExactly("culprit");
        culprit.assertNotComplete();
        assertThat(sentUntilTheServerEndsIt(outbox)).as("alone again").containsExactly("culprit");

        assertThat(culprit.values())
                .singleElement()
                .isInstanceOfSatisfying(
                        PublishResult.RefusedByServer.class,
                        refused -> assertThat(refused.description())
                                .contains("ends the connection when it gets this message"));
        FakeConnection connection = connect(outbox, 10);
        assertThat(payloads(connection)).containsExactly("innocent");
        connection.published.get(0).outcome().onSuccess(PublishOutcome.SUCCESS);
        innocent.assertValue(new PublishResult.Acknowledged(ReasonCode.SUCCESS));
    }

    @Test
    void finds_the_message_behind_others_that_the_server_has_not_answered_yet() {
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        TestObserver<PublishResult> innocent = publish(outbox, "innocent", Qos.AT_LEAST_ONCE);
        TestObserver<PublishResult> culprit = publish(outbox, "culprit", Qos.AT_LEAST_ONCE);
        for (int i = 0; i < 3; i++) {
            sentUntilTheServerEndsIt(outbox);
        }

        FakeConnection connection = connect(outbox, 10);
        time.advanceTimeBy(1, TimeUnit.SECONDS);
        assertThat(payloads(connection)).containsExactly("innocent");
        connection.published.get(0).outcome().onSuccess(PublishOutcome.SUCCESS);
        assertThat(payloads(connection)).containsExactly("innocent", "culprit");
        end(outbox, connection, FakeTransport.CABLE_PULLED);
        sentUntilTheServerEndsIt(outbox);

        innocent.assertValue(new PublishResult.Acknowledged(ReasonCode.SUCCESS));
        assertThat(culprit.values().get(0)).isInstanceOf(PublishResult.RefusedByServer.class);
    }

    @Test
    void gives_up_no_message_because_the_network_fails_by_itself() {
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        TestObserver<PublishResult> result = publish(outbox, "a", Qos.AT_LEAST_ONCE);

        int sent = 0;
        for (int i = 0; i < 100; i++) {
            FakeConnection connection = connect(outbox, 10);
            time.advanceTimeBy(100, TimeUnit.MILLISECONDS);
            sent += connection.published.size();
            end(outbox, connection, FakeTransport.CABLE_PULLED);
        }
        FakeConnection connection = connect(outbox, 10);
        time.advanceTimeBy(1, TimeUnit.SECONDS);
        connection.published.get(0).outcome().onSuccess(PublishOutcome.SUCCESS);

        assertThat(sent).as("times that it was tried").isGreaterThan(50);
        result.assertValue(new PublishResult.Acknowledged(ReasonCode.SUCCESS));
    }

    @Test
    void gives_up_at_once_the_only_message_under_way_that_the_server_names_when_it_ends_the_connection() {
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        TestObserver<PublishResult> culprit = publish(outbox, "culprit", Qos.AT_LEAST_ONCE);

        end(outbox, connect(outbox, 10), tooLarge());

        culprit.assertValue(new PublishResult.RefusedByServer(ReasonCode.PACKET_TOO_LARGE, Optional.of("too large")));
        assertThat(connect(outbox, 10).published).isEmpty();
    }

    @Test
    void tries_each_alone_when_the_server_says_that_it_is_one_of_several() {
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        TestObserver<PublishResult> culprit = publish(outbox, "culprit", Qos.AT_LEAST_ONCE);
        publish(outbox, "innocent", Qos.AT_LEAST_ONCE);

        end(outbox, connect(outbox, 10), tooLarge());
        FakeConnection second = connect(outbox, 10);
        time.advanceTimeBy(1, TimeUnit.SECONDS);
        assertThat(payloads(second)).containsExactly("culprit");
        end(outbox, second, tooLarge());

        culprit.assertValue(new PublishResult.RefusedByServer(ReasonCode.PACKET_TOO_LARGE, Optional.of("too large")));
        assertThat(payloads(connect(outbox, 10))).containsExactly("innocent");
    }

    @Test
    void has_the_transport_forget_what_ended_its_connections_but_never_a_handshake_of_qos_2() {
        Outbox withQos1 = outbox(OfflineQueue.DEFAULT);
        Outbox withQos2 = outbox(OfflineQueue.DEFAULT);
        publish(withQos1, "culprit", Qos.AT_LEAST_ONCE);
        publish(withQos2, "culprit", Qos.AT_LEAST_ONCE);
        publish(withQos2, "twice is worse", Qos.EXACTLY_ONCE);

        for (int i = 0; i < 3; i++) {
            assertThat(withQos1.wantsInFlightForgotten()).isFalse();
            List.of(withQos1, withQos2).forEach(outbox -> {
                connect(outbox, 10);
                outbox.disconnected(FakeTransport.CABLE_PULLED); // while the session goes on
            });
        }

        assertThat(withQos1.wantsInFlightForgotten()).isTrue();
        assertThat(withQos2.wantsInFlightForgotten()).isFalse();
    }

    @Test
    void charges_nobody_else_while_the_transport_sends_the_culprit_again() {
        Outbox outbox = outbox(OfflineQueue.DEFAULT);
        TestObserver<PublishResult> culprit = publish(outbox, "culprit", Qos.AT_LEAST_ONCE);
        connect(outbox, 10);
        outbox.disconnected(tooLarge()); // while the session goes on
        assertThat(culprit.values().get(0)).isInstanceOf(PublishResult.RefusedByServer.class);

        connect(outbox, 10);
        TestObserver<PublishResult> innocent = publish(outbox, "innocent", Qos.EXACTLY_ONCE);
        outbox.disconnected(tooLarge());

        innocent.assertNotComplete();
    }

    private static DisconnectCause tooLarge() {
        return DisconnectCause.builder()
                .initiator(DisconnectCause.Initiator.SERVER)
                .reasonCode(ReasonCode.PACKET_TOO_LARGE)
                .reasonString("too large")
                .build();
    }

    /** A connection that the server ends a second later, without an answer to anything. */
    private List<String> sentUntilTheServerEndsIt(Outbox outbox) {
        FakeConnection connection = connect(outbox, 10);
        time.advanceTimeBy(1, TimeUnit.SECONDS);
        end(outbox, connection, FakeTransport.CABLE_PULLED);
        return payloads(connection);
    }

    /** With its session. */
    private static void end(Outbox outbox, FakeConnection connection, DisconnectCause cause) {
        outbox.disconnected(cause);
        connection.published.forEach(
                published -> published.outcome().onError(new SessionEndedException("gone", true, null)));
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
