package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.SubscriptionRefusedException;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.Connack;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.SessionEndedException;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SubscriptionsTest {

    private final Dispatcher dispatcher = new Dispatcher(16, new ClientCounts());
    private final Subscriptions subscriptions = new Subscriptions(new Lane(), dispatcher);

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
    void subscribes_anew_after_the_server_forgot_the_session_and_not_before() {
        subscriptions.add(flow("a"));
        connect(false).subscribed.get(0).grant();
        subscriptions.disconnected();

        FakeConnection resumed = connect(true);
        assertThat(resumed.subscribed).isEmpty();
        subscriptions.disconnected();

        assertThat(sent(connect(false))).containsExactly(List.of("a"));
    }

    @Test
    void subscribes_in_a_session_from_an_earlier_life() {
        subscriptions.add(flow("a"));

        assertThat(sent(connect(true))).containsExactly(List.of("a"));
    }

    @Test
    void subscribes_again_if_the_acknowledgement_was_lost_with_the_connection() {
        subscriptions.add(flow("a"));
        connect(false);
        subscriptions.disconnected();

        assertThat(sent(connect(true))).containsExactly(List.of("a"));
    }

    @Test
    void takes_back_after_a_reconnect_what_was_given_up_meanwhile() {
        MessageFlow<ApplicationMessage> flow = flow("a");
        subscriptions.add(flow);
        connect(false).subscribed.get(0).grant();
        subscriptions.disconnected();
        subscriptions.remove(flow);

        FakeConnection resumed = connect(true);

        assertThat(resumed.unsubscribed.get(0).filters()).containsExactly(TopicFilter.of("a"));
    }

    @Test
    void subscribes_again_to_what_the_server_may_have_given_up_when_the_connection_went() {
        MessageFlow<ApplicationMessage> first = flow("a");
        subscriptions.add(first);
        FakeConnection lost = connect(false);
        lost.subscribed.get(0).grant();
        subscriptions.remove(first);
        lose(lost);
        subscriptions.add(flow("a"));

        FakeConnection resumed = connect(true);

        TestObserver<Void> settled = subscriptions.settled().test();
        assertThat(sent(resumed)).containsExactly(List.of("a"));
        settled.assertNotComplete();
        resumed.subscribed.get(0).grant();
        settled.assertComplete();
        assertThat(resumed.unsubscribed).isEmpty();
    }

    @Test
    void subscribes_again_to_a_narrow_filter_that_was_being_given_up_for_a_wide_one() {
        subscriptions.add(flow("a/b"));
        FakeConnection lost = connect(false);
        lost.subscribed.get(0).grant();
        MessageFlow<ApplicationMessage> wide = flow("a/+");
        subscriptions.add(wide);
        lost.subscribed.get(1).grant();
        lose(lost);
        subscriptions.remove(wide);

        FakeConnection resumed = connect(true);

        assertThat(sent(resumed)).containsExactly(List.of("a/b"));
    }

    @Test
    void takes_back_what_the_server_may_still_have_since_the_connection_went() {
        MessageFlow<ApplicationMessage> flow = flow("a");
        subscriptions.add(flow);
        FakeConnection lost = connect(false);
        subscriptions.remove(flow);
        lose(lost);

        FakeConnection resumed = connect(true);

        assertThat(resumed.unsubscribed.get(0).filters()).containsExactly(TopicFilter.of("a"));
    }

    @Test
    void asks_after_a_reconnect_for_what_a_stream_is_due_that_came_meanwhile() {
        subscriptions.add(flow("a/+"));
        FakeConnection lost = connect(false);
        lost.subscribed.get(0).grant();
        lose(lost);
        subscriptions.add(flow("a/b"));

        FakeConnection resumed = connect(true);
        TestObserver<Void> settled = subscriptions.settled().test();
        assertThat(sent(resumed)).containsExactly(List.of("a/+"));
        settled.assertNotComplete();
        resumed.subscribed.get(0).grant();
        settled.assertComplete();

        lose(resumed);
        assertThat(connect(true).subscribed).isEmpty();
    }

    @Test
    void asks_again_for_what_a_stream_is_due_whose_acknowledgement_was_lost() {
        subscriptions.add(flow("a/+"));
        FakeConnection lost = connect(false);
        lost.subscribed.get(0).grant();
        subscriptions.add(flow("a/b"));
        lose(lost);

        assertThat(sent(connect(true))).containsExactly(List.of("a/+"));
    }

    private void lose(FakeConnection connection) {
        subscriptions.disconnected();
        SessionEndedException lost = new SessionEndedException("cable pulled", true, null);
        connection.subscribed.stream()
                .filter(packet -> !packet.codes().hasValue())
                .forEach(packet -> packet.codes().onError(lost));
        connection.unsubscribed.stream()
                .filter(packet -> !packet.codes().hasValue())
                .forEach(packet -> packet.codes().onError(lost));
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

    private void arrives(String topic) {
        arrives(topic, List.of());
    }

    private void arrives(String topic, List<Integer> identifiers) {
        ApplicationMessage message =
                ApplicationMessage.builder().topic(TopicName.of(topic)).build();
        dispatcher.onNext(new Delivery() {
            @Override
            public ApplicationMessage message() {
                return message;
            }

            @Override
            public List<Integer> subscriptionIdentifiers() {
                return identifiers;
            }

            @Override
            public void acknowledge() {
                // Nobody waits for it.
            }
        });
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

    @Test
    void is_settled_again_only_when_a_server_that_forgot_the_session_has_the_subscriptions_again() {
        subscriptions.add(flow("a/b"));
        connect(false).subscribed.get(0).grant();
        subscriptions.settled().test().assertComplete();
        subscriptions.disconnected();

        FakeConnection next = connect(false);

        TestObserver<Void> settled = subscriptions.settled().test();
        settled.assertNotComplete();
        next.subscribed.get(0).grant();
        settled.assertComplete();
    }

    @Test
    void is_settled_with_the_connection_whose_server_kept_the_session() {
        subscriptions.add(flow("a/b"));
        connect(false).subscribed.get(0).grant();
        subscriptions.disconnected();
        TestObserver<Void> settled = subscriptions.settled().test();
        settled.assertNotComplete();

        connect(true);

        settled.assertComplete();
    }

    @Test
    void is_never_settled_when_it_is_closed_or_refused() {
        subscriptions.add(flow("a/b"));
        TestObserver<Void> refused = subscriptions.settled().test();
        connect(false).subscribed.get(0).codes().onSuccess(List.of(ReasonCode.NOT_AUTHORIZED));
        subscriptions.add(flow("a/c"));
        TestObserver<Void> closed = subscriptions.settled().test();
        subscriptions.close();

        refused.assertError(SubscriptionRefusedException.class);
        closed.assertError(IllegalStateException.class);
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

    private FakeConnection connect(boolean sessionPresent) {
        return connect(sessionPresent, false);
    }

    private FakeConnection connectWithIdentifiers() {
        return connect(false, true);
    }

    private FakeConnection connect(boolean sessionPresent, boolean identifiersAvailable) {
        FakeConnection connection = new FakeConnection(Connack.builder()
                .sessionPresent(sessionPresent)
                .subscriptionIdentifiersAvailable(identifiersAvailable)
                .clientIdentifier("fake")
                .sessionExpiryInterval(Duration.ZERO)
                .keepAlive(Duration.ZERO)
                .build());
        subscriptions.connected(connection);
        return connection;
    }

    private static List<List<String>> sent(FakeConnection connection) {
        return connection.subscribed.stream()
                .map(packet -> packet.subscriptions().stream()
                        .map(subscription -> subscription.topicFilter().value())
                        .toList())
                .toList();
    }

    private static MessageFlow<ApplicationMessage> flow(String filter) {
        return flow(filter, new TestSubscriber<>());
    }

    private static MessageFlow<ApplicationMessage> flow(String filter, TestSubscriber<ApplicationMessage> reader) {
        return flow(List.of(filter), reader);
    }

    private static MessageFlow<ApplicationMessage> flow(
            List<String> filters, TestSubscriber<ApplicationMessage> reader) {
        MessageFlow<ApplicationMessage> flow = new MessageFlow<>(
                new StreamOptions(filters.stream().map(TopicFilter::of).toList(), Qos.AT_LEAST_ONCE, false),
                (message, taken) -> message,
                reader,
                Schedulers.trampoline().createWorker(),
                cancelled -> {});
        reader.onSubscribe(flow);
        return flow;
    }
}
