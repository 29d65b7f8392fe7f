package io.alicia.mqtt.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "/", "//", "/finance", "finance/", "Accounts payable", "$SYS/uptime", "日/°", "😀"})
    void takes_what_the_specification_allows(String value) {
        assertThat(TopicName.of(value).value()).isEqualTo(value);
        assertThat(TopicName.ofOrNull(value)).isEqualTo(TopicName.of(value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|it is empty|MQTT-4.7.3-1",
                "sport/+|the wildcard '+' at index 6|MQTT-3.3.2-2",
                "#|the wildcard '#' at index 0|MQTT-3.3.2-2",
            })
    void names_value_rule_and_place_of_what_it_refuses(String value, String reason, String rule) {
        assertThat(TopicName.ofOrNull(value)).isNull();
        assertThatThrownBy(() -> TopicName.of(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("not a Topic Name", '"' + value + '"', reason, rule);
    }

    @Test
    void refuses_null_characters_and_lone_surrogates() {
        assertThatThrownBy(() -> TopicName.of("a\0b"))
                .hasMessageContainingAll("\"a\\u0000b\"", "U+0000 at index 1", "MQTT-4.7.3-2");
        assertThatThrownBy(() -> TopicName.of("a\uD83D"))
                .hasMessageContainingAll("lone surrogate at index 1", "MQTT-1.5.4-1");
        assertThatThrownBy(() -> TopicName.of("\uDE00\uD83D")).hasMessageContaining("lone surrogate at index 0");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x01, 0x09, 0x1F, 0x7F, 0x80, 0x9F, 0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF})
    void refuses_to_send_what_servers_end_the_connection_for_and_reads_it(int codePoint) {
        String value = "a/" + Character.toString(codePoint) + "b";

        assertThat(TopicName.ofOrNull(value)).isNull();
        assertThatThrownBy(() -> TopicName.of(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "not a Topic Name: \"a/\\u", String.format("U+%04X at index 2", codePoint), "§1.5.4")
                .hasMessageNotContaining(Character.toString(codePoint));
        assertThat(TopicName.ofReceived(value).value()).isEqualTo(value);
        assertThat(TopicName.ofReceivedOrNull(value)).isEqualTo(TopicName.ofReceived(value));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x20, 0x7E, 0xA0, 0xFDCF, 0xFDF0, 0xFEFF, 0xFFFD, 0x1FFFD, 0x2028, 0xE000, 0x10FFFD})
    void sends_what_stands_beside_it(int codePoint) {
        String value = "a/" + Character.toString(codePoint);

        assertThat(TopicName.of(value).value()).isEqualTo(value);
    }

    @Test
    void reads_nothing_else_that_is_no_name() {
        assertThat(TopicName.ofReceivedOrNull("a\0")).isNull();
        assertThat(TopicName.ofReceivedOrNull("a/+")).isNull();
        assertThatThrownBy(() -> TopicName.ofReceived("a/+")).hasMessageContaining("the wildcard '+' at index 2");
    }

    @Test
    void counts_its_length_in_bytes_of_utf_8() {
        assertThat(TopicName.of("x".repeat(65_535)).value()).hasSize(65_535);
        assertThat(TopicName.ofOrNull("x".repeat(65_536))).isNull();
        assertThat(TopicName.ofOrNull("°".repeat(32_767))).isNotNull();
        assertThat(TopicName.ofOrNull("°".repeat(32_768))).isNull();
        assertThat(TopicName.ofOrNull("日".repeat(21_845))).isNotNull();
        assertThat(TopicName.ofOrNull("日".repeat(21_846))).isNull();
        assertThat(TopicName.ofOrNull("😀".repeat(16_383))).isNotNull();
        assertThatThrownBy(() -> TopicName.of("😀".repeat(16_384)))
                .hasMessageContainingAll("65536 bytes", "MQTT-4.7.3-3");
    }

    @Test
    void levels_may_be_empty() {
        assertThat(TopicName.of("/a//").levels()).containsExactly("", "a", "", "");
    }

    @Test
    void names_that_begin_with_a_dollar_are_reserved() {
        assertThat(TopicName.of("$SYS").isReserved()).isTrue();
        assertThat(TopicName.of("a/$SYS").isReserved()).isFalse();
    }

    @Test
    void case_and_leading_slash_make_another_name() {
        assertThat(TopicName.of("accounts"))
                .isNotEqualTo(TopicName.of("ACCOUNTS"))
                .isNotEqualTo(TopicName.of("/accounts"));
    }
}
