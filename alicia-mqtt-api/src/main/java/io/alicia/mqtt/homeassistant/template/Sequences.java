package io.alicia.mqtt.homeassistant.template;

import io.alicia.mqtt.homeassistant.template.Values.Undefined;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** The filters of Jinja that go through a sequence element by element. */
final class Sequences {

    /** Names that Jinja has for operators as tests besides their words. */
    private static final Map<String, String> TESTS =
            Map.of("==", "eq", "!=", "ne", ">", "gt", ">=", "ge", "<", "lt", "<=", "le");

    private Sequences() {}

    static Object apply(String name, Object input, Given given) {
        return switch (name) {
            case "map" -> mapped(input, given);
            case "select" -> selected(input, given, true);
            case "reject" -> selected(input, given, false);
            case "selectattr" -> selectedByAttribute(input, given, true);
            case "rejectattr" -> selectedByAttribute(input, given, false);
            case "sort" -> sorted(input, given.only("reverse", "case_sensitive", "attribute"));
            case "unique" -> unique(input, given.only("case_sensitive", "attribute"));
            case "reverse" -> reversed(input, given.only());
            case "items" -> items(input, given.only());
            default -> throw new CannotEvaluateException("the filter " + name + " is not known here");
        };
    }

    private static Object mapped(Object input, Given given) {
        if (given.positional().isEmpty()) {
            given.only("attribute", "default");
            Function<Object, Object> attribute = attribute(given.require(2, "attribute"));
            return Generated.mapped(input, element -> {
                Object value = attribute.apply(element);
                return value instanceof Undefined ? given.get(2, "default").orElse(value) : value;
            });
        }
        String filter = given.text(0, "the name of a filter");
        Given behind = new Given(
                "the filter " + filter,
                given.positional().subList(1, given.positional().size()),
                given.named());
        return Generated.mapped(input, element -> Filters.apply(filter, element, behind));
    }

    private static Object selected(Object input, Given given, boolean wanted) {
        Predicate<Object> test = test(given, 0);
        return Generated.selected(input, element -> test.test(element) == wanted);
    }

    private static Object selectedByAttribute(Object input, Given given, boolean wanted) {
        Function<Object, Object> attribute = attribute(given.require(0, "an attribute"));
        Predicate<Object> test = test(given, 1);
        return Generated.selected(input, element -> test.test(attribute.apply(element)) == wanted);
    }

    /** The test that is named at a place, with the arguments behind; without one, whether the value counts as true. */
    private static Predicate<Object> test(Given given, int place) {
        if (given.positional().size() <= place) {
            given.onlyPositional();
            return Values::truth;
        }
        String written = given.text(place, "the name of a test");
        String name = TESTS.getOrDefault(written, written);
        Given behind = new Given(
                "the test " + name,
                given.positional().subList(place + 1, given.positional().size()),
                given.named());
        return value -> ValueTests.holds(name, value, behind);
    }

    /** A key or a path of them, separated by dots. */
    private static Function<Object, Object> attribute(Object written) {
        List<Object> path = new ArrayList<>();
        if (written instanceof String text) {
            for (String part : Strings.split(text, ".")) {
                path.add(Strings.isDigits(part) ? new BigInteger(part) : part);
            }
        } else {
            path.add(written);
        }
        return element -> {
            Object value = element;
            for (Object key : path) {
                value = Evaluation.subscript(value, key);
            }
            return value;
        };
    }

    private static Object sorted(Object input, Given given) {
        Function<Object, Object> key = key(given, 1, 2);
        List<Object> sorted = new ArrayList<>(Values.elements(input));
        Comparator<Object> order = (a, b) -> compared(key.apply(a), key.apply(b));
        boolean reverse = given.get(0, "reverse").map(Values::truth).orElse(false);
        try {
            sorted.sort(reverse ? Collections.reverseOrder(order) : order);
        } catch (IllegalArgumentException e) { // no order, as with nan
            throw new CannotEvaluateException("what it sorts has no order");
        }
        return sorted;
    }

    private static int compared(Object a, Object b) {
        if (Operators.compare("<", a, b)) {
            return -1;
        }
        return Operators.compare("<", b, a) ? 1 : 0;
    }

    private static Object unique(Object input, Given given) {
        Function<Object, Object> key = key(given, 0, 1);
        List<Object> seen = new ArrayList<>();
        return Generated.selected(input, element -> {
            Object known = key.apply(element);
            boolean first = seen.stream().noneMatch(other -> Operators.equal(other, known));
            if (first) {
                seen.add(known);
            }
            return first;
        });
    }

    /** By what elements are compared: an attribute of theirs, and texts without regard to case unless it is asked for. */
    private static Function<Object, Object> key(Given given, int caseSensitive, int attribute) {
        boolean sensitive =
                given.get(caseSensitive, "case_sensitive").map(Values::truth).orElse(false);
        Function<Object, Object> value = given.get(attribute, "attribute")
                .filter(written -> written != Values.NONE)
                .map(Sequences::attribute)
                .orElse(Function.identity());
        return value.andThen(
                known -> !sensitive && known instanceof String text ? (Object) text.toLowerCase(Locale.ROOT) : known);
    }

    private static Object reversed(Object input, Given unused) {
        if (input instanceof Generated || input instanceof Undefined) {
            throw new CannotEvaluateException(Values.kind(input) + " the other way round");
        }
        List<Object> elements = new ArrayList<>(Values.elements(input));
        Collections.reverse(elements);
        return input instanceof String
                ? String.join("", elements.stream().map(Values::text).toList())
                : Generated.of(elements);
    }

    private static Object items(Object input, Given unused) {
        if (input instanceof Undefined) {
            return Generated.of(List.of());
        }
        if (!(input instanceof Map<?, ?> map)) {
            throw new CannotEvaluateException("items takes an object, not " + Values.kind(input));
        }
        List<Object> items = new ArrayList<>();
        map.forEach((key, value) -> items.add(new Values.Tuple(List.of(key, value))));
        return Generated.of(items);
    }
}
