package io.alicia.mqtt.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a session has to send, through answers, reconnects and take-overs. */
class OutboxTest extends OutboxScene {

    /**
     * The states of one delivery against the events that can meet it: what was done before, the event, what is sent, and
     * what is sent when the client comes back.
     */
    static Stream<Arguments> states_and_events() {
        Consumer<Outbox> puback = outbox -> outbox.answers().acknowledged(1);
        Consumer<Outbox> pubrec = outbox -> outbox.answers().received(1, ReasonCode.SUCCESS);
        Consumer<Outbox> pubrecNobody = outbox -> outbox.answers().received(1, ReasonCode.NO_MATCHING_SUBSCRIBERS);
        Consumer<Outbox> pubrecRefused = outbox -> outbox.answers().received(1, ReasonCode.QUOTA_EXCEEDED);
        Consumer<Outbox> pubcomp = outbox -> outbox.answers().completed(1);
        Consumer<Outbox> nothing = outbox -> {};
        List<String> none = List.of();
        List<String> again = List.of("PUBLISH 1 a again");
        List<String> release = List.of("PUBREL 1");
        List<String> unknown = List.of("PUBREL 1");
        return Stream.of(
                row("QoS 1 published", Qos.AT_LEAST_ONCE, nothing, "nothing", nothing, none, again),
                row("QoS 1 published", Qos.AT_LEAST_ONCE, nothing, "PUBACK", puback, none, none),
                row("QoS 1 published", Qos.AT_LEAST_ONCE, nothing, "PUBREC", pubrec, none, again),
                row("QoS 1 published", Qos.AT_LEAST_ONCE, nothing, "PUBCOMP", pubcomp, none, again),
                row("QoS 1 acknowledged", Qos.AT_LEAST_ONCE, puback, "PUBACK", puback, none, none),
                row("QoS 1 acknowledged", Qos.AT_LEAST_ONCE, puback, "PUBREC", pubrec, unknown, none),
                row("QoS 2 published", Qos.EXACTLY_ONCE, nothing, "nothing", nothing, none, again),
                row("QoS 2 published", Qos.EXACTLY_ONCE, nothing, "PUBREC", pubrec, release, release),
                row("QoS 2 published", Qos.EXACTLY_ONCE, nothing, "PUBREC 0x10", pubrecNobody, release, release),
                row("QoS 2 published", Qos.EXACTLY_ONCE, nothing, "PUBREC 0x97", pubrecRefused, none, none),
                row("QoS 2 published", Qos.EXACTLY_ONCE, nothing, "PUBACK", puback, none, again),
                row("QoS 2 published", Qos.EXACTLY_ONCE, nothing, "PUBCOMP", pubcomp, none, again),
                row("QoS 2 released", Qos.EXACTLY_ONCE, pubrec, "PUBREC", pubrec, release, release),
                row("QoS 2 released", Qos.EXACTLY_ONCE, pubrec, "PUBCOMP", pubcomp, none, none),
                row("QoS 2 completed", Qos.EXACTLY_ONCE, pubrec.andThen(pubcomp), "PUBREC", pubrec, unknown, none),
                row("QoS 2 completed", Qos.EXACTLY_ONCE, pubrec.andThen(pubcomp), "PUBCOMP", pubcomp, none, none));
    }

    private static Arguments row(
            String state,
            Qos qos,
            Consumer<Outbox> before,
            String event,
            Consumer<Outbox> happens,
            List<String> sent,
            List<String> sentAtReturn) {
        return Arguments.of(state, event, qos, before, happens, sent, sentAtReturn);
    }

    @ParameterizedTest(name = "{0}, {1}: {5}, then {6}")
    @MethodSource("states_and_events")
    void answers_each_event_in_each_state(
            String state,
            String event,
            Qos qos,
            Consumer<Outbox> before,
            Consumer<Outbox> happens,
            List<String> sent,
            List<String> sentAtReturn) {
        Outbox outbox = attached(10);
        outbox.offer(outgoing("a", qos));
        before.accept(outbox);
        wire.take();

        happens.accept(outbox);
        assertThat(wire.take()).as("%s, %s", state, event).isEqualTo(sent);

        outbox.detach();
        outbox.attach(wire);
        assertThat(wire.take()).as("%s, %s, reconnect", state, event).isEqualTo(sentAtReturn);
    }

    @Test
    void sends_qos_0_messages_that_were_kept_for_the_client_before_later_ones() {
        Outbox outbox = outbox(1, Long.MAX_VALUE, 10);
        outbox.keepQos0Messages(true);
        offer(outbox, Qos.AT_LEAST_ONCE, "a", "b");
        outbox.offer(outgoing("kept", Qos.AT_MOST_ONCE));
        outbox.attach(wire);
        outbox.offer(outgoing("later", Qos.AT_MOST_ONCE));
        assertThat(wire.take()).containsExactly("PUBLISH 1 a");

        outbox.answers().acknowledged(1);
        assertThat(wire.take()).containsExactly("PUBLISH 2 b", "PUBLISH 0 kept", "PUBLISH 0 later");
        outbox.offer(outgoing("at once", Qos.AT_MOST_ONCE));

        assertThat(wire.take()).containsExactly("PUBLISH 0 at once");
    }

    @Test
    void tells_who_acknowledges_with_the_wrong_packet() {
        Outbox outbox = attached(10);
        outbox.offer(outgoing("a", Qos.AT_LEAST_ONCE));
        outbox.offer(outgoing("b", Qos.EXACTLY_ONCE));

        assertThat(outbox.answers().received(1, ReasonCode.SUCCESS)).isFalse();
        assertThat(outbox.answers().acknowledged(2)).isFalse();
        assertThat(outbox.answers().acknowledged(77)).isTrue();
    }

    @Test
    void resends_within_a_smaller_window_after_a_reconnect() {
        Outbox outbox = attached(10);
        offer(outbox, Qos.AT_LEAST_ONCE, "a", "b", "c");
        outbox.detach();
        wire.take();

        wire.receiveMaximum = OptionalInt.of(1);
        outbox.attach(wire);
        outbox.offer(outgoing("d", Qos.AT_LEAST_ONCE));
        assertThat(wire.take()).containsExactly("PUBLISH 1 a again");
        outbox.answers().acknowledged(1);
        outbox.answers().acknowledged(2);
        assertThat(wire.take()).containsExactly("PUBLISH 2 b again", "PUBLISH 3 c again");
        outbox.answers().acknowledged(3);
        assertThat(wire.take()).containsExactly("PUBLISH 4 d");
    }

    @Test
    void sends_every_message_in_order_and_never_exceeds_the_window_whatever_the_client_does() {
        for (long seed = 1; seed <= 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Notes notes = new Notes();
            int window = random.nextInt(1, 6);
            notes.receiveMaximum = OptionalInt.of(window);
            Outbox outbox = outbox(random.nextInt(1, 6), Long.MAX_VALUE, 1000);
            outbox.attach(notes);
            List<Integer> unacknowledged = new ArrayList<>();
            List<String> firstSent = new ArrayList<>();
            int offered = 0;

            for (int step = 0; step < 300 || !unacknowledged.isEmpty(); step++) {
                int choice = step < 300 ? random.nextInt(10) : 5;
                if (choice < 4) {
                    outbox.offer(outgoing(String.valueOf(offered++), Qos.AT_LEAST_ONCE));
                } else if (choice < 9 && !unacknowledged.isEmpty()) {
                    outbox.answers().acknowledged(unacknowledged.remove(random.nextInt(unacknowledged.size())));
                } else if (choice == 9) {
                    outbox.detach();
                    unacknowledged.clear();
                    outbox.attach(notes);
                }
                for (String sent : notes.take()) {
                    String[] words = sent.split(" ", -1);
                    unacknowledged.add(Integer.valueOf(words[1]));
                    if (words.length == 3) {
                        firstSent.add(words[2]);
                    }
                }
                assertThat(unacknowledged.size())
                        .as("seed %d step %d", seed, step)
                        .isLessThanOrEqualTo(window);
            }

            List<String> expected = new ArrayList<>();
            for (int i = 0; i < offered; i++) {
                expected.add(String.valueOf(i));
            }
            assertThat(firstSent).as("seed %d", seed).isEqualTo(expected);
            assertThat(outbox.size()).as("seed %d", seed).isZero();
        }
    }

    @Test
    void a_wire_that_keeps_what_it_has_is_not_given_it_again_but_what_it_gave_back() {
        wire.keepsWhatItHas = true;
        Outbox outbox = outbox(3, Long.MAX_VALUE, 10);
        Outgoing first = outgoing("a", Qos.EXACTLY_ONCE);
        Outgoing second = outgoing("b", Qos.AT_LEAST_ONCE);
        Outgoing third = outgoing("c", Qos.AT_LEAST_ONCE);
        outbox.attach(wire);
        List.of(first, second, third).forEach(outbox::offer);
        outbox.offer(outgoing("d", Qos.AT_LEAST_ONCE));
        assertThat(wire.take()).containsExactly("PUBLISH 1 a", "PUBLISH 2 b", "PUBLISH 3 c");

        outbox.detach();
        outbox.returned(second);
        outbox.attach(wire);
        assertThat(wire.take()).containsExactly("PUBLISH 2 b again");

        outbox.returned(first);
        assertThat(wire.take()).containsExactly("PUBLISH 1 a again");

        outbox.reported(third);
        assertThat(wire.take()).containsExactly("PUBLISH 4 d");
    }

    @Test
    void a_report_on_a_message_that_was_forgotten_changes_nothing() {
        wire.keepsWhatItHas = true;
        Outbox outbox = outbox(3, Long.MAX_VALUE, 10);
        Outgoing forgotten = outgoing("a", Qos.AT_LEAST_ONCE);
        outbox.attach(wire);
        outbox.offer(forgotten);
        outbox.clear();
        outbox.offer(outgoing("b", Qos.AT_LEAST_ONCE));
        wire.take();

        outbox.reported(forgotten);
        outbox.returned(forgotten);

        assertThat(wire.take()).isEmpty();
        assertThat(outbox.size()).isEqualTo(1);
    }

    @Test
    void a_network_client_that_takes_the_session_over_is_sent_what_another_wire_kept() {
        wire.keepsWhatItHas = true;
        Outbox outbox = attached(3);
        outbox.offer(outgoing("a", Qos.AT_LEAST_ONCE));
        outbox.detach();
        wire.take();

        wire.keepsWhatItHas = false;
        outbox.attach(wire);

        assertThat(wire.take()).containsExactly("PUBLISH 1 a again");
    }
}
