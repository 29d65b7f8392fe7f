package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.SubscriptionRefusedException;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicFilter;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** To what the streams of a client are subscribed while it is connected. */
class SubscriptionsTest extends SubscriptionsScene {

    @Test
    void subscribes_when_it_is_connected() {
        subscriptions.add(flow("a/b"));

        FakeConnection connection = connect(false);

        assertThat(sent(connection)).containsExactly(List.of("a/b"));
    }

    @Test
    void lets_the_server_have_the_widest_filter_alone() {
        subscriptions.add(flow("a/b"));
        subscriptions.add(flow("a/+"));

        assertThat(sent(connect(false))).containsExactly(List.of("a/+"));
    }

    @Test
    void gives_each_filter_its_own_subscription_where_the_server_says_which_one_a_message_is_for() {
        subscriptions.add(flow("a/b"));
        MessageFlow<ApplicationMessage> wide = flow("a/+");
        subscriptions.add(wide);
        subscriptions.add(flow("$share/w/a/+"));

        FakeConnection connection = connectWithIdentifiers();
        connection.subscribed.forEach(FakeConnection.Subscribed::grant);

        assertThat(sent(connection)).containsExactly(List.of("a/b"), List.of("a/+"), List.of("$share/w/a/+"));
        assertThat(connection.identifiers)
                .doesNotHaveDuplicates()
                .hasSize(3)
                .allMatch(identifier -> identifier > 0 && identifier <= 268_435_455);
        assertThat(connection.unsubscribed).isEmpty();
        subscriptions.remove(wide);
        assertThat(connection.subscribed).hasSize(3);
        assertThat(connection.unsubscribed.get(0).filters()).containsExactly(TopicFilter.of("a/+"));
    }

    @Test
    void gives_each_copy_of_a_message_to_the_streams_of_its_subscription() {
        TestSubscriber<ApplicationMessage> narrow = new TestSubscriber<>();
        TestSubscriber<ApplicationMessage> wide = new TestSubscriber<>();
        TestSubscriber<ApplicationMessage> shared = new TestSubscriber<>();
        subscriptions.add(flow("a/b", narrow));
        subscriptions.add(flow("a/+", wide));
        subscriptions.add(flow("$share/w/a/+", shared));
        List<Integer> identifiers = connectWithIdentifiers().identifiers;

        arrives("a/b", List.of(identifiers.get(1)));
        arrives("a/b", List.of(identifiers.get(0)));
        arrives("a/c", List.of(identifiers.get(2)));
        arrives("a/b", List.of(identifiers.get(0), identifiers.get(1)));
        arrives("a/b", List.of(SubscriptionIdentifiers.of(TopicFilter.of("a/#"))));
        arrives("a/b", List.of(7));

        narrow.assertValueCount(3);
        wide.assertValueCount(3);
        shared.assertValueCount(2);
    }

    @Test
    void identifies_a_filter_in_every_process_alike() {
        assertThat(SubscriptionIdentifiers.of(TopicFilter.of("alicia/sensors/+")))
                .isEqualTo(267_929_906);
    }

    @Test
    void takes_a_narrow_filter_back_after_the_wide_one_is_acknowledged() {
        MessageFlow<ApplicationMessage> narrow = flow("a/b");
        MessageFlow<ApplicationMessage> wide = flow("a/#");
        FakeConnection connection = connect(false);
        subscriptions.add(narrow);
        connection.subscribed.get(0).grant();
        subscriptions.add(wide);
        assertThat(connection.unsubscribed).isEmpty();

        connection.subscribed.get(1).grant();

        assertThat(connection.unsubscribed).hasSize(1);
        assertThat(connection.unsubscribed.get(0).filters()).containsExactly(TopicFilter.of("a/b"));
        wide.subscribed().test().assertNotComplete();
        connection.unsubscribed.get(0).codes().onSuccess(List.of(ReasonCode.SUCCESS));
        wide.subscribed().test().assertComplete();
    }

    @Test
    void brings_the_narrow_filter_back_before_the_wide_one_goes() {
        MessageFlow<ApplicationMessage> wide = flow("a/+");
        subscriptions.add(wide);
        subscriptions.add(flow("a/b"));
        FakeConnection connection = connect(false);
        connection.subscribed.get(0).grant();

        subscriptions.remove(wide);
        assertThat(sent(connection)).containsExactly(List.of("a/+"), List.of("a/b"));
        assertThat(connection.unsubscribed).isEmpty();
        connection.subscribed.get(1).grant();

        assertThat(connection.unsubscribed.get(0).filters()).containsExactly(TopicFilter.of("a/+"));
    }

    @Test
    void asks_again_for_what_a_further_stream_is_due() {
        FakeConnection connection = connect(false);
        subscriptions.add(flow("a/+"));
        connection.subscribed.get(0).grant();

        subscriptions.add(flow("a/b"));

        assertThat(sent(connection)).containsExactly(List.of("a/+"), List.of("a/+"));
    }

    @Test
    void ends_the_streams_of_a_refused_filter_and_gives_narrower_ones_their_chance() {
        TestSubscriber<ApplicationMessage> wideReader = new TestSubscriber<>();
        subscriptions.add(flow("a/#", wideReader));
        MessageFlow<ApplicationMessage> narrow = flow("a/b");
        subscriptions.add(narrow);
        FakeConnection connection = connect(false);

        connection.subscribed.get(0).codes().onSuccess(List.of(ReasonCode.NOT_AUTHORIZED));
        connection.subscribed.get(1).grant();

        wideReader.assertError(SubscriptionRefusedException.class);
        assertThat(sent(connection)).containsExactly(List.of("a/#"), List.of("a/b"));
        narrow.subscribed().test().assertComplete();
    }

    @Test
    void a_stream_of_several_filters_gets_their_messages_in_the_order_in_which_they_come() {
        TestSubscriber<ApplicationMessage> reader = new TestSubscriber<>();
        MessageFlow<ApplicationMessage> both = flow(List.of("a/+", "a/+/+"), reader);
        subscriptions.add(both);
        FakeConnection connection = connect(false);
        assertThat(sent(connection)).containsExactly(List.of("a/+", "a/+/+"));
        both.subscribed().test().assertNotComplete();
        connection.subscribed.get(0).grant();
        both.subscribed().test().assertComplete();

        List.of("a/1", "a/1/2", "a/2", "b/1", "a/2/1").forEach(this::arrives);

        assertThat(reader.values())
                .extracting(message -> message.topic().value())
                .containsExactly("a/1", "a/1/2", "a/2", "a/2/1");
    }

    @Test
    void a_stream_of_several_filters_ends_with_the_first_that_is_refused() {
        TestSubscriber<ApplicationMessage> reader = new TestSubscriber<>();
        subscriptions.add(flow(List.of("a", "b"), reader));

        connect(false).subscribed.get(0).codes().onSuccess(List.of(ReasonCode.SUCCESS, ReasonCode.NOT_AUTHORIZED));

        reader.assertError(SubscriptionRefusedException.class);
    }

    @Test
    void asks_for_the_highest_qos_of_the_streams_below() {
        subscriptions.add(flow("a/+"));
        subscriptions.add(new MessageFlow<>(
                new StreamOptions(TopicFilter.of("a/b"), Qos.EXACTLY_ONCE, false),
                (message, taken) -> message,
                new TestSubscriber<ApplicationMessage>(),
                Schedulers.trampoline().createWorker(),
                flow -> {}));

        FakeConnection connection = connect(false);

        assertThat(connection.subscribed.get(0).subscriptions().get(0).maximumQos())
                .isEqualTo(Qos.EXACTLY_ONCE);
    }

    /** A panel of a big house. With work for each stream that grows with the others' number squared this takes minutes. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void keeps_up_with_thousands_of_streams_at_a_server_without_subscription_identifiers() {
        int streams = 3_000;
        FakeConnection connection = connect(false);
        List<MessageFlow<ApplicationMessage>> flows = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            flows.add(flow("alicia/devices/" + i + "/status"));
            subscriptions.add(flows.get(i));
        }
        TestObserver<Void> settled = subscriptions.settled().test();
        connection.subscribed.forEach(FakeConnection.Subscribed::grant);
        settled.assertComplete();
        lose(connection);

        FakeConnection next = connect(false);
        next.subscribed.forEach(FakeConnection.Subscribed::grant);
        subscriptions.settled().test().assertComplete();
        assertThat(sent(next)).hasSize(streams / 50);

        MessageFlow<ApplicationMessage> wide = flow("alicia/devices/+/status");
        subscriptions.add(wide);
        next.subscribed.get(streams / 50).grant();
        assertThat(next.unsubscribed.get(0).filters()).hasSize(streams);
        next.unsubscribed.get(0).codes().onSuccess(Collections.nCopies(streams, ReasonCode.SUCCESS));
        subscriptions.remove(wide);
        next.subscribed.forEach(packet -> {
            if (!packet.codes().hasValue()) {
                packet.grant();
            }
        });
        next.unsubscribed.get(1).codes().onSuccess(List.of(ReasonCode.SUCCESS));

        flows.forEach(subscriptions::remove);
        assertThat(next.unsubscribed).hasSize(2 + streams);
    }

    @Test
    void streams_that_come_while_a_subscription_is_under_way_share_the_next_one() {
        FakeConnection connection = connect(false);
        subscriptions.add(flow("a/+"));
        for (int i = 0; i < 5; i++) {
            subscriptions.add(flow("a/" + i));
        }
        assertThat(sent(connection)).containsExactly(List.of("a/+"));
        TestObserver<Void> settled = subscriptions.settled().test();

        connection.subscribed.get(0).grant();
        assertThat(sent(connection)).containsExactly(List.of("a/+"), List.of("a/+"));
        settled.assertNotComplete();
        connection.subscribed.get(1).grant();

        assertThat(connection.subscribed).hasSize(2);
        settled.assertComplete();
    }

    @Test
    void a_stream_that_came_while_a_subscription_was_under_way_asks_for_its_own_qos() {
        FakeConnection connection = connect(false);
        subscriptions.add(flow("a/+"));
        subscriptions.add(new MessageFlow<>(
                new StreamOptions(TopicFilter.of("a/b"), Qos.EXACTLY_ONCE, false),
                (message, taken) -> message,
                new TestSubscriber<ApplicationMessage>(),
                Schedulers.trampoline().createWorker(),
                flow -> {}));

        connection.subscribed.get(0).grant();

        assertThat(connection.subscribed.get(1).subscriptions().get(0).maximumQos())
                .isEqualTo(Qos.EXACTLY_ONCE);
    }

    /** What a stream allocates on its way says how much it looks at; wall clocks say what else the machine does. */
    @ParameterizedTest
    @EnumSource
    void costs_as_much_for_the_last_of_many_streams_as_for_the_first(Habit habit) {
        allocatedBytes(habit, 200); // what is allocated once
        long few = allocatedBytes(habit, 1_000);
        long many = allocatedBytes(habit, 4_000);

        assertThat(many / (double) few)
                .as("%s bytes for 4,000 streams, %s for 1,000", many, few)
                .isLessThan(6);
    }

    /** How streams come. */
    private enum Habit {
        AWAITING_EACH,
        AWAITING_EACH_AT_A_SERVER_WITH_IDENTIFIERS,
        ALL_AT_ONCE,
        BELOW_A_WIDE_ONE
    }

    private static long allocatedBytes(Habit habit, int streams) {
        return new SubscriptionsScene() {
            long subscribe() {
                FakeConnection connection = connect(false, habit == Habit.AWAITING_EACH_AT_A_SERVER_WITH_IDENTIFIERS);
                Deque<FakeConnection.Subscribed> open = new ArrayDeque<>();
                connection.whenSubscribed = open::add;
                if (habit == Habit.BELOW_A_WIDE_ONE) {
                    subscriptions.add(flow("alicia/devices/+/status"));
                }
                long before = allocatedByThisThread();
                for (int i = 0; i < streams; i++) {
                    subscriptions.add(flow("alicia/devices/" + i + "/status"));
                    if (habit != Habit.ALL_AT_ONCE) {
                        TestObserver<Void> settled = subscriptions.settled().test();
                        while (!open.isEmpty()) {
                            open.remove().grant();
                        }
                        settled.assertComplete();
                    }
                }
                TestObserver<Void> settled = subscriptions.settled().test();
                while (!open.isEmpty()) {
                    open.remove().grant();
                }
                settled.assertComplete();
                return allocatedByThisThread() - before;
            }
        }.subscribe();
    }

    private static long allocatedByThisThread() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
