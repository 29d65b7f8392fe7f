package io.alicia.mqtt.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.protocol.Packet;
import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.protocol.Pubrel;
import io.alicia.mqtt.broker.store.MemoryStore;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OutboxTest {

    private static final InstantSource CLOCK = () -> Instant.parse("2026-01-01T00:00:00Z");

    /** Notes what is sent: {@code PUBLISH 1 a}, {@code PUBLISH 1 a again}, {@code PUBREL 1}. */
    private static final class Notes implements Wire {

        private final List<String> sent = new ArrayList<>();
        private OptionalInt receiveMaximum = OptionalInt.empty();
        private boolean writable = true;
        private boolean congested;
        private boolean keepsWhatItHas;

        @Override
        public OptionalInt receiveMaximum() {
            return receiveMaximum;
        }

        @Override
        public boolean isWritable() {
            return writable;
        }

        @Override
        public boolean isCongested() {
            return congested;
        }

        @Override
        public boolean keepsWhatItHas() {
            return keepsWhatItHas;
        }

        @Override
        public boolean publish(Outgoing outgoing, boolean dup) {
            outgoing.handedOver = keepsWhatItHas;
            String payload = new String(outgoing.message.payload(), StandardCharsets.UTF_8);
            if (payload.equals("huge")) {
                return false;
            }
            sent.add("PUBLISH " + outgoing.packetIdentifier + " " + payload + (dup ? " again" : ""));
            return true;
        }

        @Override
        public void write(Packet packet) {
            Pubrel pubrel = (Pubrel) packet;
            boolean found = pubrel.reasonCode() == ReasonCode.SUCCESS;
            sent.add("PUBREL " + pubrel.packetIdentifier() + (found ? "" : " not found"));
        }

        List<String> take() {
            List<String> taken = List.copyOf(sent);
            sent.clear();
            return taken;
        }
    }

    private final List<String> dropped = new ArrayList<>();
    private final Set<String> forbidden = new HashSet<>();
    private final Notes wire = new Notes();
    private final SessionJournal journal = new SessionJournal(new Journal(new MemoryStore()), Runnable::run);

    private MessageBudget budget = new MessageBudget(Long.MAX_VALUE);

    private Outbox outbox(int maxInflight, long maxInflightBytes, int maxQueued) {
        SessionSettings settings = new SessionSettings(
                false,
                true,
                maxInflight,
                maxInflightBytes,
                maxQueued,
                Long.MAX_VALUE,
                2_000_000,
                2_000_000,
                0,
                1000,
                false,
                true,
                false,
                1000,
                200,
                100,
                new Quotas(1, 1, 1, 1, 1, 1, 1, 1, 1),
                1000);
        return new Outbox(
                () -> settings,
                CLOCK,
                message -> !forbidden.contains(text(message)),
                (message, cause) -> dropped.add(text(message) + " " + cause),
                journal,
                budget);
    }

    private static String text(Message message) {
        return new String(message.payload(), StandardCharsets.UTF_8);
    }

    private static Outgoing outgoing(String payload, Qos qos) {
        return outgoing(payload, qos, null);
    }

    /** A QoS 1 message that expired a second ago. */
    private static Outgoing expired(String payload) {
        Message message = new Message(
                TopicName.of("t"),
                payload.getBytes(StandardCharsets.UTF_8),
                Qos.AT_LEAST_ONCE,
                false,
                PublishProperties.builder().messageExpiryIntervalSeconds(1L).build(),
                CLOCK.millis() - Duration.ofSeconds(2).toMillis(),
                "p",
                null,
                null);
        return new Outgoing(message, Qos.AT_LEAST_ONCE, false, List.of(), null);
    }

    private static Outgoing outgoing(String payload, Qos qos, @Nullable TopicFilter shared) {
        Message message = new Message(
                TopicName.of("t"),
                payload.getBytes(StandardCharsets.UTF_8),
                qos,
                false,
                PublishProperties.NONE,
                0,
                "p",
                null,
                null);
        return new Outgoing(message, qos, false, List.of(), shared);
    }

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
        Outbox outbox = outbox(10, Long.MAX_VALUE, 10);
        outbox.attach(wire);
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
    void drops_what_its_client_may_no_longer_receive_when_its_turn_comes() {
        Outbox outbox = outbox(2, Long.MAX_VALUE, 10);
        outbox.attach(wire);
        outbox.offer(outgoing("sent", Qos.AT_LEAST_ONCE));
        outbox.offer(outgoing("released", Qos.EXACTLY_ONCE));
        outbox.offer(outgoing("waiting", Qos.AT_LEAST_ONCE));
        outbox.offer(outgoing("fine", Qos.AT_LEAST_ONCE));
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
        outbox.offer(outgoing("secret", Qos.AT_LEAST_ONCE));
        outbox.offer(outgoing("huge", Qos.AT_LEAST_ONCE));
        for (String payload : List.of("a", "b", "c")) {
            outbox.offer(outgoing(payload, Qos.AT_LEAST_ONCE));
        }
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
        Outbox outbox = outbox(10, Long.MAX_VALUE, 10);
        outbox.attach(wire);
        for (String payload : List.of("a", "b", "c")) {
            outbox.offer(outgoing(payload, Qos.AT_LEAST_ONCE));
        }
        assertThat(wire.take()).containsExactly("PUBLISH 1 a", "PUBLISH 2 b");
        assertThat(dropped).containsExactly("c QUEUE_FULL");

        outbox.answers().acknowledged(1);
        outbox.offer(outgoing("d", Qos.AT_LEAST_ONCE));

        assertThat(wire.take()).containsExactly("PUBLISH 3 d");
    }

    @Test
    void sends_qos_0_messages_that_were_kept_for_the_client_before_later_ones() {
        Outbox outbox = outbox(1, Long.MAX_VALUE, 10);
        outbox.keepQos0Messages(true);
        outbox.offer(outgoing("a", Qos.AT_LEAST_ONCE));
        outbox.offer(outgoing("b", Qos.AT_LEAST_ONCE));
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
        Outbox outbox = outbox(10, Long.MAX_VALUE, 10);
        outbox.attach(wire);
        outbox.offer(outgoing("a", Qos.AT_LEAST_ONCE));
        outbox.offer(outgoing("b", Qos.EXACTLY_ONCE));

        assertThat(outbox.answers().received(1, ReasonCode.SUCCESS)).isFalse();
        assertThat(outbox.answers().acknowledged(2)).isFalse();
        assertThat(outbox.answers().acknowledged(77)).isTrue();
    }

    @Test
    void lets_one_message_through_a_window_of_bytes_that_it_exceeds() {
        Outbox outbox = outbox(10, 1, 10);
        outbox.attach(wire);
        outbox.offer(outgoing("a", Qos.AT_LEAST_ONCE));
        outbox.offer(outgoing("b", Qos.AT_LEAST_ONCE));

        assertThat(wire.take()).containsExactly("PUBLISH 1 a");
        outbox.answers().acknowledged(1);
        assertThat(wire.take()).containsExactly("PUBLISH 2 b");
    }

    @Test
    void waits_while_the_network_takes_nothing() {
        Outbox outbox = outbox(10, Long.MAX_VALUE, 10);
        outbox.attach(wire);
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
        outbox.offer(outgoing("first", Qos.AT_LEAST_ONCE));
        outbox.offer(outgoing("second", Qos.AT_LEAST_ONCE));

        assertThat(dropped)
                .containsExactly(
                        "slow " + DropCause.SLOW_SUBSCRIBER,
                        "huge " + DropCause.PACKET_TOO_LARGE,
                        "second " + DropCause.QUEUE_FULL);
    }

    @Test
    void resends_within_a_smaller_window_after_a_reconnect() {
        Outbox outbox = outbox(10, Long.MAX_VALUE, 10);
        outbox.attach(wire);
        for (String payload : List.of("a", "b", "c")) {
            outbox.offer(outgoing(payload, Qos.AT_LEAST_ONCE));
        }
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
    void hands_on_what_another_member_may_have() {
        TopicFilter shared = TopicFilter.of("$share/g/t");
        Outbox outbox = outbox(2, Long.MAX_VALUE, 10);
        outbox.attach(wire);
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
        Outbox outbox = outbox(3, Long.MAX_VALUE, 10);
        outbox.attach(wire);
        outbox.offer(outgoing("a", Qos.AT_LEAST_ONCE));
        outbox.detach();
        wire.take();

        wire.keepsWhatItHas = false;
        outbox.attach(wire);

        assertThat(wire.take()).containsExactly("PUBLISH 1 a again");
    }
}
