package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.util.Collection;
import java.util.Optional;

/** What the JSON reader of Home Assistant refuses although the grammar of JSON allows it. */
final class StrictJson {

    private StrictJson() {}

    /** What in a value cannot be read. */
    static Optional<String> violation(JsonValue value) {
        if (value instanceof JsonString text) {
            return violation(text.value());
        }
        if (value instanceof JsonNumber number) {
            return Double.isInfinite(number.doubleValue())
                    ? Optional.of("expected a number in the range of a double, not " + number)
                    : Optional.empty();
        }
        if (value instanceof JsonArray array) {
            return violation(array.values());
        }
        if (value instanceof JsonObject object) {
            for (String key : object.members().keySet()) {
                Optional<String> violation = violation(key);
                if (violation.isPresent()) {
                    return violation;
                }
            }
            return violation(object.members().values());
        }
        return Optional.empty();
    }

    private static Optional<String> violation(Collection<JsonValue> values) {
        for (JsonValue value : values) {
            Optional<String> violation = violation(value);
            if (violation.isPresent()) {
                return violation;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> violation(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return Optional.of("expected Unicode text, not the half of a character U+%04X".formatted((int) c));
                }
                i++;
            }
        }
        return Optional.empty();
    }
}
