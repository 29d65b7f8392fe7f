package io.alicia.mqtt.payload;

import java.util.List;

/**
 * A JSON array.
 *
 * @param values the elements in order, unmodifiable
 */
public record JsonArray(List<JsonValue> values) implements JsonValue {

    /**
     * An array of these elements.
     *
     * @param values copied
     */
    public JsonArray {
        values = List.copyOf(values);
    }

    /**
     * {@return an array of these elements}
     *
     * @param values the elements in order
     */
    public static JsonArray of(JsonValue... values) {
        return new JsonArray(List.of(values));
    }

    @Override
    public String type() {
        return "array";
    }

    @Override
    public String toString() {
        return JsonText.of(this);
    }
}
