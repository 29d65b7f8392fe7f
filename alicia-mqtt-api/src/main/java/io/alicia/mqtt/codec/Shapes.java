package io.alicia.mqtt.codec;

import io.alicia.mqtt.payload.AudioData;
import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonBoolean;
import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import io.alicia.mqtt.topic.DeviceId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The shapes of the contract's fields, apart from those that tell a time ({@link TimeShapes}). */
final class Shapes {

    static final Shape<JsonValue> ANY = Shape.of(json -> json, json -> json);
    static final Shape<JsonObject> OBJECT = Shape.of(Shapes::object, object -> object);
    static final Shape<String> TEXT = Shape.of(Shapes::text, JsonString::new);
    static final Shape<Boolean> FLAG = Shape.of(Shapes::flag, JsonBoolean::of);
    static final Shape<Integer> PERCENT = whole(0, 100, "%");
    static final Shape<Double> DECIMAL_PERCENT = decimal(0, 100, "%");
    static final Shape<Double> SHARE = decimal(0, 1, "(a share)");
    static final Shape<Integer> COUNT = whole(0, Integer.MAX_VALUE, "");
    static final Shape<Long> LONG_COUNT = Shape.of(json -> whole(json, 0, Long.MAX_VALUE, ""), JsonNumber::of);
    static final Shape<DeviceId> DEVICE_ID = text(DeviceId::of, DeviceId::value);
    static final Shape<AudioData> BASE64 = text(
            text -> AudioData.of(Base64.getDecoder().decode(text)),
            audio -> Base64.getEncoder().encodeToString(audio.bytes()));

    private Shapes() {}

    /** Whether there is a member of that name: {@code null} is the same as absent. */
    static boolean has(JsonObject object, String name) {
        JsonValue value = object.getOrNull(name);
        return value != null && value != JsonNull.NULL;
    }

    /** A text that another type checks; its {@link IllegalArgumentException} gives the reason. */
    static <V> Shape<V> text(Function<String, V> read, Function<V, String> write) {
        return Shape.of(
                json -> {
                    String text = text(json);
                    try {
                        return read.apply(text);
                    } catch (IllegalArgumentException e) {
                        throw new PayloadException(String.valueOf(e.getMessage()), e);
                    }
                },
                value -> new JsonString(write.apply(value)));
    }

    /** An enum's constants by their names in lower case; read in any case. */
    static <E extends Enum<E>> Shape<E> words(Class<E> type) {
        Map<E, String> words = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            words.put(constant, constant.name().toLowerCase(Locale.ROOT));
        }
        return words(words, Map.of());
    }

    /** Values by words, and by further words that are read only. */
    static <V> Shape<V> words(Map<V, String> words, Map<String, V> further) {
        Map<String, V> values = new HashMap<>(further);
        words.forEach((value, word) -> values.put(word.toLowerCase(Locale.ROOT), value));
        String expected = String.join(", ", words.values());
        return Shape.of(
                json -> {
                    V value = values.get(text(json).toLowerCase(Locale.ROOT));
                    if (value == null) {
                        throw unexpected(json, "one of " + expected);
                    }
                    return value;
                },
                value -> new JsonString(String.valueOf(words.get(value))));
    }

    static Shape<Integer> whole(int min, int max, String unit) {
        return Shape.of(json -> (int) whole(json, min, max, unit), JsonNumber::of);
    }

    static Shape<Double> decimal(double min, double max, String unit) {
        return Shape.of(
                json -> {
                    double value = number(json).doubleValue();
                    if (value < min || value > max || Double.isInfinite(value)) {
                        throw unexpected(json, range(min, max, unit));
                    }
                    return value;
                },
                JsonNumber::of);
    }

    static <V> Shape<List<V>> list(Shape<V> element) {
        return Shape.of(
                json -> {
                    if (!(json instanceof JsonArray array)) {
                        throw unexpected(json, "an array");
                    }
                    List<V> values = new ArrayList<>(array.values().size());
                    for (JsonValue value : array.values()) {
                        try {
                            values.add(element.read(value));
                        } catch (PayloadException e) {
                            throw e.within("[" + values.size() + "]");
                        }
                    }
                    return List.copyOf(values);
                },
                values -> new JsonArray(
                        values.stream().map(value -> element.write(value, null)).toList()));
    }

    static JsonObject object(JsonValue json) {
        if (json instanceof JsonObject object) {
            return object;
        }
        throw unexpected(json, "an object");
    }

    static String text(JsonValue json) {
        if (json instanceof JsonString string) {
            return string.value();
        }
        throw unexpected(json, "a string");
    }

    private static boolean flag(JsonValue json) {
        if (json instanceof JsonBoolean flag) {
            return flag.value();
        }
        throw unexpected(json, "true or false");
    }

    static JsonNumber number(JsonValue json) {
        if (json instanceof JsonNumber number) {
            return number;
        }
        throw unexpected(json, "a number");
    }

    private static long whole(JsonValue json, long min, long max, String unit) {
        JsonNumber number = number(json);
        if (!number.isWhole() || number.longValueExact() < min || number.longValueExact() > max) {
            throw unexpected(json, "a whole number, " + range(min, max, unit));
        }
        return number.longValueExact();
    }

    private static String range(Number min, Number max, String unit) {
        boolean open = max.doubleValue() >= Integer.MAX_VALUE;
        return ((open ? "at least " + min : min + " to " + max) + " " + unit).strip();
    }

    /** The failure of a value that is something else than expected; shows the value, cut where it is long. */
    static PayloadException unexpected(JsonValue json, String expected) {
        if (json == JsonNull.NULL) {
            return new PayloadException("expected " + expected + ", found null");
        }
        String shown = json.toString();
        String cut = shown.length() > 60 ? shown.substring(0, 60) + "…" : shown;
        return new PayloadException("expected " + expected + ", found the " + json.type() + " " + cut);
    }
}
