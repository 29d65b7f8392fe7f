package io.alicia.mqtt.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonBoolean;
import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void reads_each_kind_of_value() {
        JsonValue value =
                Json.parse("{\"s\":\"t\",\"i\":25,\"d\":25.0,\"t\":true,\"f\":false,\"n\":null,\"a\":[1,{}]}");

        assertThat(value)
                .isEqualTo(JsonObject.builder()
                        .put("s", "t")
                        .put("i", 25)
                        .put("d", 25.0)
                        .put("t", true)
                        .put("f", false)
                        .put("n", JsonNull.NULL)
                        .put("a", JsonArray.of(JsonNumber.of(1), JsonObject.empty()))
                        .build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"\"",
                "25",
                "25.0",
                "-0.5",
                "25.50",
                "1757685590.0",
                "1757685600.123",
                "123456789012345678901234567890",
                "0.1234567890123456789012345",
                "{\"z\":1,\"a\":[true,false,null]}",
                "\"\\\"\\\\\\n\\r\\t\\u0000\\u001f°日😀\"",
                "\"\\ud800\"",
            })
    void writes_what_it_read(String text) {
        JsonValue value = Json.parse(text);

        assertThat(Json.write(value)).isEqualTo(text);
        assertThat(Json.parse(Json.writeUtf8(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"1e3,1000.0", "1.5e1,15.0", "1E0,1.0", "1e300,1E+300", "1e-7,1E-7", "-0,0"})
    void a_number_with_an_exponent_keeps_its_value_and_stays_a_decimal(String read, String written) {
        JsonNumber number = (JsonNumber) Json.parse(read);

        assertThat(Json.write(number)).isEqualTo(written);
        assertThat(Json.parse(written)).isEqualTo(number);
        assertThat(number.decimal()).isEqualByComparingTo(new BigDecimal(read));
    }

    @Test
    void integer_and_decimal_are_told_apart_although_their_values_are_one() {
        JsonNumber integer = (JsonNumber) Json.parse("25");
        JsonNumber decimal = (JsonNumber) Json.parse("25.0");

        assertThat(integer).isNotEqualTo(decimal);
        assertThat(integer.isInteger()).isTrue();
        assertThat(decimal.isInteger()).isFalse();
        assertThat(decimal.isWhole()).isTrue();
        assertThat(integer.longValueExact()).isEqualTo(decimal.longValueExact()).isEqualTo(25);
        assertThat(JsonNumber.of(25.0)).isEqualTo(decimal);
        assertThat(JsonNumber.of(1_757_685_590.0)).hasToString("1757685590.0");
    }

    @Test
    void a_number_that_no_long_holds_is_not_whole() {
        assertThat(((JsonNumber) Json.parse("1e30")).isWhole()).isFalse();
        assertThat(JsonNumber.of(new BigDecimal("-1e300000000")).isWhole()).isFalse();
        assertThat(JsonNumber.of(new BigDecimal("1e-300000000")).isWhole()).isFalse();
        assertThat(((JsonNumber) Json.parse("0.5")).isWhole()).isFalse();
        assertThat(JsonNumber.of(BigInteger.ONE.shiftLeft(64)).isWhole()).isFalse();
        assertThat(JsonNumber.of(Long.MIN_VALUE).isWhole()).isTrue();
    }

    @Test
    void the_order_of_members_is_kept_but_does_not_count() {
        JsonValue value = Json.parse("{\"z\":1,\"a\":2}");

        assertThat(value).hasToString("{\"z\":1,\"a\":2}").isEqualTo(Json.parse("{\"a\":2,\"z\":1}"));
    }

    @Test
    void the_last_of_two_members_with_one_name_counts() {
        assertThat(Json.parse("{\"a\":1,\"a\":2}")).hasToString("{\"a\":2}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|it is empty",
                "{\"a\":}|line 1, column 6",
                "{\"a\" 1}|line 1, column 6",
                "{\"a\":1|line 1, column",
                "[1,2|line 1, column",
                "tru|line 1, column",
                "NaN|line 1, column",
                "23.5.1|line 1, column",
                "01|line 1, column",
                "{} x|line 1, column",
                "{} {}|line 1, column 4: the value has ended",
                "'unquoted'|line 1, column",
            })
    void an_error_names_line_and_column(String text, String expected) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(PayloadException.class)
                .hasMessageStartingWith("not JSON: ")
                .hasMessageContaining(expected);
        assertThatThrownBy(() -> Json.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void an_error_in_a_later_line_names_that_line() {
        assertThatThrownBy(() -> Json.parse("{\n  \"a\": 1,\n  b: 2\n}"))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("line 3, column 3")
                .hasMessageContaining("expecting");
    }

    @ParameterizedTest
    @CsvSource({
        "22 C3 22, cut short",
        "22 C0 80 22, U+0000 in two bytes",
        "22 E0 80 AF 22, / in three bytes",
        "22 F4 90 80 80 22, beyond U+10FFFF",
        "22 ED A0 80 22, a surrogate",
        "22 FF 22, no byte of UTF-8",
        "7B 22 C0 80 22 3A 31 7D, in a name",
    })
    void bytes_that_are_not_utf_8_are_refused(String bytes, String why) {
        assertThatThrownBy(() -> Json.parse(hex(bytes)))
                .as(why)
                .isInstanceOf(PayloadException.class)
                .hasMessageStartingWith("not UTF-8 text: malformed from byte ");
    }

    @Test
    void no_encoding_but_utf_8_is_guessed_and_its_byte_order_mark_is_skipped() {
        for (Charset charset : List.of(
                StandardCharsets.UTF_16BE,
                StandardCharsets.UTF_16LE,
                StandardCharsets.UTF_16,
                Charset.forName("UTF-32BE"),
                Charset.forName("UTF-32LE"))) {
            assertThatThrownBy(() -> Json.parse("{\"a\":1}".getBytes(charset)))
                    .as("%s", charset)
                    .isInstanceOf(PayloadException.class);
        }
        assertThat(Json.parse(hex("EF BB BF 7B 7D"))).isEqualTo(JsonObject.empty());
        assertThat(Json.parse(hex("22 EF BB BF 22"))).isEqualTo(new JsonString("\uFEFF"));
        assertThat(Json.parse(hex("22 EF BF BD 22"))).isEqualTo(new JsonString("\uFFFD"));
    }

    private static byte[] hex(String bytes) {
        return HexFormat.ofDelimiter(" ").parseHex(bytes);
    }

    @Test
    void nesting_is_bounded() {
        assertThat(Json.parse("[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH)))
                .isInstanceOf(JsonArray.class);
        assertThatThrownBy(() -> Json.parse("[".repeat(1_000_000)))
                .isInstanceOf(PayloadException.class)
                .hasMessage("not JSON: line 1, column 101: expected at most 100 levels of nested objects and arrays");
    }

    @Test
    void length_is_bounded() {
        assertThatThrownBy(() -> Json.parse(new byte[Json.MAX_LENGTH + 1]))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("16777217");
        assertThatThrownBy(() -> Json.parse("9".repeat(Json.MAX_NUMBER_LENGTH + 1)))
                .isInstanceOf(PayloadException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e1001", "-1e-1001", "[1e999999999]", "1e99999999999999999999"})
    void exponents_are_bounded(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("line 1, column");
    }

    @Test
    void a_number_that_json_does_not_have_cannot_be_made() {
        assertThatThrownBy(() -> JsonNumber.of(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
    }

    @Test
    void the_place_of_each_value_is_found_by_its_json_pointer() {
        String text = """
                {"a": [
                  1, [{}],
                  {"b/c": {"~": {}}}
                ]}
                """;

        assertThat(Json.objectPlaces(text))
                .containsOnly(
                        entry("", new Json.Place(1, 1)),
                        entry("/a/1/0", new Json.Place(2, 7)),
                        entry("/a/2", new Json.Place(3, 3)),
                        entry("/a/2/b~1c", new Json.Place(3, 11)),
                        entry("/a/2/b~1c/~0", new Json.Place(3, 17)));
        assertThat(Json.places(text))
                .containsAllEntriesOf(Json.objectPlaces(text))
                .containsEntry("/a", new Json.Place(1, 7))
                .containsEntry("/a/0", new Json.Place(2, 3))
                .hasSize(8);
        assertThatThrownBy(() -> Json.objectPlaces("{")).isInstanceOf(PayloadException.class);
    }

    @Test
    void of_a_name_that_occurs_twice_the_last_counts_or_for_documents_of_others_the_first() {
        String text = "{\"a\": {\"b\": 1, \"b\": 2}, \"c/d\": [{\"e\": 3,\n \"e\": {\"e\": 4, \"e\": 5}}],\n\"a\": 6}";
        List<String> repeated = new ArrayList<>();

        assertThat(Json.parse(text)).hasToString("{\"a\":6,\"c/d\":[{\"e\":{\"e\":5}}]}");
        assertThat(Json.parseFirst(text, (pointer, place) -> repeated.add(pointer + " " + place)))
                .hasToString("{\"a\":{\"b\":1},\"c/d\":[{\"e\":3}]}");

        assertThat(repeated)
                .containsExactly(
                        "/a/b " + new Json.Place(1, 16),
                        "/c~1d/0/e " + new Json.Place(2, 2),
                        "/a " + new Json.Place(3, 1));
        assertThat(Json.places(text))
                .containsEntry("/a", new Json.Place(1, 7))
                .containsEntry("/c~1d/0/e", new Json.Place(1, 39))
                .doesNotContainKey("/c~1d/0/e/e");
    }

    @Test
    void any_tree_comes_back_from_its_text() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);

        for (int i = 0; i < 2_000; i++) {
            JsonValue tree = tree(random, 4);
            assertThat(Json.parse(Json.writeUtf8(tree))).as("seed %d", seed).isEqualTo(tree);
            assertThat(Json.parse(Json.write(tree))).as("seed %d", seed).isEqualTo(tree);
        }
    }

    private static JsonValue tree(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 8)) {
            case 0 -> JsonNull.NULL;
            case 1 -> JsonBoolean.of(random.nextBoolean());
            case 2 -> JsonNumber.of(random.nextLong());
            case 3 -> JsonNumber.of(random.nextInt(-1_000, 1_000) / 8.0);
            case 4 -> JsonNumber.of(BigDecimal.valueOf(random.nextLong(), random.nextInt(-30, 30)));
            case 5 -> new JsonString(text(random));
            case 6 -> {
                List<JsonValue> values = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    values.add(tree(random, depth - 1));
                }
                yield new JsonArray(values);
            }
            default -> {
                JsonObject.Builder object = JsonObject.builder();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.put(name(random), tree(random, depth - 1));
                }
                yield object.build();
            }
        };
    }

    /** Jackson refuses a lone surrogate in a member's name, and so nobody can have sent one. */
    private static String name(SplittableRandom random) {
        return text(random)
                .codePoints()
                .filter(c -> c < 0xD800 || c > 0xDFFF)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
        }
        return text.toString();
    }

    @Test
    void a_text_that_ends_too_early_says_what_is_missing_and_nothing_of_the_reader() {
        for (String text :
                List.of("{\"a\": [1", "{\"a\": 1", "{\"a\": \"x", "{\"a\"", "[1,", "-", "1e", "1".repeat(600))) {
            assertThatThrownBy(() -> Json.parse(text))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageStartingWith("not JSON: line 1, column ")
                    .message()
                    .doesNotContain("Source")
                    .doesNotContain("StreamRead")
                    .doesNotContain("end-of-input");
        }
        assertThatThrownBy(() -> Json.parse("{\"a\": [1"))
                .hasMessageEndingWith("the text ends too early: expected ] for an array that is still open");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "-|the text ends too early: No digit following sign",
                "1e|the text ends too early: expected a digit for number exponent",
                "{\"a\"|the text ends too early within/between Object entries",
                "NaN|Non-standard token 'NaN'",
                "-Infinity|Non-standard token '-Infinity'",
                "+1|JSON spec does not allow numbers to have plus signs",
                "// no|Unexpected character ('/' (code 47)): JSON has no comments",
                "/* no */ 1|Unexpected character ('/' (code 47)): JSON has no comments",
            })
    void an_error_gives_no_advice_that_only_the_reader_of_the_text_could_follow(String text, String problem) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(PayloadException.class)
                .hasMessageEndingWith(problem)
                .message()
                .doesNotContain("Feature", "ALLOW", "enable");
    }

    @Test
    void names_are_bounded() {
        String longest = "n".repeat(Json.MAX_NAME_LENGTH);

        assertThat(((JsonObject) Json.parse("{\"" + longest + "\":1}")).get(longest))
                .isPresent();
        assertThatThrownBy(() -> Json.parse("{\"" + longest + "n\":1}"))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("50000")
                .message()
                .doesNotContain("Constraints");
    }
}
