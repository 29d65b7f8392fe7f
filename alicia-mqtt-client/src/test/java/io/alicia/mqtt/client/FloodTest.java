package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.ClientCounts.Outcome;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.client.OfflineQueue.WhenFull;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.PublishOutcome;
import io.reactivex.rxjava3.observers.TestObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** More is published at once than there is time for: whoever is in the lane has not come to it yet. */
class FloodTest extends OutboxStory {

    private static final int FLOOD = 20 * Lane.SHARE;
    private static final int LARGE = 1_024 * 1_024;

    private final Queue<Runnable> relief = new ArrayDeque<>();
    private final Lane lane = new Lane(relief::add);
    private final List<TestObserver<PublishResult>> results = new ArrayList<>();

    @Test
    void an_acknowledgement_makes_room_for_the_next_message_before_the_flood_is_through() {
        Outbox outbox = outbox(lane, new OfflineQueue(FLOOD, LARGE, WhenFull.REJECT));
        FakeConnection connection = connect(outbox, 1);
        publish(outbox, "under way", Qos.AT_LEAST_ONCE);
        publish(outbox, "next", Qos.AT_LEAST_ONCE);

        lane.execute(() -> {
            flood(outbox, FLOOD, Qos.AT_LEAST_ONCE);
            connection.published.get(0).outcome().onSuccess(PublishOutcome.SUCCESS);
        });

        assertThat(relief).as("the flood is not through").isNotEmpty();
        assertThat(payloads(connection)).containsExactly("under way", "next");
    }

    @Test
    void drops_at_once_what_is_published_beyond_the_bounds_and_shows_the_rest() {
        Outbox outbox = outbox(lane, new OfflineQueue(FLOOD, LARGE, WhenFull.REJECT));

        List<Integer> dropped = droppedWhileBusy(() -> flood(outbox, FLOOD + 3, Qos.AT_LEAST_ONCE));

        assertThat(dropped).containsExactly(FLOOD, FLOOD + 1, FLOOD + 2);
        assertThat(results.get(FLOOD).values().get(0).description())
                .contains("the queue is full: more was published at once than the connection takes");
        assertThat(counts.published(Outcome.DROPPED)).isEqualTo(3);
        assertThat(relief).as("the flood is not through").isNotEmpty();
        assertThat(counts.waiting().sum()).isEqualTo(FLOOD);
        assertThat(counts.waitingBytes().sum()).isEqualTo(2 * FLOOD);
        workOff();
        assertThat(droppedNow()).isEqualTo(dropped);
        assertThat(counts.waiting().sum()).isEqualTo(FLOOD);
        connect(outbox, FLOOD);
        assertThat(counts.waiting().sum()).isZero();
        assertThat(counts.waitingBytes().sum()).isZero();
    }

    @Test
    void drops_at_once_what_is_too_large_together() {
        Outbox outbox = outbox(lane, new OfflineQueue(FLOOD, 5 * LARGE, WhenFull.REJECT));
        String large = "x".repeat(LARGE - 1);

        List<Integer> dropped = droppedWhileBusy(() -> {
            IntStream.range(0, 6).forEach(i -> results.add(publish(outbox, large, Qos.AT_LEAST_ONCE)));
            flood(outbox, 1, Qos.AT_LEAST_ONCE);
        });

        assertThat(dropped).containsExactly(5, 6);
    }

    @Test
    void loses_nothing_for_two_that_publish_at_a_time_where_nothing_is_to_wait() {
        Outbox outbox = outbox(lane, OfflineQueue.NONE);
        FakeConnection connection = connect(outbox, FLOOD);

        lane.execute(() -> flood(outbox, 2, Qos.AT_LEAST_ONCE));
        assertThat(payloads(connection)).containsExactly(payload(0), payload(1));
        connection.published.forEach(sent -> sent.outcome().onSuccess(PublishOutcome.SUCCESS));
        lane.execute(() -> results.add(publish(outbox, "x".repeat(5 * LARGE), Qos.AT_LEAST_ONCE)));

        assertThat(connection.published).as("however large it is").hasSize(3);
        assertThat(droppedNow()).isEmpty();
    }

    @Test
    void keeps_the_latest_where_the_oldest_are_to_give_way() {
        Outbox outbox = outbox(lane, new OfflineQueue(FLOOD, LARGE, WhenFull.DROP_OLDEST));

        List<Integer> dropped = droppedWhileBusy(() -> flood(outbox, FLOOD + 3, Qos.AT_LEAST_ONCE));
        workOff();

        assertThat(dropped).containsExactly(0, 1, 2);
        assertThat(droppedNow()).isEqualTo(dropped);
        assertThat(payloads(connect(outbox, FLOOD)))
                .isEqualTo(IntStream.range(3, FLOOD + 3)
                        .mapToObj(FloodTest::payload)
                        .toList());
    }

    @Test
    void drops_no_other_for_one_that_is_too_large_even_alone() {
        Outbox outbox = outbox(lane, new OfflineQueue(FLOOD, 5 * LARGE, WhenFull.DROP_OLDEST));

        List<Integer> dropped = droppedWhileBusy(() -> {
            flood(outbox, 2, Qos.AT_LEAST_ONCE);
            results.add(publish(outbox, "x".repeat(5 * LARGE), Qos.AT_LEAST_ONCE));
        });

        assertThat(dropped).containsExactly(2);
    }

    @Test
    void has_room_for_the_others_however_much_comes_with_qos_0_where_that_is_the_first_to_give_way() {
        Outbox outbox = outbox(lane, new OfflineQueue(FLOOD, LARGE, WhenFull.DROP_QOS_0_FIRST));

        List<Integer> dropped = droppedWhileBusy(() -> {
            flood(outbox, FLOOD, Qos.AT_MOST_ONCE);
            flood(outbox, FLOOD / 2, Qos.AT_LEAST_ONCE);
        });

        assertThat(dropped).isEqualTo(IntStream.range(FLOOD / 2, FLOOD).boxed().toList());
    }

    @Test
    void sends_what_was_published_before_it_is_drained() {
        Outbox outbox = outbox(lane, new OfflineQueue(FLOOD, LARGE, WhenFull.REJECT));
        FakeConnection connection = connect(outbox, FLOOD);

        lane.execute(() -> {
            flood(outbox, 2, Qos.AT_LEAST_ONCE);
            outbox.drain();
        });

        assertThat(payloads(connection)).containsExactly(payload(0), payload(1));
        assertThat(droppedNow()).isEmpty();
    }

    @Test
    void tells_whoever_publishes_after_the_end_so_at_once() {
        Outbox outbox = outbox(lane, OfflineQueue.DEFAULT);
        outbox.close();

        assertThat(droppedWhileBusy(() -> flood(outbox, 1, Qos.AT_LEAST_ONCE))).containsExactly(0);
    }

    /** What {@code publishing} costs before anybody has come to it. */
    private List<Integer> droppedWhileBusy(Runnable publishing) {
        List<Integer> dropped = new ArrayList<>();
        lane.execute(() -> {
            publishing.run();
            dropped.addAll(droppedNow());
        });
        return dropped;
    }

    private void flood(Outbox outbox, int messages, Qos qos) {
        IntStream.range(0, messages).forEach(i -> results.add(publish(outbox, payload(i), qos)));
    }

    private static String payload(int number) {
        return Character.toString('a' + number % 26);
    }

    private List<Integer> droppedNow() {
        return IntStream.range(0, results.size())
                .filter(i -> results.get(i).values().stream().anyMatch(PublishResult.Dropped.class::isInstance))
                .boxed()
                .toList();
    }

    private void workOff() {
        while (!relief.isEmpty()) {
            relief.remove().run();
        }
    }
}
