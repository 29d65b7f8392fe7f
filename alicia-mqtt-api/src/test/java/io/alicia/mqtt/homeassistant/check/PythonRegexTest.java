package io.alicia.mqtt.homeassistant.check;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers are those of {@code re.compile} of Python 3.11, and of 3.14 where that knows more ({@code \\z}). */
class PythonRegexTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "^[a-z]+$",
                "^\\d{4}$",
                "(?P<first_name>\\w+) (?P=first_name)",
                "(?P<a_b>x)(?P<ab>y)",
                "(a)?(?(1)b|c)",
                "(?i)abc",
                "(?i:a)(?-i:b)",
                "(?#why)a",
                "(?:a)(?=b)(?!c)(?<=d)(?<!e)",
                "[[]",
                "[]a]",
                "[^]a]",
                "[a&&b]",
                "[\\b\\d]",
                "a{",
                "a{,3}",
                "a{}",
                "{a}",
                "a]b}",
                "\\Aa\\Z",
                "\\0\\a\\v\\x41\\u0041\\U00000041",
                "\\-\\/\\é",
                "a*+b++",
                "\\z",
                "a{,}",
                "(a)\\1",
                "(a)(b)\\2",
                "\\101\\123\\07",
                "(?<=ab|cd)",
                "(?<=(a)b)\\1",
                "(a)(?<=\\1)",
                "(?<=a{2})",
                "(?(1)a)(b)",
                "(?=a)*",
                "(?x) a # (comment",
                "(?#c)(?i)a",
                "(?x:a # [\n)",
                "(?i-s:a)",
                "\\N{DIGIT ONE}",
            })
    void takes_what_python_takes(String regex) {
        assertThatCode(() -> PythonRegex.require(regex)).doesNotThrowAnyException();
    }

    @Test
    void refuses_deep_nesting_instead_of_running_out_of_stack() {
        assertThatExceptionOfType(PatternSyntaxException.class)
                .isThrownBy(() -> PythonRegex.require("(".repeat(100_000) + ")".repeat(100_000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "[]",
                "(",
                "a)",
                "*a",
                "a**",
                "\\",
                "\\p{L}",
                "\\Qa\\E",
                "\\h",
                "\\R",
                "\\k<a>",
                "[\\A]",
                "(?<name>a)",
                "(?P<1>a)",
                "(?P>a)",
                "(?P=a)",
                "(?P<a>x)(?P<a>y)",
                "a(?i)b",
                "(?d)a",
                "a{3,2}",
                "[z-a]",
                "\\U0041",
                "\\U00110000",
                "(?<=a*)",
                "(?<=ab|c)",
                "(?<!a{1,2})",
                "(a|bc)(?<=\\1)",
                "(?<=(a)\\1)",
                "\\1",
                "(a)\\2",
                "(a\\1)",
                "(?(1)a)",
                "(?(x)a)",
                "(a)?(?(1)b|c|d)",
                "\\400",
                "\\8",
                "[\\8]",
                "\\x4",
                "\\u004",
                "\\N{NO SUCH NAME}",
                "^*",
                "\\b+",
                "a{99999999999}",
                "(?L)a",
                "(?au)a",
                "(?-:a)",
                "(?i-i:a)",
                "(?x) a # b\\",
                "[\\d-x]",
            })
    void refuses_what_python_refuses(String regex) {
        assertThatExceptionOfType(PatternSyntaxException.class).as(regex).isThrownBy(() -> PythonRegex.require(regex));
    }
}
