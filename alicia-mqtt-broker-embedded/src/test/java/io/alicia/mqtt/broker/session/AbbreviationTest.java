package io.alicia.mqtt.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AbbreviationTest {

    @Test
    void leaves_names_of_a_usual_length_as_they_are() {
        assertThat(Abbreviation.of("alicia/hall")).isEqualTo("alicia/hall");
        assertThat(Abbreviation.of("x".repeat(200))).hasSize(200);
    }

    @Test
    void says_how_long_a_name_is_that_it_cuts() {
        assertThat(Abbreviation.of("x".repeat(65_535))).isEqualTo("x".repeat(200) + "… (65535 characters)");
    }

    @Test
    void cuts_no_character_in_two() {
        assertThat(Abbreviation.of("x".repeat(199) + "\uD83C\uDFE0" + "x"))
                .isEqualTo("x".repeat(199) + "… (202 characters)");
    }
}
