package io.alicia.mqtt.broker.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.protocol.Will;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What waits to be written weighs at least what it holds: by that the store says that it is behind. */
class ChangeTest {

    private static final int BYTES = 60_000;
    private static final String LONG = "x".repeat(BYTES);

    private static PublishProperties properties(String content) {
        return PublishProperties.builder()
                .addUserProperties(new UserProperty("k", content))
                .build();
    }

    private static Change session(String clientIdentifier, @Nullable String account, @Nullable Will will) {
        return new Change.SessionPut(new StoredSession(1, clientIdentifier, account, "", 60, 0, 0, will));
    }

    private static Change will(String topic, BinaryData payload, PublishProperties properties) {
        return session("c", null, new Will(TopicName.of(topic), payload, Qos.AT_LEAST_ONCE, false, 0, properties));
    }

    private static Change outgoing(String topic, PublishProperties properties, BinaryData payload) {
        StoredMessage message = new StoredMessage(
                TopicName.of(topic), payload, Qos.AT_LEAST_ONCE, false, properties, 0, null, null, null);
        return new Change.OutgoingPut(
                1,
                new StoredOutgoing(
                        1, 1, message, Qos.AT_LEAST_ONCE, false, List.of(), null, StoredOutgoing.Stage.WAITING, 0, 0));
    }

    static Stream<Change> large() {
        BinaryData payload = BinaryData.ofUtf8(LONG);
        return Stream.of(
                session(LONG, null, null),
                session("c", LONG, null),
                will(LONG, BinaryData.EMPTY, PublishProperties.NONE),
                will("w", payload, PublishProperties.NONE),
                will("w", BinaryData.EMPTY, properties(LONG)),
                new Change.Retained(TopicName.of(LONG), () -> null),
                new Change.Subscribed(
                        1, new StoredSubscription(TopicFilter.of(LONG), Qos.AT_LEAST_ONCE, false, false, 0, 0)),
                new Change.RetainedOffered(
                        1, new StoredSubscription(TopicFilter.of(LONG), Qos.AT_LEAST_ONCE, false, false, 0, 0)),
                new Change.Unsubscribed(1, TopicFilter.of(LONG)),
                outgoing(LONG, PublishProperties.NONE, BinaryData.EMPTY),
                outgoing("t", properties(LONG), BinaryData.EMPTY),
                outgoing("t", PublishProperties.NONE, payload));
    }

    @ParameterizedTest
    @MethodSource("large")
    void weighs_what_is_long_in_it(Change change) {
        assertThat(change.weightBytes()).isBetween((long) BYTES, BYTES + 1_000L);
    }
}
