package io.alicia.mqtt.homeassistant.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The functions of Jinja and of Home Assistant that can be evaluated here. */
final class Functions {

    private static final Set<String> NAMES =
            Set.of("float", "int", "iif", "min", "max", "range", "bool", "is_number", "namespace", "dict", "zip");
    private static final int LONGEST_RANGE = 1_000;

    private Functions() {}

    static boolean isKnown(String name) {
        return NAMES.contains(name);
    }

    static Object call(String name, Given given) {
        return switch (name) {
            case "float" -> Numbers.toFloat(given.require(0, "value"), behind(given));
            case "int" -> Numbers.toInt(given.require(0, "value"), behind(given));
            case "iif" -> iif(given.require(0, "value"), behind(given));
            case "min" -> extreme("<", values(given), given);
            case "max" -> extreme(">", values(given), given);
            case "range" -> range(given);
            case "bool" ->
                Numbers.toBool(given.require(0, "value"), behind(given).only("default"));
            case "is_number" -> Numbers.isNumber(given.only("value").require(0, "value"), given);
            case "namespace" -> new Namespace(dictionary(given));
            case "dict" -> dictionary(given);
            case "zip" -> zipped(given.onlyPositional());
            default -> throw new CannotEvaluateException("the function " + name + " is not known here");
        };
    }

    /** A function of a value takes what its filter takes behind it. */
    private static Given behind(Given given) {
        return new Given(
                given.of(), given.positional().subList(1, given.positional().size()), given.named());
    }

    private static List<Object> values(Given given) {
        return given.positional().size() == 1
                ? Values.elements(given.positional().get(0))
                : given.positional();
    }

    static Object iif(Object value, Given given) {
        given.only("if_true", "if_false", "if_none");
        Optional<Object> ifNone = given.get(2, "if_none");
        if (value == Values.NONE && ifNone.isPresent()) {
            return ifNone.get();
        }
        return Values.truth(value)
                ? given.get(0, "if_true").orElse(true)
                : given.get(1, "if_false").orElse(false);
    }

    static Object extreme(String operator, List<Object> values, Given given) {
        if (values.isEmpty() || !given.named().isEmpty()) {
            throw new CannotEvaluateException(given.of() + " of nothing, or with a key or a default");
        }
        Object extreme = values.get(0);
        for (Object value : values) {
            if (Operators.compare(operator, value, extreme)) {
                extreme = value;
            }
        }
        return extreme;
    }

    /**
     * What is called below {@code dict}. Any name but those of Python's methods makes a dictionary, because Python takes it for
     * the type of the keys; {@code dict.from_keys} is the one that is used.
     */
    static Object ofDict(String name, Given given) {
        if (PythonAttributes.isOfDictionary(name) || name.startsWith("_")) {
            throw new CannotEvaluateException("dict." + name + " is not known here");
        }
        return dictionary(given);
    }

    private static Map<Object, Object> dictionary(Given given) {
        if (given.positional().size() > 1) {
            throw new CannotEvaluateException(given.of() + " takes one value at most");
        }
        Map<Object, Object> made = new LinkedHashMap<>();
        for (Object source : given.positional()) {
            if (source instanceof Map<?, ?> map) {
                made.putAll(map);
            } else {
                Values.elements(source).forEach(pair -> putInto(made, pair, given));
            }
        }
        made.putAll(given.named());
        return made;
    }

    private static void putInto(Map<Object, Object> made, Object pair, Given given) {
        List<Object> parts = Values.elements(pair);
        if (parts.size() != 2) {
            throw new CannotEvaluateException(given.of() + " takes pairs, not " + Values.kind(pair));
        }
        made.put(parts.get(0), parts.get(1));
    }

    private static Object zipped(Given given) {
        List<List<Object>> sources =
                given.positional().stream().map(Values::elements).toList();
        int size = sources.stream().mapToInt(List::size).min().orElse(0);
        List<Object> zipped = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int place = i;
            zipped.add(new Values.Tuple(
                    sources.stream().map(source -> source.get(place)).toList()));
        }
        return Generated.of(zipped);
    }

    private static Object range(Given given) {
        given.only("start", "stop");
        boolean one = given.positional().size() == 1;
        int from = one ? 0 : given.whole(0, "start", 0);
        int to = given.whole(one ? 0 : 1, "stop", 0);
        if ((long) to - from > LONGEST_RANGE) {
            throw new CannotEvaluateException("a range of more than " + LONGEST_RANGE);
        }
        List<Object> numbers = new ArrayList<>();
        for (int i = from; i < to; i++) {
            numbers.add(BigInteger.valueOf(i));
        }
        return numbers;
    }
}
