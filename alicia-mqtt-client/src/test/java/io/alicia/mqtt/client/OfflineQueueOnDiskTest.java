package io.alicia.mqtt.client;

import static io.alicia.mqtt.client.OutboxStory.acknowledge;
import static io.alicia.mqtt.client.OutboxStory.connack;
import static io.alicia.mqtt.client.OutboxStory.expiring;
import static io.alicia.mqtt.client.OutboxStory.message;
import static io.alicia.mqtt.client.OutboxStory.sessionEndsAfterSending;
import static io.alicia.mqtt.client.OutboxStory.sessionEndsBeforeSending;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.client.StoredMessage.Progress;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.PayloadFormat;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.observers.TestObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What becomes of messages whose process ends, and what their publishers are told. */
class OfflineQueueOnDiskTest extends OfflineQueueScene {

    @Test
    void keeps_what_waits_in_order_with_all_its_properties() {
        Outbox outbox = outbox(file());
        ApplicationMessage rich = ApplicationMessage.builder()
                .topic(TopicName.of("t/ü"))
                .payload(BinaryData.ofUtf8("1"))
                .qos(Qos.EXACTLY_ONCE)
                .retain(true)
                .messageExpiryInterval(Duration.ofHours(1))
                .payloadFormat(PayloadFormat.UTF_8)
                .contentType("text/plain")
                .responseTopic(TopicName.of("answers"))
                .correlationData(BinaryData.ofUtf8("42"))
                .addUserProperties(new UserProperty("a", "1"), new UserProperty("a", "😀"))
                .build();
        publish(outbox, rich);
        publish(outbox, "2", Qos.AT_LEAST_ONCE);

        awaitOnDisk("1", "2");

        FakeConnection next = connect(outbox(copy()), 10);
        awaitSent(next, "1", "2");
        assertThat(next.published.get(0).message()).isEqualTo(rich);
    }

    @Test
    void sends_what_an_earlier_process_left_before_anything_new() {
        publish(outbox(file()), "old", Qos.AT_LEAST_ONCE);
        awaitOnDisk("old");

        Outbox next = outbox(copy());
        publish(next, "new", Qos.AT_LEAST_ONCE);
        FakeConnection connection = connect(next, 10);

        awaitSent(connection, "old", "new");
    }

    @Test
    void keeps_qos_1_under_way_until_the_server_has_it() {
        Outbox outbox = outbox(file());
        FakeConnection connection = connect(outbox, 10);
        publish(outbox, "a", Qos.AT_LEAST_ONCE);
        letItWrite();
        awaitOnDisk("a");

        acknowledge(connection, 0);
        letItWrite();

        awaitOnDisk();
    }

    @Test
    void never_sends_qos_2_again_that_was_sent_when_the_process_ended() {
        Outbox outbox = outbox(file());
        publish(outbox, "a", Qos.EXACTLY_ONCE);
        FakeConnection connection = connect(outbox, 10);
        awaitSent(connection, "a");

        FakeConnection next = connect(outbox(copy()), 10);

        assertThat(next.published).isEmpty();
    }

    @Test
    void loses_no_more_qos_2_with_the_process_than_the_server_had_room_for() {
        Outbox outbox = outbox(file());
        List.of("a", "b", "c", "d").forEach(payload -> publish(outbox, payload, Qos.EXACTLY_ONCE));
        FakeConnection connection = connect(outbox, 2);
        awaitSent(connection, "a", "b");

        assertThat(unsentOnDisk()).containsExactly("c", "d");
    }

    private List<String> unsentOnDisk() {
        return restored().stream()
                .filter(restored -> restored.message().progress() == Progress.WAITING)
                .map(restored -> restored.message().message().payload().toUtf8())
                .toList();
    }

    @Test
    void keeps_qos_2_that_was_not_sent_after_all() {
        Outbox outbox = outbox(file());
        publish(outbox, "a", Qos.EXACTLY_ONCE);
        FakeConnection connection = connect(outbox, 10);
        awaitSent(connection, "a");
        inLane(() -> outbox.disconnected(FakeTransport.CABLE_PULLED));
        sessionEndsBeforeSending(connection, 0);

        awaitOnDisk("a");
        FakeConnection next = connect(outbox(copy()), 10);

        awaitSent(next, "a");
    }

    @Test
    void keeps_the_marked_that_the_connection_took_none_of() {
        Outbox outbox = outbox(file());
        publish(outbox, "a", Qos.EXACTLY_ONCE);
        publish(outbox, "b", Qos.EXACTLY_ONCE);
        FakeConnection connection = connect(outbox, 1);
        awaitSent(connection, "a");

        inLane(() -> outbox.disconnected(FakeTransport.CABLE_PULLED));

        Awaitility.await().untilAsserted(() -> assertThat(unsentOnDisk()).containsExactly("b"));
    }

    @Test
    void lets_go_of_what_expires_after_its_publisher_was_told_that_it_waits() {
        Outbox outbox = outbox(file());
        TestObserver<PublishResult> result = publish(
                outbox,
                message("a", Qos.AT_LEAST_ONCE).toBuilder()
                        .messageExpiryInterval(Duration.ofHours(1))
                        .build());
        time.advanceTimeBy(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        awaitResult(result, new PublishResult.Queued());
        awaitOnDisk("a");

        time.advanceTimeBy(1, TimeUnit.HOURS);

        Soon.await().until(() -> {
            letItWrite();
            return restored().isEmpty();
        });
    }

    @Test
    void tells_at_the_deadline_that_the_message_waits_and_sends_it_later() {
        Outbox outbox = outbox(file());
        TestObserver<PublishResult> result = publish(outbox, "a", Qos.AT_LEAST_ONCE);

        time.advanceTimeBy(DEADLINE.plusSeconds(1).toMillis(), TimeUnit.MILLISECONDS);

        awaitResult(result, new PublishResult.Queued());
        awaitSent(connect(outbox, 10), "a");
    }

    @Test
    void tells_at_close_that_the_message_waits() {
        Outbox outbox = outbox(file());
        TestObserver<PublishResult> kept = publish(outbox, "a", Qos.AT_LEAST_ONCE);
        TestObserver<PublishResult> lost = publish(outbox, "b", Qos.AT_MOST_ONCE);

        inLane(outbox::close);

        awaitResult(kept, new PublishResult.Queued());
        assertThat(lost.values().get(0)).isInstanceOf(PublishResult.Dropped.class);
        awaitOnDisk("a");
    }

    @Test
    void lets_go_of_what_is_not_worth_delivering_any_more() {
        Outbox outbox = outbox(file());
        publish(outbox, expiring("stale", Duration.ofSeconds(30)));
        publish(outbox, "fresh", Qos.AT_LEAST_ONCE);
        awaitOnDisk("stale", "fresh");

        time.advanceTimeBy(31, TimeUnit.SECONDS);
        FakeConnection next = connect(outbox(copy()), 10);

        awaitSent(next, "fresh");
    }

    @Test
    void counts_the_time_between_two_processes_by_the_time_of_day() {
        Outbox outbox = outbox(file());
        publish(outbox, expiring("a", Duration.ofSeconds(30)));
        awaitOnDisk("a");

        clockIsAhead = clockIsAhead.plusSeconds(12); // a process has a steady time of its own
        FakeConnection later = connect(outbox(copy()), 10);
        clockIsAhead = Duration.ZERO; // a computer that does not know the time yet
        FakeConnection withoutClock = connect(outbox(copy()), 10);

        awaitSent(later, "a");
        assertThat(later.published.get(0).message().messageExpiryInterval()).contains(Duration.ofSeconds(18));
        awaitSent(withoutClock, "a");
        assertThat(withoutClock.published.get(0).message().messageExpiryInterval())
                .contains(Duration.ofSeconds(30));
    }

    @Test
    void sends_again_in_this_process_what_was_under_way_at_its_deadline() {
        Outbox outbox = outbox(file());
        TestObserver<PublishResult> result = publish(outbox, "a", Qos.AT_LEAST_ONCE);
        FakeConnection first = connect(outbox, 10);
        awaitSent(first, "a");
        time.advanceTimeBy(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(result.values().get(0)).isInstanceOf(PublishResult.Unconfirmed.class);

        inLane(() -> outbox.disconnected(FakeTransport.CABLE_PULLED));
        sessionEndsAfterSending(first, 0);

        awaitSent(connect(outbox, 10), "a");
    }

    @Test
    void gives_qos_2_to_the_next_process_that_was_about_to_be_sent_when_the_client_was_closed() {
        Outbox outbox = outbox(file());
        publish(outbox, "a", Qos.EXACTLY_ONCE);
        FakeConnection connection = new FakeConnection(connack(10));

        inLane(() -> {
            outbox.connected(connection, FakeTransport.HOUSE);
            outbox.close();
        });

        assertThat(connection.published).isEmpty();
        Awaitility.await().untilAsserted(() -> assertThat(unsentOnDisk()).containsExactly("a"));
        awaitSent(connect(outbox(copy()), 10), "a");
    }

    @Test
    void does_not_leave_to_the_next_process_what_its_caller_gave_up_under_way() {
        Outbox outbox = outbox(file());
        Disposable caller = outbox.publishWhileWanted(message("a", Qos.AT_LEAST_ONCE), DEADLINE)
                .subscribe();
        awaitOnDisk("a");
        awaitSent(connect(outbox, 10), "a");

        caller.dispose();
        letItWrite();

        awaitOnDisk();
    }
}
