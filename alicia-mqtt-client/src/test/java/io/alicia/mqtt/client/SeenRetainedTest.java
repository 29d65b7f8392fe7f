package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.topic.TopicName;
import org.junit.jupiter.api.Test;

class SeenRetainedTest {

    private final SeenRetained seen = new SeenRetained();

    @Test
    void lets_a_retained_message_through_once() {
        assertThat(seen.accept(message("t", "on", true))).isTrue();
        assertThat(seen.accept(message("t", "on", true))).isFalse();
    }

    @Test
    void lets_a_retained_message_through_that_is_new() {
        assertThat(seen.accept(message("t", "on", true))).isTrue();
        assertThat(seen.accept(message("t", "off", true))).isTrue();
    }

    @Test
    void knows_what_came_live() {
        assertThat(seen.accept(message("t", "on", false))).isTrue();
        assertThat(seen.accept(message("t", "on", true))).isFalse();
    }

    @Test
    void lets_every_live_message_through() {
        assertThat(seen.accept(message("t", "on", false))).isTrue();
        assertThat(seen.accept(message("t", "on", false))).isTrue();
    }

    @Test
    void forgets_the_topics_that_were_longest_silent() {
        assertThat(seen.accept(message("first", "on", true))).isTrue();
        for (int i = 0; i < SeenRetained.MAX_TOPICS; i++) {
            assertThat(seen.accept(message("t/" + i, "on", true))).isTrue();
        }

        assertThat(seen.accept(message("first", "on", true))).isTrue();
        assertThat(seen.accept(message("t/" + (SeenRetained.MAX_TOPICS - 1), "on", true)))
                .isFalse();
    }

    @Test
    void tells_payloads_apart_whose_hash_codes_are_equal() {
        assertThat(BinaryData.ofUtf8("aA")).hasSameHashCodeAs(BinaryData.ofUtf8("BB"));
        assertThat(seen.accept(message("t", "aA", true))).isTrue();
        assertThat(seen.accept(message("t", "BB", true))).isTrue();

        String more = "x".repeat(1_000);
        assertThat(seen.accept(message("t", "aA" + more, true))).isTrue();
        assertThat(seen.accept(message("t", "BB" + more, true))).isTrue();
        assertThat(seen.accept(message("t", "BB" + more, true))).isFalse();
    }

    private static ApplicationMessage message(String topic, String payload, boolean retained) {
        return ApplicationMessage.builder()
                .topic(TopicName.of(topic))
                .payload(BinaryData.ofUtf8(payload))
                .retain(retained)
                .build();
    }
}
