package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.SubscriptionRefusedException;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicFilter;
import io.reactivex.rxjava3.observers.TestObserver;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of subscriptions when the connection goes and comes back. */
class ResubscriptionTest extends SubscriptionsScene {

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

    @Test
    void brings_a_server_up_to_date_that_kept_the_session_while_another_one_was_connected_to() {
        MessageFlow<ApplicationMessage> stays = flow("x");
        MessageFlow<ApplicationMessage> goes = flow("z");
        subscriptions.add(stays);
        subscriptions.add(goes);
        FakeConnection first = connect(A, false);
        first.subscribed.get(0).grant();
        lose(first);
        FakeConnection second = connect(B, false);
        second.subscribed.get(0).grant();
        subscriptions.add(flow("y"));
        second.subscribed.get(1).grant();
        subscriptions.remove(goes);
        second.unsubscribed.get(0).codes().onSuccess(List.of(ReasonCode.SUCCESS));
        lose(second);

        FakeConnection back = connect(A, true);
        TestObserver<Void> settled = subscriptions.settled().test();

        assertThat(sent(back)).containsExactly(List.of("x", "y"));
        settled.assertNotComplete();
        back.subscribed.get(0).grant();
        assertThat(back.unsubscribed.get(0).filters()).containsExactly(TopicFilter.of("z"));
        back.unsubscribed.get(0).codes().onSuccess(List.of(ReasonCode.SUCCESS));
        settled.assertComplete();
        lose(back);
        assertThat(connect(A, true).subscribed).isEmpty();
    }

    /** One of them has lost the session, or never had it; another one may have it as it was. */
    @Test
    void asks_for_everything_in_a_session_that_may_be_of_another_server_behind_the_same_address() {
        subscriptions.add(flow("x"));
        FakeConnection first = connect(A, false);
        first.subscribed.get(0).grant();
        lose(first);
        FakeConnection second = connect(A, false);
        second.subscribed.get(0).grant();
        subscriptions.add(flow("y"));
        second.subscribed.get(1).grant();
        lose(second);

        assertThat(sent(connect(A, true))).containsExactly(List.of("x", "y"));
    }

    @Test
    void asks_once_for_what_was_to_be_asked_for_again_when_the_connection_went() {
        FakeConnection first = connect(false);
        subscriptions.add(flow("a"));
        subscriptions.add(flow("a"));
        lose(first);

        FakeConnection second = connect(false);
        second.subscribed.get(0).grant();

        assertThat(sent(second)).containsExactly(List.of("a"));
    }

    @Test
    void takes_back_once_more_what_the_server_did_not_take_back() {
        FakeConnection connection = connect(false);
        MessageFlow<ApplicationMessage> gone = flow("a");
        subscriptions.add(gone);
        connection.subscribed.get(0).grant();
        subscriptions.remove(gone);
        connection.unsubscribed.get(0).codes().onSuccess(List.of(ReasonCode.UNSPECIFIED_ERROR));

        subscriptions.add(flow("b"));
        connection.subscribed.get(1).grant();

        assertThat(connection.unsubscribed)
                .extracting(packet -> packet.filters().get(0).value())
                .containsExactly("a", "a");
    }
}
