package io.alicia.mqtt.homeassistant.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DiscoveryCheckerTest {

    private static final String TOPIC = "homeassistant/sensor/hall/config";

    private final DiscoveryChecker checker = DiscoveryChecker.create();

    @Test
    void names_option_and_rule_where_it_refuses() {
        CheckResult result = checker.check(TOPIC, """
                {"stat_t": "a/#/b", "uniq_id": "u", "dev_cla": "warmth", "avty": [{"t": ""}]}""");

        assertThat(result.verdict()).isEqualTo(Verdict.REJECT);
        assertThat(result.at()).containsExactly("availability.0.topic", "device_class", "state_topic");
        assertThat(result.problems())
                .extracting(Problem::reason)
                .anySatisfy(
                        reason -> assertThat(reason).startsWith("state_topic is not a Topic Filter: \"a/#/b\": '#'"))
                .anySatisfy(reason -> assertThat(reason)
                        .startsWith("device_class takes one of ")
                        .contains("temperature")
                        .endsWith("not \"warmth\""));
    }

    @Test
    void says_which_unit_fits_a_device_class() {
        CheckResult result = checker.check(TOPIC, """
                {"stat_t": "a", "uniq_id": "u", "dev_cla": "power", "unit_of_meas": "kWh"}""");

        assertThat(result.at()).containsExactly("rule");
        assertThat(result.problems())
                .singleElement()
                .extracting(Problem::reason)
                .isEqualTo("device_class power takes the unit GW, MW, TW, W, kW, mW, not kWh");
    }

    @Test
    void hints_at_what_home_assistant_takes_and_complains_about_later() {
        CheckResult result = checker.check(TOPIC, """
                {"stat_t": "a", "dev_cla": "energy", "stat_cla": "measurement", "ent_cat": "config", "obj_id": "x",
                 "name": "Plug energy", "dev": {"ids": "p", "name": "Plug"}, "def_ent_id": "energy"}""");

        assertThat(result.verdict()).isEqualTo(Verdict.ACCEPT);
        assertThat(result.dropped()).containsExactly("obj_id");
        assertThat(result.hints())
                .extracting(hint -> hint.substring(0, hint.indexOf(':')))
                .containsExactlyInAnyOrder(
                        "unique_id",
                        "default_entity_id",
                        "name",
                        "entity_category",
                        "obj_id",
                        "state_class",
                        "unit_of_measurement");
    }

    @Test
    void has_nothing_to_say_about_a_sound_message() {
        CheckResult result = checker.check(TOPIC, """
                {"stat_t": "a", "uniq_id": "u", "dev_cla": "temperature", "stat_cla": "measurement", "unit_of_meas": "°C",
                 "dev": {"ids": "d", "name": "Hall"}, "name": "Temperature"}""");

        assertThat(result.verdict()).isEqualTo(Verdict.ACCEPT);
        assertThat(result.problems()).isEmpty();
        assertThat(result.dropped()).isEmpty();
        assertThat(result.hints()).isEmpty();
    }

    @Test
    void listens_below_another_prefix_of_several_levels() {
        DiscoveryChecker elsewhere = DiscoveryChecker.withPrefix("house/ha");

        assertThat(elsewhere.check("house/ha/tag/n/t/config", "{\"t\": \"a\"}").verdict())
                .isEqualTo(Verdict.ACCEPT);
        assertThat(elsewhere
                        .check("homeassistant/tag/t/config", "{\"t\": \"a\"}")
                        .verdict())
                .isEqualTo(Verdict.IGNORED);
    }

    @Test
    void gives_the_components_of_a_device_message_written_out() {
        CheckResult result = checker.check("homeassistant/device/d1/config", """
                {"dev": {"ids": "d1"}, "o": {"name": "app"}, "stat_t": "shared",
                 "cmps": {"t": {"p": "sensor", "uniq_id": "t"},
                          "s": {"p": "switch", "uniq_id": "s", "~": "base", "cmd_t": "~/set"},
                          "gone": {"p": "light"}}}""");

        assertThat(result.verdict()).isEqualTo(Verdict.ACCEPT);
        assertThat(result.components())
                .extracting(component ->
                        component.id().orElse("") + " " + component.component() + " " + component.removal())
                .containsExactly("t sensor false", "s switch false", "gone light true");
        assertThat(result.components().get(0).kept().orElseThrow().get("state_topic"))
                .hasToString("Optional[\"shared\"]");
        assertThat(result.components().get(1).kept().orElseThrow().get("command_topic"))
                .hasToString("Optional[\"base/set\"]");
    }

    @Test
    void answers_every_payload_without_an_exception() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        List<String> keys = List.of(
                "device",
                "origin",
                "components",
                "availability",
                "~",
                "state_topic",
                "command_topic",
                "qos",
                "platform",
                "schema",
                "options",
                "device_class",
                "unit_of_measurement",
                "supported_color_modes",
                "connections",
                "a",
                "migrate_discovery",
                "message_expiry_interval",
                "icon",
                "min",
                "max",
                "unique_id",
                "preset_modes");
        List<String> topics = DiscoveryChecker.componentNames();
        for (int i = 0; i < 20_000; i++) {
            String topic = "homeassistant/"
                    + (random.nextInt(3) == 0 ? "device" : topics.get(random.nextInt(topics.size()))) + "/x/config";
            String payload = json(random, keys, 4);

            CheckResult result = checker.check(topic, payload);

            assertThat(result.problems().isEmpty())
                    .as("seed %d, %s %s gives %s", seed, topic, payload, result)
                    .isEqualTo(result.verdict() != Verdict.REJECT
                            && result.verdict() != Verdict.PARTIAL
                            && result.verdict() != Verdict.IGNORED);
        }
    }

    private static String json(SplittableRandom random, List<String> keys, int depth) {
        return switch (random.nextInt(depth == 0 ? 7 : 11)) {
            case 0 -> "null";
            case 1 -> "true";
            case 2 -> String.valueOf(random.nextInt(-3, 300));
            case 3 -> "1.5e3";
            case 4 -> "\"temperature\"";
            case 5 -> "\"~/x\"";
            case 6 -> "\"{{ value\"";
            case 7 -> "[" + json(random, keys, depth - 1) + "," + json(random, keys, depth - 1) + "]";
            default -> {
                StringBuilder object = new StringBuilder("{");
                for (int n = random.nextInt(6); n > 0; n--) {
                    object.append('"')
                            .append(keys.get(random.nextInt(keys.size())))
                            .append("\":")
                            .append(json(random, keys, depth - 1))
                            .append(n > 1 ? "," : "");
                }
                yield object.append('}').toString();
            }
        };
    }
}
