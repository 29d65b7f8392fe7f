package io.alicia.mqtt.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.store.MemoryStore;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What QoS 2 messages weigh that wait for their release. */
class InboxTest {

    private static final int PAYLOAD = 10_000;

    private final MessageBudget budget = new MessageBudget(25_000);
    private final Inbox inbox = new Inbox(new SessionJournal(new Journal(new MemoryStore()), Runnable::run), budget);

    private static Message message(int payloadBytes) {
        return new Message(
                TopicName.of("t"),
                new byte[payloadBytes],
                Qos.EXACTLY_ONCE,
                false,
                PublishProperties.NONE,
                0,
                null,
                null,
                null);
    }

    private boolean keep(int packetIdentifier, int payloadBytes) {
        Message message = message(payloadBytes);
        return inbox.hasRoomFor(packetIdentifier, message) && inbox.keep(packetIdentifier, message);
    }

    @Test
    void has_room_for_as_many_as_all_sessions_may_hold_and_again_when_they_are_released() {
        assertThat(keep(1, PAYLOAD)).isTrue();
        assertThat(keep(2, PAYLOAD)).isTrue();
        assertThat(budget.heldBytes()).isBetween(2L * PAYLOAD, 25_000L);
        assertThat(keep(3, PAYLOAD)).isFalse();

        inbox.release(1);
        assertThat(keep(3, PAYLOAD)).isTrue();
        inbox.release(2);
        inbox.release(3);
        inbox.release(4);

        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void counts_what_took_the_place_of_another_with_its_identifier_alone() {
        assertThat(keep(1, PAYLOAD)).isTrue();
        assertThat(keep(1, 2 * PAYLOAD)).isTrue();
        assertThat(keep(1, 3 * PAYLOAD)).isFalse();
        assertThat(budget.heldBytes()).isBetween(2L * PAYLOAD, 25_000L);

        assertThat(keep(1, 1)).isTrue();
        assertThat(budget.heldBytes()).isLessThan(PAYLOAD);
    }

    @Test
    void gives_back_what_is_refused_or_ends_with_its_session() {
        keep(1, PAYLOAD);
        inbox.begin();
        inbox.refuse(1);
        inbox.refuse(2);
        assertThat(budget.heldBytes()).isZero();
        assertThat(inbox.contains(1)).isFalse();
        assertThat(inbox.unfinished()).isZero();

        keep(1, PAYLOAD);
        inbox.add(2);
        inbox.restore(List.of(3, 4));
        inbox.clear();
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void counts_identifiers_of_what_has_gone_on() {
        for (int packetIdentifier = 1; inbox.hasRoomFor(packetIdentifier, null); packetIdentifier++) {
            inbox.add(packetIdentifier);
        }

        assertThat(inbox.size()).isBetween(50, 500);
    }
}
