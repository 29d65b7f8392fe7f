package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.util.List;
import java.util.Set;

/** Options in one of several spellings that mean the same to Home Assistant, so that they can be compared. */
final class SameMeaning {

    private static final Set<String> NULL_MATTERS =
            Set.of("name", "payload_open", "payload_close", "payload_stop", "payload_stop_tilt");
    private static final Set<String> EMPTY_IS_ABSENT = Set.of("availability", "group", "identifiers", "connections");

    private SameMeaning() {}

    static JsonObject of(JsonObject options) {
        JsonObject.Builder same = JsonObject.builder();
        options.members().forEach((key, value) -> {
            boolean absent = (value == JsonNull.NULL && !NULL_MATTERS.contains(key))
                    || (value.equals(JsonArray.of()) && EMPTY_IS_ABSENT.contains(key));
            if (!absent) {
                same.put(key, value(key, value));
            }
        });
        return same.build();
    }

    private static JsonValue value(String key, JsonValue value) {
        if (value instanceof JsonNumber number) {
            return JsonNumber.of(number.decimal().stripTrailingZeros().setScale(6));
        }
        if (value instanceof JsonObject object) {
            return of(object);
        }
        if (value instanceof JsonArray array) {
            List<JsonValue> elements = array.values().stream()
                    .map(element -> key.equals("availability") || key.equals("connections")
                            ? value(key, element)
                            : text(element))
                    .toList();
            return new JsonArray(elements);
        }
        return value;
    }

    private static JsonValue text(JsonValue element) {
        return element instanceof JsonString ? element : new JsonString(element.toString());
    }
}
