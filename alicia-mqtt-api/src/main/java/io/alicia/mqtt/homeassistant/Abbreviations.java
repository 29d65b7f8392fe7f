package io.alicia.mqtt.homeassistant;

import io.alicia.mqtt.homeassistant.facts.DiscoveryFacts;
import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonValue;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Writes payloads with Home Assistant's abbreviations instead of full names. */
final class Abbreviations {

    private static final Map<String, String> ENTITY =
            inverted(DiscoveryFacts.get().entityAbbreviations());
    private static final Map<String, String> DEVICE =
            inverted(DiscoveryFacts.get().deviceAbbreviations());
    private static final Map<String, String> ORIGIN =
            inverted(DiscoveryFacts.get().originAbbreviations());

    private Abbreviations() {}

    private static Map<String, String> inverted(Map<String, String> abbreviations) {
        Map<String, String> inverted = new HashMap<>();
        abbreviations.forEach(
                (abbreviation, name) -> inverted.merge(name, abbreviation, (a, b) -> a.length() <= b.length() ? a : b));
        return Map.copyOf(inverted);
    }

    /** The payload of a component or of a device message. */
    static JsonObject shorten(JsonObject payload) {
        JsonObject.Builder shortened = JsonObject.builder();
        payload.members().forEach((name, value) -> shortened.put(ENTITY.getOrDefault(name, name), value(name, value)));
        return shortened.build();
    }

    private static JsonValue value(String name, JsonValue value) {
        return switch (name) {
            case "device" -> object(value, member -> renamed(member, DEVICE));
            case "origin" -> object(value, member -> renamed(member, ORIGIN));
            case "components" -> object(value, Abbreviations::components);
            case "availability" ->
                value instanceof JsonArray list
                        ? new JsonArray(list.values().stream()
                                .map(item -> object(item, member -> renamed(member, ENTITY)))
                                .toList())
                        : value;
            default -> value;
        };
    }

    private static JsonObject components(JsonObject components) {
        JsonObject.Builder shortened = JsonObject.builder();
        components.members().forEach((id, component) -> shortened.put(id, object(component, Abbreviations::shorten)));
        return shortened.build();
    }

    private static JsonValue object(JsonValue value, UnaryOperator<JsonObject> change) {
        return value instanceof JsonObject object ? change.apply(object) : value;
    }

    private static JsonObject renamed(JsonObject object, Map<String, String> names) {
        JsonObject.Builder renamed = JsonObject.builder();
        object.members().forEach((name, value) -> renamed.put(names.getOrDefault(name, name), value));
        return renamed.build();
    }
}
