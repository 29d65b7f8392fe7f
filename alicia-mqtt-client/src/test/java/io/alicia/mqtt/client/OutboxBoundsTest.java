package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.OfflineQueue.WhenFull;
import io.alicia.mqtt.protocol.Qos;
import io.reactivex.rxjava3.observers.TestObserver;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which messages give way when more wait than an offline queue keeps. */
class OutboxBoundsTest extends OutboxStory {

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
    void drops_qos_0_for_bytes_as_long_as_there_is_any() {
        Outbox outbox = outbox(new OfflineQueue(100, 30, WhenFull.DROP_QOS_0_FIRST));
        TestObserver<PublishResult> cheap = publish(outbox, "123456789", Qos.AT_MOST_ONCE);
        publish(outbox, "234567890", Qos.AT_LEAST_ONCE);
        publish(outbox, "345678901", Qos.AT_LEAST_ONCE);
        publish(outbox, "456789012", Qos.AT_LEAST_ONCE);

        TestObserver<PublishResult> findsNoneLeft = publish(outbox, "x", Qos.AT_LEAST_ONCE);

        assertThat(cheap.values().get(0)).isInstanceOf(PublishResult.Dropped.class);
        assertThat(findsNoneLeft.values().get(0)).isInstanceOf(PublishResult.Dropped.class);
        assertThat(payloads(connect(outbox, 10))).containsExactly("234567890", "345678901", "456789012");
    }
}
