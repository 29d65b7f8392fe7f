package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonBoolean;
import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.math.BigDecimal;

/** The request to hand an entity or device over to another discovery topic. */
final class Migration {

    static final String OPTION = "migrate_discovery";

    private static final String ABBREVIATION = "migr_discvry";

    private Migration() {}

    /** The payload with the request's full name; an abbreviated one that says no is taken out. */
    static JsonObject withFullName(JsonObject payload) {
        JsonValue value = payload.getOrNull(ABBREVIATION);
        if (value == null) {
            return payload;
        }
        JsonObject.Builder renamed = payload.toBuilder().remove(ABBREVIATION);
        return says(value) ? renamed.put(OPTION, value).build() : renamed.build();
    }

    /** Whether the payload is the request, which stands alone and can only be {@code true}. */
    static boolean isRequest(JsonObject payload) {
        JsonValue value = payload.getOrNull(OPTION);
        return value != null && payload.members().size() == 1 && PythonText.equal(value, JsonBoolean.TRUE);
    }

    private static boolean says(JsonValue value) {
        if (value instanceof JsonString text) {
            return !text.value().isEmpty();
        }
        if (value instanceof JsonArray array) {
            return !array.values().isEmpty();
        }
        if (value instanceof JsonObject object) {
            return !object.members().isEmpty();
        }
        return !(value instanceof JsonNull)
                && PythonText.number(value).orElse(BigDecimal.ONE).signum() != 0;
    }
}
