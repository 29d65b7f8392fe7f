package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.SessionEndedException;
import io.reactivex.rxjava3.observers.TestObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One message that a server ends the connection for is found, and all others go through. */
class TrialsTest extends OutboxStory {

    @Test
    void gives_up_the_one_message_that_the_server_ends_each_connection_for() {
        Outbox outbox = outbox();
        TestObserver<PublishResult> culprit = publish(outbox, "culprit", Qos.AT_LEAST_ONCE);
        TestObserver<PublishResult> innocent = publish(outbox, "innocent", Qos.AT_LEAST_ONCE);

        for (int i = 0; i < 3; i++) {
            assertThat(sentUntilTheServerEndsIt(outbox)).containsExactly("culprit", "innocent");
        }
        assertThat(sentUntilTheServerEndsIt(outbox)).as("alone").containsExactly("culprit");
        FakeConnection connection = connect(outbox, 10);
        time.advanceTimeBy(1, TimeUnit.SECONDS);
        assertThat(payloads(connection)).as("whoever may pass").containsExactly("innocent");
        acknowledge(connection, 0);
        innocent.assertValue(new PublishResult.Acknowledged(ReasonCode.SUCCESS));
        assertThat(payloads(connection)).as("alone again").containsExactly("innocent", "culprit");
        culprit.assertNotComplete();
        end(outbox, connection, FakeTransport.CABLE_PULLED);

        assertThat(culprit.values())
                .singleElement()
                .isInstanceOfSatisfying(
                        PublishResult.RefusedByServer.class,
                        refused -> assertThat(refused.description())
                                .contains("ends the connection when it gets this message"));
        assertThat(connect(outbox, 10).published).isEmpty();
    }

    @Test
    void gives_up_nothing_while_the_server_takes_nothing() {
        Outbox outbox = outbox();
        List<TestObserver<PublishResult>> results = IntStream.range(0, 30)
                .mapToObj(number -> publishFor(outbox, String.valueOf(number), Duration.ofDays(1)))
                .toList();

        for (int i = 0; i < 300; i++) {
            FakeConnection connection = connect(outbox, 10);
            advanceUntilSomethingIsSent(connection);
            end(outbox, connection, FakeTransport.CABLE_PULLED);
        }
        assertThat(results).allSatisfy(TestObserver::assertEmpty);
        takeAll(connect(outbox, 10));

        assertThat(results)
                .allSatisfy(result -> result.assertValue(new PublishResult.Acknowledged(ReasonCode.SUCCESS)));
    }

    @Test
    void gives_up_nothing_while_the_server_takes_one_message_and_no_second() {
        Outbox outbox = outbox();
        List<TestObserver<PublishResult>> results = IntStream.range(0, 30)
                .mapToObj(number -> publishFor(outbox, String.valueOf(number), Duration.ofDays(1)))
                .toList();

        for (int i = 0; i < 30; i++) {
            FakeConnection connection = connect(outbox, 10);
            advanceUntilSomethingIsSent(connection);
            acknowledge(connection, 0);
            advanceUntilSent(connection, 2);
            end(outbox, connection, FakeTransport.CABLE_PULLED);
        }

        assertThat(results)
                .allSatisfy(result -> result.assertValue(new PublishResult.Acknowledged(ReasonCode.SUCCESS)));
    }

    @Test
    void keeps_a_message_that_is_the_only_one_until_another_gets_through_and_parks_it() {
        Outbox outbox = outbox();
        TestObserver<PublishResult> culprit = publishFor(outbox, "culprit", Duration.ofDays(1));

        int connections = loseConnectionsUntilItIsParked(outbox);
        culprit.assertEmpty();
        assertThat(connections).isBetween(20, 30);
        assertThat(time.now(TimeUnit.MINUTES)).as("less and less often").isGreaterThan(45);

        FakeConnection connection = connect(outbox, 10);
        time.advanceTimeBy(6, TimeUnit.HOURS);
        assertThat(payloads(connection)).as("while it is parked").isEmpty();
        TestObserver<PublishResult> innocent = publish(outbox, "innocent", Qos.AT_LEAST_ONCE);
        assertThat(payloads(connection)).as("passes it").containsExactly("innocent");
        acknowledge(connection, 0);
        innocent.assertValue(new PublishResult.Acknowledged(ReasonCode.SUCCESS));
        assertThat(payloads(connection)).as("can be compared now").containsExactly("innocent", "culprit");
        end(outbox, connection, FakeTransport.CABLE_PULLED);
        assertThat(culprit.values().get(0)).isInstanceOf(PublishResult.RefusedByServer.class);
    }

    /** A server that was ill may have been mended, and was started anew for that. */
    @Test
    void tries_a_parked_message_once_more_when_the_connection_was_lost_for_another_reason() {
        Outbox outbox = outbox();
        TestObserver<PublishResult> parked = publishFor(outbox, "parked", Duration.ofDays(1));
        loseConnectionsUntilItIsParked(outbox);
        FakeConnection quiet = connect(outbox, 10);
        time.advanceTimeBy(1, TimeUnit.HOURS);

        end(outbox, quiet, FakeTransport.CABLE_PULLED);
        FakeConnection stillIll = connect(outbox, 10);
        advanceUntilSomethingIsSent(stillIll);
        assertThat(payloads(stillIll)).containsExactly("parked");
        end(outbox, stillIll, FakeTransport.CABLE_PULLED);
        FakeConnection next = connect(outbox, 10);
        time.advanceTimeBy(6, TimeUnit.HOURS);
        assertThat(payloads(next)).as("parked again").isEmpty();

        end(outbox, next, FakeTransport.CABLE_PULLED);
        takeAll(connect(outbox, 10));
        parked.assertValue(new PublishResult.Acknowledged(ReasonCode.SUCCESS));
    }

    /** How many it takes. */
    private int loseConnectionsUntilItIsParked(Outbox outbox) {
        for (int connections = 0; connections < 100; connections++) {
            FakeConnection connection = connect(outbox, 10);
            advanceUntilSomethingIsSent(connection);
            if (connection.published.isEmpty()) {
                return connections;
            }
            end(outbox, connection, FakeTransport.CABLE_PULLED);
        }
        throw new AssertionError("never parked");
    }

    @Test
    void reaches_the_innocent_behind_many_that_are_at_fault() {
        Outbox outbox = outbox();
        List<TestObserver<PublishResult>> culprits = IntStream.range(0, 12)
                .mapToObj(number -> publishFor(outbox, "culprit", Duration.ofDays(1)))
                .toList();
        TestObserver<PublishResult> innocent = publishFor(outbox, "innocent", Duration.ofDays(1));

        for (int i = 0; i < 60; i++) {
            FakeConnection connection = connect(outbox, 100);
            advanceUntilSomethingIsSent(connection);
            for (int next = 0; next < connection.published.size(); next++) {
                if (!payloads(connection).get(next).equals("innocent")) {
                    break;
                }
                acknowledge(connection, next);
            }
            end(outbox, connection, FakeTransport.CABLE_PULLED);
        }

        innocent.assertValue(new PublishResult.Acknowledged(ReasonCode.SUCCESS));
        assertThat(culprits)
                .allSatisfy(culprit ->
                        assertThat(culprit.values().get(0)).isInstanceOf(PublishResult.RefusedByServer.class));
    }

    @Test
    void does_not_wait_at_the_end_for_what_it_does_not_send_for_now() {
        Outbox outbox = outbox();
        TestObserver<PublishResult> culprit = publish(outbox, "culprit", Qos.AT_LEAST_ONCE);
        for (int i = 0; i < 8; i++) {
            FakeConnection connection = connect(outbox, 10);
            advanceUntilSomethingIsSent(connection);
            end(outbox, connection, FakeTransport.CABLE_PULLED);
        }
        connect(outbox, 10);

        outbox.drain().test().assertComplete();
        outbox.close();

        assertThat(culprit.values().get(0)).isInstanceOf(PublishResult.Unconfirmed.class);
    }

    @Test
    void finds_the_message_behind_others_that_the_server_has_not_answered_yet() {
        Outbox outbox = outbox();
        TestObserver<PublishResult> innocent = publish(outbox, "innocent", Qos.AT_LEAST_ONCE);
        TestObserver<PublishResult> culprit = publish(outbox, "culprit", Qos.AT_LEAST_ONCE);
        for (int i = 0; i < 3; i++) {
            sentUntilTheServerEndsIt(outbox);
        }

        FakeConnection connection = connect(outbox, 10);
        time.advanceTimeBy(1, TimeUnit.SECONDS);
        assertThat(payloads(connection)).containsExactly("innocent");
        acknowledge(connection, 0);
        assertThat(payloads(connection)).containsExactly("innocent", "culprit");
        end(outbox, connection, FakeTransport.CABLE_PULLED);
        publish(outbox, "after it", Qos.AT_LEAST_ONCE);
        publish(outbox, "and after that", Qos.AT_LEAST_ONCE);
        FakeConnection next = connect(outbox, 10);
        assertThat(payloads(next)).containsExactly("after it", "and after that");
        acknowledge(next, 0);
        acknowledge(next, 1);
        time.advanceTimeBy(1, TimeUnit.SECONDS);
        assertThat(payloads(next)).containsExactly("after it", "and after that", "culprit");
        end(outbox, next, FakeTransport.CABLE_PULLED);

        innocent.assertValue(new PublishResult.Acknowledged(ReasonCode.SUCCESS));
        assertThat(culprit.values().get(0)).isInstanceOf(PublishResult.RefusedByServer.class);
    }

    @Test
    void gives_up_no_message_because_the_network_fails_by_itself() {
        Outbox outbox = outbox();
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
        acknowledge(connection, 0);

        assertThat(sent).as("times that it was tried").isGreaterThan(50);
        result.assertValue(new PublishResult.Acknowledged(ReasonCode.SUCCESS));
    }

    @Test
    void gives_up_at_once_the_only_message_under_way_that_the_server_names_when_it_ends_the_connection() {
        Outbox outbox = outbox();
        TestObserver<PublishResult> culprit = publish(outbox, "culprit", Qos.AT_LEAST_ONCE);

        end(outbox, connect(outbox, 10), tooLarge());

        culprit.assertValue(new PublishResult.RefusedByServer(ReasonCode.PACKET_TOO_LARGE, Optional.of("too large")));
        assertThat(connect(outbox, 10).published).isEmpty();
    }

    @Test
    void tries_the_only_message_under_way_alone_when_the_server_does_not_say_which_packet_it_cannot_read() {
        Outbox outbox = outbox();
        TestObserver<PublishResult> culprit = publish(outbox, "culprit", Qos.AT_LEAST_ONCE);
        DisconnectCause malformed = DisconnectCause.builder()
                .initiator(DisconnectCause.Initiator.SERVER)
                .reasonCode(ReasonCode.MALFORMED_PACKET)
                .reasonString("not UTF-8")
                .build();

        end(outbox, connect(outbox, 10), malformed);
        culprit.assertNotComplete();
        FakeConnection second = connect(outbox, 10);
        assertThat(second.published).as("something else may be malformed").isEmpty();
        time.advanceTimeBy(1, TimeUnit.SECONDS);
        assertThat(payloads(second)).containsExactly("culprit");
        end(outbox, second, malformed);

        culprit.assertValue(new PublishResult.RefusedByServer(ReasonCode.MALFORMED_PACKET, Optional.of("not UTF-8")));
    }

    @Test
    void tries_each_alone_when_the_server_says_that_it_is_one_of_several() {
        Outbox outbox = outbox();
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
        Outbox withQos1 = outbox();
        Outbox withQos2 = outbox();
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
        Outbox outbox = outbox();
        TestObserver<PublishResult> culprit = publish(outbox, "culprit", Qos.AT_LEAST_ONCE);
        connect(outbox, 10);
        outbox.disconnected(tooLarge()); // while the session goes on
        assertThat(culprit.values().get(0)).isInstanceOf(PublishResult.RefusedByServer.class);

        connect(outbox, 10);
        TestObserver<PublishResult> innocent = publish(outbox, "innocent", Qos.EXACTLY_ONCE);
        outbox.disconnected(tooLarge());

        innocent.assertNotComplete();
    }

    private static TestObserver<PublishResult> publishFor(Outbox outbox, String payload, Duration deadline) {
        return outbox.publish(message(payload, Qos.AT_LEAST_ONCE), deadline).test();
    }

    private void advanceUntilSomethingIsSent(FakeConnection connection) {
        advanceUntilSent(connection, 1);
    }

    /** As long as a rest may take. */
    private void advanceUntilSent(FakeConnection connection, int messages) {
        for (int i = 0; i < 3_100 && connection.published.size() < messages; i++) {
            time.advanceTimeBy(100, TimeUnit.MILLISECONDS);
        }
    }

    /** A server that is well. */
    private void takeAll(FakeConnection connection) {
        advanceUntilSomethingIsSent(connection);
        for (int i = 0; i < connection.published.size(); i++) {
            acknowledge(connection, i);
        }
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
        connection.published.stream()
                .filter(published -> !published.outcome().hasValue())
                .forEach(published -> published.outcome().onError(new SessionEndedException("gone", true, null)));
    }

    @Test
    void rests_twice_as_long_after_each_connection_that_a_suspect_was_the_end_of() {
        Outbox outbox = outbox();
        publishFor(outbox, "culprit", Duration.ofDays(1));
        List<Long> rests = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            FakeConnection connection = connect(outbox, 10);
            long connected = time.now(TimeUnit.MILLISECONDS);
            advanceUntilSomethingIsSent(connection);
            rests.add(time.now(TimeUnit.MILLISECONDS) - connected);
            end(outbox, connection, FakeTransport.CABLE_PULLED);
        }

        assertThat(rests.subList(0, 5)).allMatch(rest -> rest < 1_000);
        assertThat(rests).endsWith(1_000L, 2_000L, 4_000L);
    }
}
