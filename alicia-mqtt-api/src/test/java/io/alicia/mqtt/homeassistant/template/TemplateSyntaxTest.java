package io.alicia.mqtt.homeassistant.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateSyntaxTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain text with } and }} and %}",
                "{{ value }}",
                "{{value_json.a.b[0]['c'].1}}",
                "{{ value_json['temp'] | float(0) | round(1) * 2 ** 3 }}",
                "{{ {'a': 1, 'b': {'c': 2}}[value] }}",
                "{{ {'on': true}}}",
                "{{ 'a' 'b' ~ \"c\\\"d\" }}",
                "{{ x if y is defined and z is not none else w }}",
                "{{ x is divisibleby 3 or x is sameas(false) }}",
                "{{ x not in [1, 2,] and not y }}",
                "{{ x[1:], x[:2], x[::3], x[a:b:c] }}",
                "{{ f(1, *args, a=2, **kwargs).g | map(attribute='h') | list | first }}",
                "{{ (1 + 2) // 3 % 4 <= 5 != 6 }}",
                "{{ 1_000 + 0xff + 1.5e-3 | int if false }}",
                "{{ -x | abs }}",
                "{{ () }}",
                "{{ a, b }}",
                "{%- if a -%}x{%+ elif b %}y{% else +%}z{% endif %}",
                "{% for k, v in d.items() if v recursive %}{{ loop(k) }}{% else %}-{% endfor %}",
                "{% for i in a, b %}{% if i %}{% continue %}{% endif %}{% break %}{% endfor %}",
                "{% set x = 1 %}{% set ns.y = 2 %}{% set a, b = 1, 2 %}{% set t | upper %}text{% endset %}",
                "{% macro m(a, b=1) -%}{{ a }}{%- endmacro %}{% call(x) m(1) %}{{ x }}{% endcall %}",
                "{% with a = 1, b = 2 %}{{ a }}{% endwith %}{% filter upper | trim %}x{% endfilter %}",
                "{% do list.append(1) %}{% import 'x' as y with context %}{% from 'x' import a as b, c %}",
                "ends in {#",
                "{% for (a, b), c in x %}{% endfor %}",
                "{% for (a,) in x %}{% endfor %}",
                "{# a {{ comment %} #}{% raw %}{{ not {% parsed{% endraw %}",
                "{% set values = {None:None,'idle':'idle','heat':'heating'} %}{{ values[value_json.state] }}",
                "{% autoescape false %}{% endautoescape %}{% include 'x' ignore missing without context %}",
                "{% print %}{% print a, b %}",
                "{{ x.1.5 }}",
                "{{\u00a0ns\u001f}}",
                "text {#\n",
                "{% set ns.a, b, ns.c = 1, 2, 3 %}",
                "{% set loop = 1 %}{% with loop = 2 %}{% endwith %}",
                "{% block a required %} {# nothing #}\n{% endblock %}",
                "{% if x %}{% extends 'a' %}{% endif %}",
                "{{ f(1, a=2, *args, b=3, **kwargs) }}",
                "{{ x[1:2, ::3, a][] }}",
                "{% from 'x' import a, b as c, with context %}{% import 'x' as _y %}",
            })
    void understands_what_jinja_understands(String template) {
        assertThat(TemplateSyntax.error(template)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ value",
                "{{ }}",
                "{% %}",
                "{{ value }",
                "{{ value %}",
                "{% if x %}",
                "{% if x %}{% else %}",
                "{% endif %}",
                "{% if %}x{% endif %}",
                "{% unknown %}",
                "{% for x %}{% endfor %}",
                "{% for 1 in x %}{% endfor %}",
                "{% set true = 1 %}",
                "{% set x %}",
                "{% block a %}{% endblock %}{% if x %}{% block a %}{% endblock %}{% endif %}",
                "{{ a b }}",
                "{% call m %}{% endcall %}",
                "{{ x. 1.5 }}",
                "{% call m() | upper %}{% endcall %}",
                "{% from 'x' import a, %}",
                "{% from 'x' import _a %}",
                "{% macro m(a,) %}{% endmacro %}",
                "{% for loop in x %}{% endfor %}",
                "{% for a in x %}{% set loop = 1 %}{% endfor %}",
                "{% for a in x %}{% extends 'a' %}{% endfor %}",
                "{% block a required %}text{% endblock %}",
                "{% block a required %}{% if x %}{% endif %}{% endblock %}",
                "{{ f(*a, *b) }}",
                "{{ f(*a, 1) }}",
                "{{ f(**a, b=1) }}",
                "{{ x[1,] }}",
                "{{ x[,] }}",
                "{{ x[1:2:3:4] }}",
                "{{ a | }}",
                "{{ a | 1 }}",
                "{{ a. }}",
                "{{ a is }}",
                "{{ a is b is c }}",
                "{{ a is defined if b else c }}",
                "{{ (a }}",
                "{{ [a) }}",
                "{{ a] }}",
                "{{ {a} }}",
                "{{ 'open }}",
                "{{ a ? b : c }}",
                "{{ a && b }}",
                "{{ f(a=1, b) }}",
                "{{ 1 + }}",
                "{# never ends",
                "{% raw %}never ends",
                "{% for a, in x %}{% endfor %}",
                "{% set a, = x %}",
                "{% macro m(a=1, b) %}{% endmacro %}",
                "{{ a in }}",
                "{% endfor %}{% for a in b %}",
            })
    void refuses_what_jinja_refuses(String template) {
        assertThat(TemplateSyntax.error(template)).isPresent();
    }

    @Test
    void says_where_and_what_was_expected() {
        assertThatThrownBy(() -> Template.of("{{ value | }}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a template: \"{{ value | }}\": expected the name of a filter, got the end of the tag"
                        + " at index 11");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ x | foo }}",
                "{{ x is foo }}",
                "{{ x | upper | foo.bar(1) }}",
                "{{ f(x | foo) or (1 if a else b) }}",
                "{% set a = x | foo %}",
                "{% set a | foo %}{% endset %}",
                "{% filter foo %}{% endfilter %}",
                "{% if x %}{% for a in b %}{{ a | foo }}{% endfor %}{% endif %}",
                "{% if x %}{% for a in b if a is foo %}{% endfor %}{% endif %}",
                "{% if x %}{% for a in b %}{% else %}{{ c | foo }}{% endfor %}{% endif %}",
                "{% if x %}{% set a %}{{ b | foo }}{% endset %}{% endif %}",
                "{% if x %}{% set a | foo %}{% endset %}{% endif %}",
                "{% if x %}{% with a = b %}{{ a | foo }}{% endwith %}{% endif %}",
                "{% if x %}{% macro m(a=b | foo) %}{% endmacro %}{% endif %}",
                "{% if x %}{% call(q=x | foo) m(1) %}{% endcall %}{% endif %}",
                "{% if x %}{% autoescape x | foo %}{% endautoescape %}{% endif %}",
                "{% if x %}{% block a %}{{ x | foo }}{% endblock %}{% endif %}",
            })
    void refuses_filters_and_tests_that_home_assistant_does_not_have(String template) {
        assertThat(TemplateSyntax.error(template)).get().asString().startsWith("Home Assistant has no ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ x | foo if y else 1 }}",
                "{{ 1 if x is foo else 2 | foo }}",
                "{{ [x | foo] if y }}",
                "{% if x | foo %}{{ x | foo }}{% elif y is foo %}{% else %}{{ x | foo }}{% endif %}",
                "{% if x %}{% for a in b | foo %}{% endfor %}{% set a = b | foo %}{% do x | foo %}{% endif %}",
                "{% if x %}{% with a = b | foo %}{% endwith %}{% call m(1 | foo) %}{% endcall %}{% endif %}",
                "{% for a in b %}{% if a %}{{ a | foo }}{% endif %}{% endfor %}",
                "{% if x %}{% for a in b recursive %}{{ loop(a | foo if 1 else 2) }}{% endfor %}{% endif %}",
            })
    void lets_pass_unknown_names_where_jinja_waits_for_their_evaluation(String template) {
        assertThat(TemplateSyntax.error(template)).isEmpty();
    }

    @Test
    void names_the_filter_that_home_assistant_does_not_have() {
        assertThat(TemplateSyntax.error("{{ value_json.t | rond(1) }}"))
                .contains("Home Assistant has no filter rond at index 18");
    }

    @Test
    void refuses_deep_nesting_instead_of_running_out_of_stack() {
        assertThat(TemplateSyntax.error("{{ " + "(".repeat(50_000) + ")".repeat(50_000) + " }}"))
                .isPresent();
        assertThat(TemplateSyntax.error("{% if a %}".repeat(50_000))).isPresent();
        assertThat(TemplateSyntax.error("{{ " + "not ".repeat(50_000) + "a }}")).isEmpty();
    }

    @Test
    void an_escape_without_its_digits_is_refused_as_python_refuses_it() {
        assertThat(TemplateSyntax.error("{{ '\\x i' }}")).isPresent();
        assertThat(TemplateSyntax.error("{{ '\\u12' }}")).isPresent();
        assertThat(TemplateSyntax.error("{{ '\\U0001' }}")).isPresent();
        assertThat(TemplateSyntax.error("{{ '\\U00110000' }}")).isPresent();
        assertThat(TemplateSyntax.error("{{ '\\N' }}")).isPresent();
        assertThat(TemplateSyntax.error("{{ '\\N{NO SUCH NAME}' }}")).isPresent();
        assertThat(TemplateSyntax.error("{{ '\\N{DIGIT ONE}' }}")).isEmpty();
        assertThat(TemplateSyntax.error("{{ '\\x41' }}")).isEmpty();
    }

    @Test
    void answers_every_text_without_an_exception() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        String[] pieces = {
            "{{",
            "}}",
            "{%",
            "%}",
            "{#",
            "#}",
            " if ",
            " for ",
            " in ",
            "x",
            "1",
            ".",
            "|",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "'",
            "\"",
            "\\",
            " else ",
            " endif ",
            " endfor ",
            " set ",
            "=",
            ",",
            ":",
            " is ",
            " not ",
            "-",
            "ä",
            "\n"
        };
        for (int i = 0; i < 20_000; i++) {
            StringBuilder template = new StringBuilder();
            for (int n = random.nextInt(30); n > 0; n--) {
                template.append(pieces[random.nextInt(pieces.length)]);
            }
            String text = template.toString();
            assertThat(TemplateSyntax.error(text))
                    .as("seed %d, template %s", seed, text)
                    .isNotNull();
        }
    }
}
