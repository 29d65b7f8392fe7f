package io.alicia.mqtt.homeassistant.template;

import io.alicia.mqtt.homeassistant.python.PythonFloat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The values of Python, in which Home Assistant evaluates templates: {@link Boolean}, {@link BigInteger}, {@link Double},
 * {@link String}, lists and maps of those, {@link #NONE}, {@link Tuple}, {@link Generated}, {@link Namespace} and what is
 * {@link Undefined}.
 */
final class Values {

    /** Python's None. */
    static final Object NONE = new Object() {
        @Override
        public String toString() {
            return "None";
        }
    };

    /** What is not there; printed as nothing, and no attribute of it can be asked for. */
    record Undefined(String what) {}

    /** Several values in parentheses. */
    record Tuple(List<Object> elements) {}

    private Values() {}

    /** A value from outside: texts, numbers, booleans, lists and maps of those, and nulls. */
    static Object of(@Nullable Object value) {
        if (value == null) {
            return NONE;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> converted = new LinkedHashMap<>();
            map.forEach((key, member) -> converted.put(String.valueOf(key), of(member)));
            return converted;
        }
        if (value instanceof Iterable<?> list) {
            List<Object> converted = new ArrayList<>();
            list.forEach(element -> converted.add(of(element)));
            return converted;
        }
        if (value instanceof Double || value instanceof Float) {
            return ((Number) value).doubleValue();
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.scale() <= 0 ? (Object) decimal.toBigInteger() : (Object) decimal.doubleValue();
        }
        if (value instanceof BigInteger || value instanceof Boolean || value instanceof String) {
            return value;
        }
        return value instanceof Number whole ? (Object) BigInteger.valueOf(whole.longValue()) : value.toString();
    }

    /** What {@code str(value)} gives. */
    static String text(Object value) {
        if (value instanceof Undefined) {
            return "";
        }
        return value instanceof String text ? text : representation(value);
    }

    /** What {@code repr(value)} gives. */
    static String representation(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (value instanceof Double number) {
            return PythonFloat.text(number);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Values::representation).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Tuple tuple) {
            return tuple.elements().stream()
                    .map(Values::representation)
                    .collect(Collectors.joining(", ", "(", tuple.elements().size() == 1 ? ",)" : ")"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> representation(entry.getKey()) + ": " + representation(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof String text) {
            return quoted(text);
        }
        if (value instanceof BigInteger || value == NONE) {
            return value.toString();
        }
        throw new CannotEvaluateException("what it prints is neither text nor number");
    }

    private static String quoted(String text) {
        char mark = text.contains("'") && !text.contains("\"") ? '"' : '\'';
        StringBuilder quoted = new StringBuilder().append(mark);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\\' -> quoted.append("\\\\");
                default -> {
                    if (c == mark) {
                        quoted.append('\\');
                    } else if (c < ' ' || (c >= 0x7F && c < 0xA1)) {
                        throw new CannotEvaluateException("it prints a text with control characters within a list");
                    }
                    quoted.appendCodePoint(c);
                }
            }
        });
        return quoted.append(mark).toString();
    }

    /** What {@code bool(value)} gives. */
    static boolean truth(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof BigInteger whole) {
            return whole.signum() != 0;
        }
        if (value instanceof Double number) {
            return number != 0;
        }
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        if (value instanceof List<?> list) {
            return !list.isEmpty();
        }
        if (value instanceof Tuple tuple) {
            return !tuple.elements().isEmpty();
        }
        if (value instanceof Map<?, ?> map) {
            return !map.isEmpty();
        }
        return !(value instanceof Undefined) && value != NONE;
    }

    /** The elements of what can be gone through one by one. */
    static List<Object> elements(Object value) {
        if (value instanceof Tuple tuple) {
            return tuple.elements();
        }
        if (value instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        if (value instanceof Map<?, ?> map) {
            return new ArrayList<>(map.keySet());
        }
        if (value instanceof String text) {
            return text.codePoints()
                    .mapToObj(c -> (Object) Character.toString(c))
                    .collect(Collectors.toCollection(ArrayList::new));
        }
        if (value instanceof Generated generated) {
            return generated.rest();
        }
        if (value instanceof Undefined) {
            return List.of();
        }
        throw new CannotEvaluateException(kind(value) + " has no elements");
    }

    /** What it is called in a reason. */
    static String kind(Object value) {
        if (value instanceof Undefined undefined) {
            return "\"" + undefined.what() + "\", which is not defined,";
        }
        if (value instanceof String text) {
            return "the text '" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
        }
        if (value instanceof Map) {
            return "an object";
        }
        if (value instanceof List || value instanceof Tuple) {
            return "a list";
        }
        if (value instanceof Generated) {
            return "a generator";
        }
        return value instanceof Namespace || value instanceof Methods.Method
                ? "what is no value"
                : representation(value);
    }
}
