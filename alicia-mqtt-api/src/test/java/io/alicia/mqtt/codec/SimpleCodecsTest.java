package io.alicia.mqtt.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.payload.Availability;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.Measurement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class SimpleCodecsTest {

    /** A user's own type. */
    record Lamp(String room, int number) {}

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void text_is_utf_8() {
        assertThat(PayloadCodec.text().decode(utf8("23.5 °C 😀"))).isEqualTo("23.5 °C 😀");
        assertThat(PayloadCodec.text().encode("°")).containsExactly(0xC2, 0xB0);
        assertThat(PayloadCodec.text().decode(new byte[0])).isEmpty();
        assertThat(PayloadCodec.text().decode(utf8("\uFFFD"))).isEqualTo("\uFFFD");
        assertThat(PayloadCodec.text().contentType()).isEqualTo("text/plain");
        assertThat(PayloadCodec.text().isText()).isTrue();
    }

    @Test
    void bytes_that_are_no_text_are_refused_with_their_place() {
        assertThatThrownBy(() -> PayloadCodec.text().decode(new byte[] {'a', (byte) 0xFF, 'b'}))
                .isInstanceOf(PayloadException.class)
                .hasMessage("not UTF-8 text: malformed from byte 1");
    }

    @Test
    void a_text_that_utf_8_cannot_say_is_refused_with_its_place() {
        assertThatThrownBy(() -> PayloadCodec.text().encode("23.5 \ud83d"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no UTF-8 for the text: it contains a lone surrogate at index 5");
        assertThatThrownBy(() -> PayloadCodec.text().encode("\ude00\ud83d")).hasMessageContaining("index 0");
        assertThatThrownBy(() -> AliciaCodecs.inUtc().measurement().encode(new Measurement("\ud800")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(PayloadCodec.text().encode("😀?")).isEqualTo(utf8("😀?"));
    }

    @Test
    void an_empty_text_is_no_measurement_in_either_direction() {
        PayloadCodec<Measurement> measurements = AliciaCodecs.inUtc().measurement();

        assertThatThrownBy(() -> measurements.decode(new byte[0])).isInstanceOf(PayloadException.class);
        assertThatThrownBy(() -> measurements.encode(new Measurement("")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an empty text is no measurement");
        assertThat(measurements.encode(new Measurement(" "))).isEqualTo(utf8(" "));
    }

    @Test
    void bytes_are_copied_both_ways() {
        byte[] bytes = {1, 2, 3};
        byte[] decoded = PayloadCodec.bytes().decode(bytes);
        byte[] encoded = PayloadCodec.bytes().encode(bytes);
        bytes[0] = 9;

        assertThat(decoded).containsExactly(1, 2, 3);
        assertThat(encoded).containsExactly(1, 2, 3);
        assertThat(PayloadCodec.bytes().isText()).isFalse();
    }

    @Test
    void json_is_any_value() {
        assertThat(PayloadCodec.json().decode(utf8("{}"))).isEqualTo(JsonObject.empty());
        assertThat(PayloadCodec.json().encode(JsonObject.empty())).isEqualTo(utf8("{}"));
        assertThat(PayloadCodec.json().contentType()).isEqualTo("application/json");
        assertThat(PayloadCodec.json().isText()).isTrue();
    }

    @Test
    void availability_is_one_of_two_words() {
        PayloadCodec<Availability> codec = AliciaCodecs.inUtc().availability();

        assertThat(codec.decode(utf8("online"))).isEqualTo(Availability.ONLINE);
        assertThat(codec.encode(Availability.OFFLINE)).isEqualTo(utf8("offline"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ONLINE", "online ", "\"online\"", "{}"})
    void what_is_neither_is_refused(String text) {
        assertThatThrownBy(() -> AliciaCodecs.inUtc().availability().decode(utf8(text)))
                .isInstanceOf(PayloadException.class)
                .hasMessageStartingWith("expected online or offline, found ");
    }

    @Test
    void jackson_maps_types_of_users() {
        JsonMapper mapper = JsonMapper.builder().build();
        PayloadCodec<Lamp> lamp = JacksonCodec.of(mapper, Lamp.class);
        PayloadCodec<List<Lamp>> lamps = JacksonCodec.of(mapper, new TypeReference<List<Lamp>>() {});

        assertThat(lamp.encode(new Lamp("study", 2))).isEqualTo(utf8("{\"room\":\"study\",\"number\":2}"));
        assertThat(lamp.decode(utf8("{\"room\":\"study\",\"number\":2}"))).isEqualTo(new Lamp("study", 2));
        assertThat(lamps.decode(lamps.encode(List.of(new Lamp("study", 2))))).containsExactly(new Lamp("study", 2));
        assertThat(lamp.contentType()).isEqualTo("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{\"room\":[]}", "{\"number\":1e99999999999}", "{"})
    void what_jackson_cannot_map_is_a_payload_exception(String text) {
        PayloadCodec<Lamp> lamp = JacksonCodec.of(JsonMapper.builder().build(), Lamp.class);

        assertThatThrownBy(() -> lamp.decode(utf8(text)))
                .isInstanceOf(PayloadException.class)
                .hasMessageContainingAll("not a ", "Lamp");
    }
}
