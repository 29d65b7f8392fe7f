package io.alicia.mqtt.homeassistant.template;

import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.codec.PayloadException;
import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonBoolean;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a template knows of a message. */
final class Variables {

    private Variables() {}

    /** Home Assistant leaves {@code value_json} out where the payload is no JSON. */
    static Map<String, ?> of(String payload) {
        Map<String, @Nullable Object> variables = new HashMap<>();
        variables.put("value", payload);
        try {
            variables.put("value_json", plain(Json.parse(payload)));
        } catch (PayloadException e) {
            variables.remove("value_json");
        }
        return variables;
    }

    /** A value as template engines know it. */
    static @Nullable Object plain(JsonValue value) {
        if (value instanceof JsonObject object) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            object.members().forEach((key, member) -> map.put(key, plain(member)));
            return map;
        }
        if (value instanceof JsonArray array) {
            List<@Nullable Object> list = new ArrayList<>();
            array.values().forEach(element -> list.add(plain(element)));
            return list;
        }
        if (value instanceof JsonString text) {
            return text.value();
        }
        if (value instanceof JsonNumber number) {
            return number.isInteger() ? (Object) number.decimal().toBigIntegerExact() : (Object) number.doubleValue();
        }
        return value instanceof JsonBoolean flag ? (Object) flag.value() : null;
    }
}
