package io.alicia.mqtt.homeassistant.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The templates of {@code jinja.jsonl} with what Jinja 3.1.6 for Python gave for the payload in its first line, {@code round},
 * {@code float}, {@code int}, {@code iif}, {@code bitwise_and}, {@code to_json}, {@code bool}, {@code from_json}, {@code is_defined},
 * {@code is_number} and the regular expressions being Home Assistant's. What Jinja refused gives null.
 */
class JinjaEngineTest {

    /** What Jinja evaluates and this engine does not; it says so. */
    private static final List<String> BEYOND =
            List.of("{% macro", "value_json.i.real", "%(a)s", "'%c'", "{:c}", "{:#x}", "'%#x'");

    private final TemplateEngine engine = TemplateEngine.jinja();

    @Test
    void gives_what_jinja_gives_or_says_that_it_cannot() throws IOException {
        List<JsonObject> lines = lines();
        Map<String, ?> variables = TemplateEngine.variables(text(lines.get(0), "payload"));
        List<String> wrong = new ArrayList<>();
        for (JsonObject line : lines.subList(1, lines.size())) {
            String template = text(line, "template");
            String expected = line.getOrNull("gives") instanceof JsonString gives && !isBeyond(template)
                    ? gives.value()
                    : "ERROR";
            String given = evaluated(template, variables);
            if (!given.equals(expected)) {
                wrong.add(template + "\n  expected " + expected + "\n  got      " + given);
            }
        }

        assertThat(wrong).as("of %d templates", lines.size() - 1).isEmpty();
    }

    private static boolean isBeyond(String template) {
        return BEYOND.stream().anyMatch(template::contains);
    }

    private String evaluated(String template, Map<String, ?> variables) {
        try {
            return engine.evaluate(Template.of(template), variables);
        } catch (TemplateEvaluationException e) {
            return "ERROR";
        } catch (IllegalArgumentException e) {
            return "no template: " + e.getMessage();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ states('sensor.a') }}",
                "{{ now() }}",
                "{{ value | nosuchfilter if value }}",
                "{{ value | to_json(sort_keys=true) }}",
                "{{ 1 if value is nosuchtest }}",
                "{{ value is match('(?i)x') }}",
                "{{ value is search('[[:alpha:]]') }}",
                "{{ value is search('[a&&b]') }}",
                "{{ ('a' * 3000) is search('(a+)+b') }}",
                "{{ value | regex_replace('x', '\\\\g<0>') }}",
                "{{ entity_id }}",
                "{{ name | default('a') }}",
                "{{ this.state }}",
                "{{ states.sensor.a.state }}",
                "{{ range }}",
                "{{ namespace(a=1) }}",
                "{{ [1] | map('string') }}",
                "{{ nan }}",
                "{{ value.nosuchmethod() }}",
                "{% include 'x' %}",
                "{% for a in range(1000) %}{% for b in range(1000) %}xxxx{% endfor %}{% endfor %}",
                "{{ 'x' * 100000 }}",
                "{{ 9 ** 9999 }}",
                "{{ range(100000000) | list }}",
                "{{ ('1' * 5000) | int }}",
                "{{ ('9' * 5000) | float }}",
                "{{ 'x'.ljust(100000) }}",
                "{% set l = [1] %}{% set l = l * 9999 %}{% set l = l + l %}{{ l | length }}",
                "{% set n = namespace(a='x') %}{% for i in range(99) %}{% set n.a = n.a ~ n.a %}{% endfor %}",
                "{% set n = namespace(a=[1]) %}{% for i in range(99) %}{% set n.a = n.a + n.a %}{% endfor %}",
                "{% for a in range(999) %}{% for b in range(999) %}{% set c = a %}{% endfor %}{% endfor %}"
            })
    void says_what_it_does_not_know_or_what_would_grow_without_end(String template) {
        assertThatExceptionOfType(TemplateEvaluationException.class)
                .isThrownBy(() -> engine.evaluate(Template.of(template), TemplateEngine.variables("x")))
                .withMessageStartingWith("cannot evaluate \"" + template + "\": ");
    }

    @Test
    void writes_numbers_as_home_assistants_json_library_does() {
        assertThat(engine.evaluate(
                        Template.of("{{ [1e-7, 1.5e-6, 0.00001, 1e15, 1e16, -2.5e22, 1.0, -0.0, 21.46] | to_json }}"),
                        Map.of()))
                .isEqualTo("[1e-7,1.5e-6,0.00001,1000000000000000.0,1e16,-2.5e22,1.0,-0.0,21.46]");
    }

    @Test
    void takes_what_is_given_for_what_home_assistant_would_give() {
        assertThat(engine.evaluate(
                        Template.of("{{ entity_id }} {{ name is defined }}"), Map.of("entity_id", "sensor.a")))
                .isEqualTo("sensor.a True");
        assertThat(engine.evaluate(Template.of("{% set name = 'n' %}{{ name }} {{ nobody }}"), Map.of()))
                .isEqualTo("n");
    }

    @Test
    void does_not_run_out_of_stack() {
        assertThatExceptionOfType(TemplateEvaluationException.class)
                .isThrownBy(() -> engine.evaluate(
                        Template.of("{{ 1" + " + 1".repeat(50_000) + " }}"), TemplateEngine.variables("x")))
                .withMessageEndingWith("it is nested too deeply");
        assertThat(engine.evaluate(Template.of("{{ " + "not ".repeat(50_000) + "1 }}"), Map.of()))
                .isEqualTo("True");
    }

    @Test
    void names_what_is_missing() {
        assertThatExceptionOfType(TemplateEvaluationException.class)
                .isThrownBy(() -> engine.evaluate(
                        Template.of("{{ value_json.t | float }}"), TemplateEngine.variables("{\"t\":\"?\"}")))
                .withMessage(
                        "cannot evaluate \"{{ value_json.t | float }}\": float got the text '?', which is no number, and"
                                + " has no default");
        assertThatExceptionOfType(TemplateEvaluationException.class)
                .isThrownBy(() -> engine.evaluate(Template.of("{{ value_json.t.x }}"), TemplateEngine.variables("{}")))
                .withMessage("cannot evaluate \"{{ value_json.t.x }}\": there is no t, so that it has no x either");
    }

    private static String text(JsonObject line, String key) {
        return ((JsonString) line.get(key).orElseThrow()).value();
    }

    private static List<JsonObject> lines() throws IOException {
        try (InputStream in = JinjaEngineTest.class.getResourceAsStream("jinja.jsonl")) {
            String all = new String(Objects.requireNonNull(in, "jinja.jsonl").readAllBytes(), StandardCharsets.UTF_8);
            return all.lines().map(line -> (JsonObject) Json.parse(line)).toList();
        }
    }
}
