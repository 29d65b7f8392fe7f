package io.alicia.mqtt.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of a session's messages waits, is dropped or handed on instead of being sent. */
class OutboxLimitsTest extends OutboxScene {

    @Test
    void drops_what_its_client_may_no_longer_receive_when_its_turn_comes() {
        Outbox outbox = attached(2);
        outbox.offer(outgoing("sent", Qos.AT_LEAST_ONCE));
        outbox.offer(outgoing("released", Qos.EXACTLY_ONCE));
        offer(outbox, Qos.AT_LEAST_ONCE, "waiting", "fine");
        outbox.answers().received(2, ReasonCode.SUCCESS);
        outbox.detach();
        wire.take();

        forbidden.addAll(List.of("sent", "released", "waiting"));
        outbox.attach(wire);

        assertThat(wire.take()).containsExactly("PUBREL 2", "PUBLISH 4 fine");
        assertThat(dropped).containsExactly("sent RECEIVE_DENIED", "waiting RECEIVE_DENIED");
    }

    @Test
    void numbers_messages_as_if_those_that_expired_while_they_waited_had_been_sent() {
        Outbox outbox = outbox(10, Long.MAX_VALUE, 10);
        outbox.offer(expired("late"));
        outbox.offer(outgoing("fine", Qos.AT_LEAST_ONCE));

        outbox.attach(wire);

        assertThat(wire.take()).containsExactly("PUBLISH 2 fine");
        assertThat(dropped).containsExactly("late EXPIRED");
    }

    @Test
    void gives_back_what_it_took_of_the_budget_however_a_message_ends() {
        budget = new MessageBudget(Long.MAX_VALUE);
        Outbox outbox = outbox(2, Long.MAX_VALUE, 10);
        outbox.offer(expired("late"));
        offer(outbox, Qos.AT_LEAST_ONCE, "secret", "huge", "a", "b", "c");
        assertThat(budget.heldBytes()).isGreaterThan(6 * 256);
        forbidden.add("secret");

        outbox.attach(wire);
        outbox.answers().acknowledged(4);
        outbox.clear();

        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void drops_what_the_budget_of_all_sessions_does_not_allow_until_something_is_acknowledged() {
        budget = new MessageBudget(2 * 300);
        Outbox outbox = attached(10);
        offer(outbox, Qos.AT_LEAST_ONCE, "a", "b", "c");
        assertThat(wire.take()).containsExactly("PUBLISH 1 a", "PUBLISH 2 b");
        assertThat(dropped).containsExactly("c QUEUE_FULL");

        outbox.answers().acknowledged(1);
        outbox.offer(outgoing("d", Qos.AT_LEAST_ONCE));

        assertThat(wire.take()).containsExactly("PUBLISH 3 d");
    }

    @Test
    void lets_one_message_through_a_window_of_bytes_that_it_exceeds() {
        Outbox outbox = outbox(10, 1, 10);
        outbox.attach(wire);
        offer(outbox, Qos.AT_LEAST_ONCE, "a", "b");

        assertThat(wire.take()).containsExactly("PUBLISH 1 a");
        outbox.answers().acknowledged(1);
        assertThat(wire.take()).containsExactly("PUBLISH 2 b");
    }

    @Test
    void waits_while_the_network_takes_nothing() {
        Outbox outbox = attached(10);
        wire.writable = false;
        outbox.offer(outgoing("a", Qos.AT_LEAST_ONCE));
        assertThat(wire.take()).isEmpty();

        wire.writable = true;
        outbox.pump();
        assertThat(wire.take()).containsExactly("PUBLISH 1 a");
    }

    @Test
    void drops_qos_0_where_the_client_does_not_read_and_what_it_cannot_take() {
        Outbox outbox = outbox(10, Long.MAX_VALUE, 1);
        outbox.attach(wire);
        wire.congested = true;
        outbox.offer(outgoing("slow", Qos.AT_MOST_ONCE));
        outbox.offer(outgoing("huge", Qos.AT_LEAST_ONCE));
        wire.writable = false;
        offer(outbox, Qos.AT_LEAST_ONCE, "first", "second");

        assertThat(dropped)
                .containsExactly(
                        "slow " + DropCause.SLOW_SUBSCRIBER,
                        "huge " + DropCause.PACKET_TOO_LARGE,
                        "second " + DropCause.QUEUE_FULL);
    }

    @Test
    void hands_on_what_another_member_may_have() {
        TopicFilter shared = TopicFilter.of("$share/g/t");
        Outbox outbox = attached(2);
        outbox.offer(outgoing("in flight 1", Qos.AT_LEAST_ONCE, shared));
        outbox.offer(outgoing("in flight 2", Qos.EXACTLY_ONCE, shared));
        outbox.offer(outgoing("waits 2", Qos.EXACTLY_ONCE, shared));
        outbox.offer(outgoing("not shared", Qos.AT_LEAST_ONCE));
        outbox.offer(outgoing("refused", Qos.AT_LEAST_ONCE, shared));
        outbox.detach();

        List<String> handedOn = new ArrayList<>();
        outbox.handOnShared(outgoing -> {
            String payload = text(outgoing.message);
            return !payload.equals("refused") && handedOn.add(payload);
        });

        assertThat(handedOn).containsExactly("in flight 1", "waits 2");
        assertThat(outbox.size()).isEqualTo(3);
    }
}
