package io.alicia.mqtt.homeassistant.template;

import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.codec.PayloadException;
import io.alicia.mqtt.homeassistant.python.PythonFloat;
import io.alicia.mqtt.payload.JsonString;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Values as JSON, as the libraries that Home Assistant has for it write and read them. */
final class JsonText {

    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    private final String comma;
    private final String colon;
    private final Function<String, String> quoting;
    private final Function<Object, String> numbers;

    private JsonText(String comma, String colon, Function<String, String> quoting, Function<Object, String> numbers) {
        this.comma = comma;
        this.colon = colon;
        this.quoting = quoting;
        this.numbers = numbers;
    }

    /** What Home Assistant's {@code to_json} gives: compact, in the order of the keys. */
    static String orjson(Object value, Given unused) {
        JsonText json = new JsonText(",", ":", text -> new JsonString(text).toString(), JsonText::orjsonNumber);
        return json.text(value, false);
    }

    /** What Jinja's {@code tojson} gives: spaced, sorted by the keys, in ASCII and fit for HTML. */
    static String jinja(Object value, Given unused) {
        JsonText json = new JsonText(
                ", ",
                ": ",
                JsonText::ascii,
                number -> number instanceof Double decimal ? jinjaNumber(decimal) : number.toString());
        return json.text(value, true)
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("'", "\\u0027");
    }

    /** What Home Assistant's {@code from_json} gives. */
    static Object read(Object value, Given given) {
        try {
            if (value instanceof String text) {
                return Values.of(Variables.plain(Json.parse(text)));
            }
        } catch (PayloadException e) {
            return given.get(0, "default")
                    .orElseThrow(() -> new CannotEvaluateException(Values.kind(value) + " is no JSON"));
        }
        return given.get(0, "default")
                .orElseThrow(() -> new CannotEvaluateException(Values.kind(value) + " is no text of JSON"));
    }

    private String text(Object value, boolean sorted) {
        if (value instanceof String text) {
            return quoting.apply(text);
        }
        if (value instanceof Boolean flag) {
            return flag.toString();
        }
        if (value instanceof BigInteger || value instanceof Double) {
            return numbers.apply(value);
        }
        if (value instanceof List || value instanceof Values.Tuple) {
            return Values.elements(value).stream()
                    .map(element -> text(element, sorted))
                    .collect(Collectors.joining(comma, "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return object(map, sorted);
        }
        if (value == Values.NONE) {
            return "null";
        }
        throw new CannotEvaluateException(Values.kind(value) + " as JSON");
    }

    private String object(Map<?, ?> map, boolean sorted) {
        Map<String, Object> ordered = sorted ? new TreeMap<>(JsonText::byCodePoints) : new LinkedHashMap<>();
        map.forEach((key, member) -> {
            if (!(key instanceof String name)) {
                throw new CannotEvaluateException("an object with keys that are no text as JSON");
            }
            ordered.put(name, member);
        });
        List<String> members = new ArrayList<>();
        ordered.forEach((key, member) -> members.add(quoting.apply(key) + colon + text(member, sorted)));
        return members.stream().collect(Collectors.joining(comma, "{", "}"));
    }

    private static int byCodePoints(String a, String b) {
        int[] first = a.codePoints().toArray();
        int[] second = b.codePoints().toArray();
        return Arrays.compare(first, second);
    }

    private static String ascii(String text) {
        StringBuilder quoted = new StringBuilder();
        new JsonString(text).toString().chars().forEach(c -> {
            if (c <= 0x7F) {
                quoted.append((char) c);
            } else {
                quoted.append(String.format("\\u%04x", c));
            }
        });
        return quoted.toString();
    }

    private static String jinjaNumber(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        return Double.isInfinite(number) ? (number > 0 ? "Infinity" : "-Infinity") : PythonFloat.text(number);
    }

    /** Decimals have an exponent from 17 digits before the point on, or below 0.00001; without a sign of plus or zeros. */
    private static String orjsonNumber(Object number) {
        if (number instanceof BigInteger whole) {
            if (whole.compareTo(LEAST) < 0 || whole.compareTo(MOST) > 0) {
                throw new CannotEvaluateException("a number beyond 64 bits as JSON");
            }
            return whole.toString();
        }
        double decimal = (Double) number;
        if (Double.isNaN(decimal) || Double.isInfinite(decimal)) {
            return "null";
        }
        if (decimal == 0) {
            return PythonFloat.text(decimal);
        }
        BigDecimal shortest = PythonFloat.shortest(decimal);
        int point = shortest.precision() - shortest.scale();
        if (point > 16 || point <= -5) {
            String digits = shortest.unscaledValue().abs().toString();
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            return (decimal < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + (point - 1);
        }
        String plain = shortest.toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }
}
