package io.alicia.mqtt.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonString;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandCodecTest {

    private static final AliciaCodecs CODECS = AliciaCodecs.inUtc();

    private static Command read(String json) {
        return CODECS.command().fromJson(Json.parse(json));
    }

    private static String written(JsonCodec<Command> codec, Command command) {
        return Json.write(codec.toJson(command));
    }

    @Test
    void short_and_bus_form_are_one_type() {
        Command expected = Command.setVolume(30);

        assertThat(read("{\"command\":\"set_volume\",\"volume\":30}")).isEqualTo(expected);
        assertThat(read("{\"command\":\"set_volume\",\"parameters\":{\"volume\":30}}"))
                .isEqualTo(expected);
        assertThat(read("{\"command\":\"turn_off\"}")).isEqualTo(Command.turnOff());
        assertThat(read("{\"command\":\"turn_off\",\"parameters\":{}}")).isEqualTo(Command.turnOff());
        assertThat(read("{\"command\":\"turn_off\",\"parameters\":null}")).isEqualTo(Command.turnOff());
    }

    @Test
    void older_sonos_commands_are_the_same_type() {
        assertThat(read("{\"speaker\":\"kitchen\",\"volume\":30}"))
                .isEqualTo(Command.setVolume(30).forSpeaker("kitchen"));
        assertThat(read("{\"speaker\":\"kitchen\",\"action\":\"pause\"}"))
                .isEqualTo(Command.pause().forSpeaker("kitchen"));
        assertThat(read("{\"master\":\"kitchen\",\"members\":[\"bedroom\"]}"))
                .isEqualTo(Command.group("kitchen", List.of("bedroom")));

        Command prefixed =
                read("{\"master\":\"media_player.kitchen\",\"members\":[\"media_player.bedroom\",\"bath\"]}");
        assertThat(prefixed.master()).contains("kitchen");
        assertThat(prefixed.members()).containsExactly("bedroom", "bath");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"command\":\"turn_on\",\"brightness\":255}",
                "{\"brightness\":255.0,\"command\":\"turn_on\"}",
                "{\"command\":\"set_volume\",\"parameters\":{\"volume\":30,\"fade\":1.50},\"request_id\":\"r\"}",
                "{\"parameters\":null,\"command\":\"turn_off\"}",
                "{\"parameters\":{},\"command\":\"turn_off\"}",
                "{\"command\":\"run\",\"parameters\":{\"command\":\"ls\",\"parameters\":[]}}",
                "{\"command\":\"run\",\"parameters\":[1,2]}",
                "{\"speaker\":\"media_player.kitchen\",\"volume\":30}",
                "{\"volume\":30,\"speaker\":\"kitchen\",\"fade\":true}",
                "{\"action\":\"pause\",\"speaker\":\"kitchen\"}",
                "{\"action\":\"set_volume\",\"volume\":30,\"master\":\"kitchen\"}",
                "{\"volume\":30}",
                "{\"members\":[\"media_player.bedroom\"],\"master\":\"kitchen\"}",
                "{\"command\":\"dance\",\"how\":{\"long\":null}}",
            })
    void each_form_comes_back_as_it_was(String json) {
        Command command = read(json);

        assertThat(written(CODECS.command(), command)).isEqualTo(json);
        assertThat(written(CODECS.busCommand(), command)).isEqualTo(json);
        assertThat(read(written(CODECS.command(), command))).isEqualTo(command);
    }

    /** Python's services send what they leave out as null. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'command':'turn_on','brightness':null}|turn_on",
                "{'command':'set_volume','parameters':{'volume':null}}|set_volume",
                "{'command':null,'speaker':'k','volume':30}|set_volume",
                "{'command':null,'action':'pause','speaker':'k'}|pause",
                "{'action':null,'speaker':'k','volume':30}|set_volume",
                "{'master':null,'speaker':'k','volume':30}|set_volume",
                "{'volume':null,'master':'k','members':['b']}|group",
            })
    void null_is_the_same_as_absent_and_comes_back_as_null(String quoted, String name) {
        String json = quoted.replace('\'', '"');
        Command command = read(json);

        assertThat(command.name()).isEqualTo(name);
        assertThat(command.brightness()).isEmpty();
        assertThat(command.arguments()).doesNotContainKeys("command", "action");
        assertThat(written(CODECS.command(), command)).isEqualTo(json);
        assertThat(read(written(CODECS.command(), command))).isEqualTo(command);
    }

    @Test
    void a_command_whose_form_had_nulls_can_be_changed() {
        Command pause = read("{\"command\":null,\"speaker\":\"k\",\"volume\":30}").toBuilder()
                .name("pause")
                .build();
        Command group = read("{\"command\":null,\"speaker\":\"k\",\"action\":null,\"volume\":30}").toBuilder()
                .name("group")
                .build();

        assertThat(read(written(CODECS.command(), pause))).isEqualTo(pause);
        assertThat(written(CODECS.command(), group))
                .isEqualTo("{\"command\":\"group\",\"speaker\":\"k\",\"volume\":30}");
    }

    @Test
    void a_command_made_by_hand_is_written_in_the_form_of_the_codec() {
        Command volume = Command.setVolume(30).forSpeaker("kitchen");

        assertThat(written(CODECS.command(), volume))
                .isEqualTo("{\"command\":\"set_volume\",\"volume\":30,\"speaker\":\"kitchen\"}");
        assertThat(written(CODECS.busCommand(), volume))
                .isEqualTo("{\"command\":\"set_volume\",\"parameters\":{\"volume\":30,\"speaker\":\"kitchen\"}}");
        assertThat(written(CODECS.olderSonosCommand(), volume)).isEqualTo("{\"volume\":30,\"speaker\":\"kitchen\"}");
        assertThat(written(CODECS.olderSonosCommand(), Command.pause().forSpeaker("kitchen")))
                .isEqualTo("{\"speaker\":\"kitchen\",\"action\":\"pause\"}");
        assertThat(written(CODECS.olderSonosCommand(), Command.group("kitchen", List.of("bath"))))
                .isEqualTo("{\"master\":\"kitchen\",\"members\":[\"bath\"]}");
        assertThat(written(CODECS.busCommand(), Command.turnOff()))
                .isEqualTo("{\"command\":\"turn_off\",\"parameters\":{}}");
    }

    @Test
    void a_command_that_the_short_form_cannot_hold_goes_out_in_the_bus_form() {
        Command shell = Command.builder()
                .name("run")
                .putArguments("command", new JsonString("ls"))
                .build();
        Command traced = Command.toggle().toBuilder()
                .putAdditional("trace", new JsonString("t"))
                .build();

        assertThat(written(CODECS.command(), shell))
                .isEqualTo("{\"command\":\"run\",\"parameters\":{\"command\":\"ls\"}}");
        assertThat(read(written(CODECS.command(), shell))).isEqualTo(shell);
        assertThat(read(written(CODECS.command(), traced))).isEqualTo(traced);
    }

    @Test
    void a_changed_command_keeps_its_form() {
        Command older = read("{\"speaker\":\"media_player.kitchen\",\"volume\":30}").toBuilder()
                .putArguments("volume", JsonNumber.of(40))
                .build();
        Command bus = read("{\"command\":\"turn_on\",\"parameters\":{\"brightness\":1,\"x\":2}}").toBuilder()
                .arguments(Command.turnOn(Brightness.FULL).arguments())
                .build();

        assertThat(written(CODECS.command(), older)).isEqualTo("{\"speaker\":\"media_player.kitchen\",\"volume\":40}");
        assertThat(written(CODECS.command(), bus))
                .isEqualTo("{\"command\":\"turn_on\",\"parameters\":{\"brightness\":255}}");
    }

    @Test
    void a_command_changed_beyond_the_older_sonos_form_goes_out_in_the_short_one() {
        Command command = read("{\"speaker\":\"kitchen\",\"volume\":30}").toBuilder()
                .name("group")
                .build();

        assertThat(written(CODECS.olderSonosCommand(), command))
                .isEqualTo("{\"speaker\":\"kitchen\",\"volume\":30,\"command\":\"group\"}");
    }

    @Test
    void the_older_sonos_form_needs_a_speaker() {
        assertThatThrownBy(() -> CODECS.olderSonosCommand().toJson(Command.setVolume(30)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("set_volume", "speaker", "forSpeaker");
        assertThatThrownBy(() -> CODECS.olderSonosCommand().toJson(Command.of("group")))
                .hasMessageContaining("needs the argument master");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|expected an object, found the array []",
                "{}|command: it is missing, and so are action, master and volume of older commands",
                "{\"command\":5}|command: expected a string, found the number 5",
                "{\"command\":null}|command: it is missing, and so are action, master and volume of older commands",
                "{\"command\":null,\"action\":null,\"volume\":null}|command: it is missing, and so are action",
                "{\"action\":5}|action: expected a string",
                "{\"command\":\"set_volume\",\"volume\":101}|volume cannot be 101: 0 to 100 % was expected",
                "{\"command\":\"turn_on\",\"parameters\":{\"brightness\":-1}}|brightness cannot be -1: 0 to 255",
                "{\"command\":\"set_brightness\",\"brightness\":\"full\"}|brightness cannot be \"full\"",
                "{\"speaker\":\"kitchen\",\"volume\":1e30}|volume cannot be",
            })
    void what_is_no_command_is_refused_with_the_reason(String json, String reason) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining(reason);
    }
}
