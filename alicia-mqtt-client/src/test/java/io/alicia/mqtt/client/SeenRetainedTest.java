package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.topic.TopicName;
import org.junit.jupiter.api.Test;

class SeenRetainedTest {

    private static final int FIRST = 0;
    private static final int SECOND = 1;

    private final SeenRetained seen = new SeenRetained();

    @Test
    void lets_a_retained_message_through_once() {
        assertThat(seen.accept(message("t", "on", true), FIRST)).isTrue();
        assertThat(seen.accept(message("t", "on", true), FIRST)).isFalse();
    }

    @Test
    void lets_a_retained_message_through_that_is_new() {
        assertThat(seen.accept(message("t", "on", true), FIRST)).isTrue();
        assertThat(seen.accept(message("t", "off", true), FIRST)).isTrue();
    }

    @Test
    void knows_what_came_live() {
        assertThat(seen.accept(message("t", "on", false), FIRST)).isTrue();
        assertThat(seen.accept(message("t", "on", true), FIRST)).isFalse();
    }

    @Test
    void knows_what_was_retained_before_something_newer_came_live() {
        assertThat(seen.accept(message("t", "old", true), FIRST)).isTrue();
        assertThat(seen.accept(message("t", "live", false), FIRST)).isTrue();
        assertThat(seen.accept(message("t", "old", true), FIRST)).isFalse();
    }

    @Test
    void lets_through_what_is_retained_now_and_was_before_another_connection() {
        assertThat(seen.accept(message("t", "on", true), FIRST)).isTrue();
        assertThat(seen.accept(message("t", "off", false), FIRST)).isTrue();
        assertThat(seen.accept(message("t", "on", true), SECOND)).isTrue();
    }

    @Test
    void lets_every_live_message_through() {
        assertThat(seen.accept(message("t", "on", false), FIRST)).isTrue();
        assertThat(seen.accept(message("t", "on", false), FIRST)).isTrue();
    }

    @Test
    void forgets_the_topics_that_were_longest_silent() {
        assertThat(seen.accept(message("first", "on", true), FIRST)).isTrue();
        for (int i = 0; i < SeenRetained.MAX_TOPICS; i++) {
            assertThat(seen.accept(message("t/" + i, "on", true), FIRST)).isTrue();
        }

        assertThat(seen.accept(message("first", "on", true), FIRST)).isTrue();
        assertThat(seen.accept(message("t/" + (SeenRetained.MAX_TOPICS - 1), "on", true), FIRST))
                .isFalse();
    }

    @Test
    void tells_payloads_apart_whose_hash_codes_are_equal() {
        assertThat(BinaryData.ofUtf8("Aa")).hasSameHashCodeAs(BinaryData.ofUtf8("BB"));
        assertThat(seen.accept(message("t", "Aa", true), FIRST)).isTrue();
        assertThat(seen.accept(message("t", "BB", true), FIRST)).isTrue();

        String more = "x".repeat(1_000);
        assertThat(seen.accept(message("t", "Aa" + more, true), FIRST)).isTrue();
        assertThat(seen.accept(message("t", "BB" + more, true), FIRST)).isTrue();
        assertThat(seen.accept(message("t", "BB" + more, true), FIRST)).isFalse();
    }

    private static ApplicationMessage message(String topic, String payload, boolean retained) {
        return ApplicationMessage.builder()
                .topic(TopicName.of(topic))
                .payload(BinaryData.ofUtf8(payload))
                .retain(retained)
                .build();
    }
}
