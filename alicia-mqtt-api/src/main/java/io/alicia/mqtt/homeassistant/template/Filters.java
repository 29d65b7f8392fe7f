package io.alicia.mqtt.homeassistant.template;

import io.alicia.mqtt.homeassistant.template.Values.Undefined;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The filters of Jinja and of Home Assistant that can be evaluated here. */
final class Filters {

    private static final Pattern WORD_BEGIN = Pattern.compile("(^|[-\\s({\\[<]+)([^-\\s({\\[<]+)");

    private Filters() {}

    static Object apply(String name, Object input, Given given) {
        return switch (name) {
            case "default", "d" -> defaulted(input, given.only("default_value", "boolean"));
            case "float" -> Numbers.toFloat(input, given);
            case "int" -> Numbers.toInt(input, given);
            case "round" -> Numbers.round(input, given);
            case "abs" -> absolute(input, given.only());
            case "iif" -> Functions.iif(input, given);
            case "length", "count" -> length(input, given.only());
            case "first" -> first(input, given.only());
            case "last" -> last(input, given.only());
            case "sum" -> sum(input, given.only());
            case "min" -> Functions.extreme("<", Values.elements(input), given.only());
            case "max" -> Functions.extreme(">", Values.elements(input), given.only());
            case "list" -> listed(input, given.only());
            case "join" -> joined(input, given.only("d"));
            case "bitwise_and" -> bits(input, given).and(bits(given.require(0, "second_value"), given));
            case "bitwise_or" -> bits(input, given).or(bits(given.require(0, "second_value"), given));
            case "bitwise_xor" -> bits(input, given).xor(bits(given.require(0, "second_value"), given));
            case "to_json" -> JsonText.orjson(input, given.only());
            case "tojson" -> JsonText.jinja(input, given.only());
            case "from_json" -> JsonText.read(input, given.only("default"));
            case "is_defined" -> defined(input, given.only());
            case "is_number" -> Numbers.isNumber(input, given.only());
            case "bool" -> Numbers.toBool(input, given.only("default"));
            case "multiply", "add" -> scaled(name, input, given.only("amount", "default"));
            default -> ofText(name, input, given);
        };
    }

    private static Object ofText(String name, Object input, Given given) {
        return switch (name) {
            case "string" -> text(input, given.only());
            case "upper" -> text(input, given.only()).toUpperCase(Locale.ROOT);
            case "lower" -> text(input, given.only()).toLowerCase(Locale.ROOT);
            case "capitalize" -> capitalized(text(input, given.only()));
            case "title" -> titled(text(input, given.only()));
            case "trim" -> Methods.stripped(text(input, given), given.only("chars"), true, true);
            case "replace" ->
                text(input, given.only("old", "new"))
                        .replace(Values.text(given.require(0, "old")), Values.text(given.require(1, "new")));
            case "format" -> Formatting.formatted(text(input, given.onlyPositional()), given.positional());
            case "regex_match" -> Regex.matches(input, given);
            case "regex_search" -> Regex.isFound(input, given);
            case "regex_replace" -> Regex.replaced(input, given);
            case "regex_findall" -> Regex.found(input, given.only("find", "ignorecase"));
            case "regex_findall_index" -> Regex.foundAt(input, given.only("find", "index", "ignorecase"));
            default -> Sequences.apply(name, input, given);
        };
    }

    /** As it is; what is not there is an error already here, not only where it is used. */
    private static Object defined(Object input, Given unused) {
        if (input instanceof Undefined) {
            throw new CannotEvaluateException(Values.kind(input) + " is not there");
        }
        return input;
    }

    private static String text(Object value, Given unused) {
        return Values.text(value);
    }

    private static Object defaulted(Object input, Given given) {
        boolean falseAsWell = given.get(1, "boolean").map(Values::truth).orElse(false);
        return input instanceof Undefined || (falseAsWell && !Values.truth(input))
                ? given.get(0, "default_value").orElse("")
                : input;
    }

    private static Object absolute(Object input, Given unused) {
        if (input instanceof Double number) {
            return Math.abs(number);
        }
        return Operators.whole(input)
                .map(BigInteger::abs)
                .orElseThrow(() -> new CannotEvaluateException("abs takes a number, not " + Values.kind(input)));
    }

    private static Object length(Object input, Given unused) {
        if (Operators.isNumber(input) || input == Values.NONE || input instanceof Generated) {
            throw new CannotEvaluateException(Values.kind(input) + " has no length");
        }
        return BigInteger.valueOf(Values.elements(input).size());
    }

    private static Object first(Object input, Given unused) {
        if (input instanceof Generated generated) {
            return generated.hasNext() ? generated.next() : new Undefined("the first of nothing");
        }
        List<Object> elements = Values.elements(input);
        return elements.isEmpty() ? new Undefined("the first of nothing") : elements.get(0);
    }

    private static Object last(Object input, Given unused) {
        if (input instanceof Generated) {
            throw new CannotEvaluateException("the last of " + Values.kind(input));
        }
        List<Object> elements = Values.elements(input);
        return elements.isEmpty() ? new Undefined("the last of nothing") : elements.get(elements.size() - 1);
    }

    private static Object sum(Object input, Given unused) {
        Object sum = BigInteger.ZERO;
        for (Object element : Values.elements(input)) {
            sum = Operators.binary("+", sum, element);
        }
        return sum;
    }

    private static Object listed(Object input, Given unused) {
        return new ArrayList<>(Values.elements(input));
    }

    private static Object joined(Object input, Given given) {
        String between = given.get(0, "d").map(Values::text).orElse("");
        return Values.elements(input).stream().map(Values::text).collect(Collectors.joining(between));
    }

    private static BigInteger bits(Object value, Given given) {
        return Operators.whole(value)
                .orElseThrow(() ->
                        new CannotEvaluateException(given.of() + " takes a whole number, not " + Values.kind(value)));
    }

    private static Object scaled(String name, Object input, Given given) {
        Object amount = given.require(0, "amount");
        Map<String, Object> withDefault =
                given.get(1, "default").map(value -> Map.of("default", value)).orElse(Map.of());
        Object number = Numbers.toFloat(input, new Given(name, List.of(), withDefault));
        // A default is given as it is, not calculated with.
        boolean isDefault = withDefault.containsValue(number) && !Operators.isNumber(input) && !isNumeric(input);
        return isDefault ? number : Operators.binary(name.equals("add") ? "+" : "*", number, amount);
    }

    private static boolean isNumeric(Object input) {
        Object marker = new ArrayList<>();
        return Numbers.toFloat(input, new Given("float", List.of(marker), Map.of())) != marker;
    }

    static String capitalized(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT)
                        + text.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String titled(String text) {
        return WORD_BEGIN
                .matcher(text)
                .replaceAll(word -> Matcher.quoteReplacement(word.group(1) + capitalized(word.group(2))));
    }
}
