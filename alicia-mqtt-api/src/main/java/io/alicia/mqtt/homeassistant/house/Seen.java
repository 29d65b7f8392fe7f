package io.alicia.mqtt.homeassistant.house;

import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.codec.PayloadException;
import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What has been said on one topic so far: the fields, and of what kind their values are. What the values are is for Home
 * Assistant to see.
 *
 * @param source where
 * @param envelopes how many envelopes are around the fields
 * @param fields the value of each field as it was when a value of its kind came first; a scalar is the field with no name
 * @param colors the colours that a device has had, {@value #MOST_COLORS} and one more at most
 */
record Seen(HouseSource source, int envelopes, Map<String, JsonValue> fields, Set<String> colors) {

    /** The name of the value where there are no fields. */
    static final String SCALAR = "";

    /** How many colours somebody may choose from. */
    static final int MOST_COLORS = 32;

    private static final String COLOR = "color";
    private static final String PAYLOAD = "payload";
    private static final int MOST_ENVELOPES = 4;
    private static final int MOST_FIELDS = 64;

    /**
     * Reads what is said on a topic.
     *
     * @throws PayloadException if it cannot be read
     */
    static Seen read(HouseSource source, String payload) {
        return switch (source.kind()) {
            case SENSOR_AVAILABILITY, DEVICE_AVAILABILITY, SENSOR_MEASUREMENT ->
                new Seen(source, 0, Map.of(SCALAR, new JsonString(payload.strip())), Set.of());
            case SENSOR_READING, DEVICE_STATUS, SERVICE_REGISTRATION, SERVICE_HEALTH -> readObject(source, payload);
        };
    }

    private static Seen readObject(HouseSource source, String payload) {
        if (!(Json.parse(payload) instanceof JsonObject object)) {
            throw new PayloadException("expected a JSON object");
        }
        int envelopes = 0;
        while (envelopes < MOST_ENVELOPES
                && object.getOrNull("message_id") != null
                && object.getOrNull(PAYLOAD) instanceof JsonObject inside) {
            object = inside;
            envelopes++;
        }
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        object.members().forEach((name, value) -> {
            boolean scalar = !(value instanceof JsonNull || value instanceof JsonArray || value instanceof JsonObject);
            if (scalar && fields.size() < MOST_FIELDS) {
                fields.put(name, value);
            }
        });
        return new Seen(source, envelopes, Map.copyOf(fields), colors(source, fields));
    }

    private static Set<String> colors(HouseSource source, Map<String, JsonValue> fields) {
        return source.kind() == HouseSource.Kind.DEVICE_STATUS
                        && fields.get(COLOR) instanceof JsonString color
                        && !color.value().isBlank()
                ? Set.of(color.value())
                : Set.of();
    }

    /** Both, or this if there is nothing new in what is said now. */
    Seen with(Seen now) {
        Map<String, JsonValue> both = new LinkedHashMap<>(fields);
        now.fields.forEach((name, value) -> {
            JsonValue before = both.get(name);
            boolean isNew = before == null
                    ? both.size() < MOST_FIELDS
                    : !kind(before).equals(kind(value)) && !mayBeOf(before, value);
            if (isNew) {
                both.put(name, value);
            }
        });
        Set<String> seenColors = new HashSet<>(colors);
        if (colors.size() <= MOST_COLORS) {
            seenColors.addAll(now.colors);
        }
        return both.equals(fields) && seenColors.equals(colors) && now.envelopes == envelopes
                ? this
                : new Seen(now.source, now.envelopes, Map.copyOf(both), Set.copyOf(seenColors));
    }

    /** A number that was 0 or 1 at first is another thing when it is more; one that was more can be 0 or 1, too. */
    private static boolean mayBeOf(JsonValue before, JsonValue value) {
        return OnOff.isBit(value) && isNumber(before);
    }

    private static boolean isNumber(JsonValue value) {
        return value instanceof JsonNumber || (value instanceof JsonString text && Numeric.isNumber(text.value()));
    }

    /** What makes another entity of it. */
    private static Object kind(JsonValue value) {
        if (OnOff.isBit(value)) {
            return OnOff.BIT;
        }
        return value instanceof JsonString text
                ? OnOff.of(text.value()).<Object>map(words -> words).orElse(Numeric.isNumber(text.value()))
                : value.getClass();
    }

    boolean has(String field) {
        return fields.containsKey(field);
    }

    Optional<String> text(String field) {
        return fields.get(field) instanceof JsonString text ? Optional.of(text.value()) : Optional.empty();
    }
}
