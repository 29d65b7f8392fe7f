package io.alicia.mqtt.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.topic.TopicName;
import org.junit.jupiter.api.Test;

/** What the topics of aliases weigh, in both directions. */
class AliasesTest {

    private static final TopicName ONE = TopicName.of("1" + "x".repeat(9_999));
    private static final TopicName TWO = TopicName.of("2" + "x".repeat(9_999));
    private static final TopicName THREE = TopicName.of("3" + "x".repeat(9_999));

    /** Room for two of them. */
    private final MessageBudget budget = new MessageBudget(100_000);

    private final IncomingAliases incoming = new IncomingAliases(budget);
    private final OutgoingAliases outgoing = new OutgoingAliases(10, budget);

    @Test
    void of_a_client_take_room_until_the_connection_ends() {
        assertThat(incoming.set(1, ONE)).isTrue();
        assertThat(incoming.set(2, TWO)).isTrue();
        assertThat(incoming.set(3, THREE)).isFalse();
        assertThat(incoming.topicOrNull(3)).isNull();
        assertThat(incoming.set(2, THREE)).isTrue();
        assertThat(incoming.topicOrNull(2)).isEqualTo(THREE);

        incoming.close();

        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void of_the_broker_are_not_made_without_room_and_not_after_the_end() {
        assertThat(outgoing.aliasOf(ONE)).isEqualTo(1);
        assertThat(outgoing.aliasOf(TWO)).isEqualTo(2);
        assertThat(outgoing.aliasOf(THREE)).isZero();
        assertThat(outgoing.aliasOf(TWO)).isEqualTo(2);
        assertThat(outgoing.aliasOf(TopicName.of("short"))).isEqualTo(3);

        outgoing.close();

        assertThat(outgoing.aliasOf(TopicName.of("late"))).isZero();
        assertThat(budget.heldBytes()).isZero();
    }
}
