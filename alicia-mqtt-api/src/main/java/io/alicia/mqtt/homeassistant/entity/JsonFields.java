package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.codec.PayloadException;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** Fields of JSON objects, read as Home Assistant reads them: what is not there or of another kind is passed over. */
final class JsonFields {

    private JsonFields() {}

    static Optional<JsonObject> object(String payload) {
        try {
            return Json.parse(payload) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
        } catch (PayloadException e) {
            return Optional.empty();
        }
    }

    static Optional<JsonObject> object(JsonObject json, String key) {
        return json.getOrNull(key) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    static OptionalDouble number(JsonObject json, String key) {
        return json.getOrNull(key) instanceof JsonNumber number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    /** A number, or a text that is one. */
    static Optional<BigDecimal> decimal(JsonObject json, String key) {
        JsonValue value = json.getOrNull(key);
        if (value instanceof JsonString text) {
            return Channels.decimal(text.value());
        }
        return value instanceof JsonNumber ? Channels.decimal(value.toString()) : Optional.empty();
    }

    static Optional<String> text(JsonObject json, String key) {
        return json.getOrNull(key) instanceof JsonString text ? Optional.of(text.value()) : Optional.empty();
    }

    static JsonValue decimal(double number) {
        return number == Math.rint(number) ? JsonNumber.of((long) number) : JsonNumber.of(number);
    }

    static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1_000));
    }

    static JsonValue seconds(Duration duration) {
        return decimal(duration.toMillis() / 1_000.0);
    }
}
