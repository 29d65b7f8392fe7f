package io.alicia.mqtt.topic;

import static io.alicia.mqtt.topic.TopicLevel.oneOf;
import static io.alicia.mqtt.topic.TopicLevel.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicTemplateTest {

    private record Lamp(String room, int number) {}

    private record Switch(String floor, VoiceStage stage, DeviceId deviceId) {}

    private static final TopicTemplate<String> DOORS = TopicTemplate.of("attic/{room}/door");

    private static final TopicTemplate<Lamp> LAMPS = TopicTemplate.of(
            "attic/{room}/lamps/{number}",
            text(),
            TopicLevel.of(Integer::valueOf, String::valueOf),
            Lamp::new,
            Lamp::room,
            Lamp::number);

    private static final TopicTemplate<Switch> SWITCHES = TopicTemplate.of(
            "{floor}/{stage}/{deviceId}",
            text(),
            oneOf(VoiceStage.class),
            TopicLevel.deviceId(),
            Switch::new,
            Switch::floor,
            Switch::stage,
            Switch::deviceId);

    @Test
    void makes_names_reads_them_back_and_gives_the_filter_of_all() {
        assertThat(DOORS.name("study")).isEqualTo(TopicName.of("attic/study/door"));
        assertThat(DOORS.parse(TopicName.of("attic/study/door"))).isEqualTo("study");
        assertThat(DOORS.filter()).isEqualTo(TopicFilter.of("attic/+/door"));
        assertThat(DOORS).hasToString("attic/{room}/door");

        assertThat(LAMPS.name(new Lamp("study", 2))).isEqualTo(TopicName.of("attic/study/lamps/2"));
        assertThat(LAMPS.match(TopicName.of("attic/study/lamps/2"))).contains(new Lamp("study", 2));
        assertThat(LAMPS.filter()).isEqualTo(TopicFilter.of("attic/+/lamps/+"));

        Switch hall = new Switch("2nd", VoiceStage.AI, DeviceId.of("hall"));
        assertThat(SWITCHES.name(hall)).isEqualTo(TopicName.of("2nd/ai/hall"));
        assertThat(SWITCHES.parse(SWITCHES.name(hall))).isEqualTo(hall);
        assertThat(SWITCHES.filter()).isEqualTo(TopicFilter.of("+/+/+"));
    }

    @Test
    void a_name_that_is_too_long_as_a_whole_names_the_level_and_the_reason() {
        assertThatThrownBy(() -> DOORS.name("é".repeat(32_765)))
                .hasMessageContaining("no Topic Name of attic/{room}/door: {room} cannot be \"éé")
                .hasMessageContaining("of the whole name it is 65541 bytes long in UTF-8")
                .hasMessageContaining("[MQTT-4.7.3-3]");
    }

    @Test
    void refuses_names_that_nobody_could_subscribe_to() {
        assertThatThrownBy(() -> TopicTemplate.of("$share/lamps/{room}"))
                .hasMessageContaining("$share/lamps/{room}")
                .hasMessageContaining("[MQTT-4.8.2-1]");
        assertThat(TopicTemplate.of("$shared/{room}").filter()).isEqualTo(TopicFilter.of("$shared/+"));
    }

    @Test
    void a_fixed_template_has_one_name() {
        TopicTemplate<NoLevels> bell = TopicTemplate.fixed("attic/bell");

        assertThat(bell.name(NoLevels.NONE)).isEqualTo(TopicName.of("attic/bell"));
        assertThat(bell.match(TopicName.of("attic/bell"))).contains(NoLevels.NONE);
        assertThat(bell.match(TopicName.of("attic/bells"))).isEmpty();
        assertThat(bell.filter()).isEqualTo(TopicFilter.of("attic/bell"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|it is empty",
                "a/b|it contains '/' at index 1",
                "+|it contains '+' at index 0",
                "a#|it contains '#' at index 1",
            })
    void a_wrong_value_is_refused_with_template_level_and_reason(String room, String reason) {
        assertThatThrownBy(() -> DOORS.name(room))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("attic/{room}/door", "{room} cannot be \"" + room + "\"", reason);
        assertThatThrownBy(() -> LAMPS.name(new Lamp(room, 1))).hasMessageContainingAll("{room}", reason);
    }

    @Test
    void a_null_character_and_a_lone_surrogate_are_refused() {
        assertThatThrownBy(() -> DOORS.name("a\0")).hasMessageContaining("U+0000 at index 1");
        assertThatThrownBy(() -> DOORS.name("\uD83D")).hasMessageContaining("lone surrogate at index 0");
    }

    @Test
    void what_servers_end_the_connection_for_is_refused_with_its_level_and_read_where_it_came() {
        assertThatThrownBy(() -> LAMPS.name(new Lamp("a\u0001", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("{room} cannot be \"a\\u0001\"", "the control character U+0001 at index 1");
        assertThatThrownBy(() -> TopicTemplate.of("attic/\uFFFF/{room}")).hasMessageContaining("U+FFFF at index 6");

        assertThat(DOORS.match(TopicName.ofReceived("attic/a\u0001/door"))).contains("a\u0001");
    }

    @Test
    void a_name_too_long_as_a_whole_is_refused() {
        assertThatThrownBy(() -> DOORS.name("x".repeat(65_530)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MQTT-4.7.3-3");
    }

    @ParameterizedTest
    @CsvSource({
        "attic/study/door/x",
        "attic/study",
        "attic",
        "/attic/study/door",
        "attic//door",
        "cellar/study/door",
        "attic/study/doors",
        "attic/study/doo"
    })
    void names_of_others_do_not_match(String name) {
        assertThat(DOORS.match(TopicName.of(name))).isEmpty();
    }

    @Test
    void a_name_that_does_not_parse_is_refused_with_level_and_reason() {
        assertThatThrownBy(() -> LAMPS.parse(TopicName.of("attic/study/lamps/two")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("attic/study/lamps/two", "attic/{room}/lamps/{number}", "{number}", "two");
        assertThatThrownBy(() -> LAMPS.parse(TopicName.of("attic/study/lamps/07")))
                .hasMessageContaining("it is written \"7\"");
        assertThatThrownBy(() -> SWITCHES.parse(TopicName.of("a/radio/b")))
                .hasMessageContainingAll("{stage}", "it is none of stt, ai, tts");
        assertThatThrownBy(() -> LAMPS.parse(TopicName.of("cellar")))
                .hasMessageContaining("it does not match attic/+/lamps/+");
    }

    @Test
    void whatever_functions_of_ones_own_throw_is_a_refusal_with_level_and_reason() {
        TopicTemplate<LocalDate> days =
                TopicTemplate.of("log/{day}", TopicLevel.of(LocalDate::parse, LocalDate::toString));
        TopicTemplate<Lamp> attic = TopicTemplate.of(
                "attic/{room}/lamps/{number}",
                text(),
                TopicLevel.of(Integer::valueOf, String::valueOf),
                (room, number) -> {
                    throw new IllegalStateException("no lamp " + number + " in the " + room);
                },
                Lamp::room,
                Lamp::number);

        TopicName nope = TopicName.of("log/nope");
        assertThat(days.match(nope)).isEmpty();
        assertThat(days.misreading(nope))
                .hasValue("{day} cannot be \"nope\": Text 'nope' could not be parsed at index 0");
        assertThatThrownBy(() -> days.parse(nope))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("log/nope", "log/{day}", "{day} cannot be \"nope\"", "at index 0");
        TopicName dark = TopicName.of("attic/study/lamps/2");
        assertThat(attic.match(dark)).isEmpty();
        assertThat(attic.misreading(dark)).hasValue("no lamp 2 in the study");
        assertThatThrownBy(() -> attic.parse(dark))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("attic/study/lamps/2", "no lamp 2 in the study");
    }

    @Test
    void a_name_of_another_family_is_not_misread() {
        TopicTemplate<String> words = TopicTemplate.of("log/{word}", TopicLevel.textExcept("all"));

        assertThat(words.misreading(TopicName.of("log/all"))).isEmpty();
        assertThat(LAMPS.misreading(TopicName.of("attic/study"))).isEmpty();
        assertThat(LAMPS.misreading(TopicName.of("attic//lamps/two"))).isEmpty();
        assertThat(LAMPS.misreading(TopicName.of("attic/study/lamps/"))).isEmpty();
        assertThat(LAMPS.misreading(TopicName.of("attic/study/lamps/2"))).isEmpty();
        assertThat(LAMPS.misreading(TopicName.of("attic/study/lamps/07")))
                .hasValue("{number} cannot be \"07\": it is written \"7\"");
    }

    @Test
    void a_first_level_is_not_one_that_wildcards_do_not_see() {
        assertThatThrownBy(() -> SWITCHES.name(new Switch("$SYS", VoiceStage.AI, DeviceId.of("hall"))))
                .hasMessageContainingAll("{floor}", "MQTT-4.7.2-1");
        assertThat(SWITCHES.match(TopicName.of("$SYS/ai/hall"))).isEmpty();
        assertThat(DOORS.name("$x")).isEqualTo(TopicName.of("attic/$x/door"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attic/door|it has 0 levels in braces, not 1",
                "attic/{a}/{b}|it has 2 levels in braces, not 1",
                "attic/{a}/{a}|{a} stands there twice",
                "attic/x{a}|\"x{a}\" is neither",
                "attic/{}|\"{}\" is neither",
                "attic/{a|\"{a\" is neither",
                "attic/+/{a}|wildcard",
            })
    void a_malformed_template_is_refused_where_it_is_made(String template, String reason) {
        assertThatThrownBy(() -> TopicTemplate.of(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(template, reason);
    }

    @Test
    void each_name_it_makes_matches_its_filter_and_reads_back() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);

        for (int i = 0; i < 20_000; i++) {
            Lamp lamp = new Lamp(chars(random), random.nextInt());
            TopicName name;
            try {
                name = LAMPS.name(lamp);
            } catch (IllegalArgumentException e) {
                assertThat(e).as("seed %d", seed).hasMessageContaining("{room}");
                continue;
            }
            assertThat(LAMPS.match(name)).as("seed %d", seed).contains(lamp);
            assertThat(LAMPS.filter().matches(name)).as("seed %d", seed).isTrue();
        }
    }

    private static String chars(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append((char) random.nextInt(random.nextInt(4) == 0 ? 0x10000 : 0x80));
        }
        return text.toString();
    }

    @Test
    void a_device_id_is_one_level_of_at_most_64_characters() {
        assertThat(DeviceId.of("x".repeat(64)).value()).hasSize(64);
        assertThat(DeviceId.of("😀".repeat(64)).value()).hasSize(128);
        assertThat(DeviceId.ofOrNull("x".repeat(65))).isNull();
        assertThatThrownBy(() -> DeviceId.of("x".repeat(65)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("not a device id", "65 characters", "at most 64");
        assertThatThrownBy(() -> DeviceId.of("")).hasMessageContaining("it is empty");
        assertThatThrownBy(() -> DeviceId.of("a/b")).hasMessageContaining("'/' at index 1");
        assertThatThrownBy(() -> DeviceId.of("a\0")).hasMessageContaining("U+0000");
        assertThat(DeviceId.of("hall")).isEqualTo(DeviceId.of("hall")).hasToString("hall");
    }
}
