package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.facts.ComponentFacts;
import io.alicia.mqtt.homeassistant.facts.DeviceClassFacts;
import io.alicia.mqtt.homeassistant.facts.DiscoveryFacts;
import io.alicia.mqtt.homeassistant.facts.OptionFacts;
import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonBoolean;
import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A sensible value for each option, for examples. */
final class ExampleValues {

    private static final Map<String, JsonValue> OWN = Map.ofEntries(
            Map.entry("name", new JsonString("Example")),
            Map.entry("unique_id", new JsonString("example")),
            Map.entry("automation_type", new JsonString("trigger")),
            Map.entry("type", new JsonString("button_short_press")),
            Map.entry("subtype", new JsonString("button_1")),
            Map.entry("timezone", new JsonString("Europe/Berlin")),
            Map.entry("entity_category", new JsonString("diagnostic")),
            Map.entry("qos", JsonNumber.of(1)),
            Map.entry("min_kelvin", JsonNumber.of(2_000)),
            Map.entry("max_kelvin", JsonNumber.of(6_500)),
            Map.entry("min_mireds", JsonNumber.of(153)),
            Map.entry("max_mireds", JsonNumber.of(500)),
            Map.entry("min_temp", JsonNumber.of(45)),
            Map.entry("max_temp", JsonNumber.of(60)),
            Map.entry("initial", JsonNumber.of(50)));

    private ExampleValues() {}

    /**
     * A value for an option.
     *
     * @param chosen the options that the example has already
     */
    static JsonValue of(ComponentFacts component, OptionFacts option, JsonObject chosen) {
        Optional<ComponentFacts.Variant> variant =
                component.variant().filter(choice -> choice.option().equals(option.name()));
        if (variant.isPresent()) {
            return new JsonString(variant.get().value());
        }
        if (option.name().equals("unit_of_measurement")) {
            return unit(component, chosen);
        }
        if (option.name().equals("default_entity_id")) {
            return new JsonString(component.component() + ".example");
        }
        if (option.name().equals("device_class") && component.component().equals("sensor")) {
            // The one that goes with a last reset.
            return new JsonString("energy");
        }
        JsonValue own = OWN.get(option.name());
        return own != null
                ? own
                : option.defaultValue()
                        .filter(value -> value != JsonNull.NULL)
                        .filter(value -> !isEmptyList(value))
                        .orElseGet(() -> byType(option));
    }

    private static boolean isEmptyList(JsonValue value) {
        return value instanceof JsonArray list && list.values().isEmpty();
    }

    private static JsonValue unit(ComponentFacts component, JsonObject chosen) {
        Map<String, DeviceClassFacts> classes = component.component().equals("sensor")
                ? DiscoveryFacts.get().sensorClasses()
                : DiscoveryFacts.get().numberClasses();
        return chosen.get("device_class")
                .flatMap(name -> Optional.ofNullable(classes.get(((JsonString) name).value())))
                .flatMap(DeviceClassFacts::units)
                .map(Set::iterator)
                .<JsonValue>map(units -> new JsonString(units.next()))
                .orElse(new JsonString("°"));
    }

    private static JsonValue byType(OptionFacts option) {
        String name = option.name();
        return switch (option.type()) {
            case "topic" -> new JsonString("alicia/example/" + name.replace("_topic", ""));
            case "template" -> new JsonString("{{ value_json." + name.replace("_template", "") + " }}");
            case "boolean" -> JsonBoolean.TRUE;
            case "integer", "duration" -> JsonNumber.of(60);
            case "float" ->
                option.enumeration().isEmpty()
                        ? JsonNumber.of(1)
                        : option.enumeration().get(0);
            case "enum" -> option.enumeration().get(0);
            case "icon" -> new JsonString("mdi:home");
            case "url" -> new JsonString("https://example.com/" + name);
            case "regex" -> new JsonString("[0-9]+");
            case "list" -> list(option);
            case "map" -> option.reference().filter("device"::equals).isPresent() ? device() : origin();
            default -> new JsonString(name);
        };
    }

    private static JsonValue list(OptionFacts option) {
        if (option.name().equals("availability")) {
            return JsonArray.of(JsonObject.builder()
                    .put("topic", "alicia/example/status")
                    .put("payload_available", "online")
                    .put("payload_not_available", "offline")
                    .put("value_template", "{{ value_json.state }}")
                    .build());
        }
        List<JsonValue> words =
                option.itemsAsMeant().map(OptionFacts::enumeration).orElse(List.of());
        return words.isEmpty()
                ? JsonArray.of(new JsonString("one"), new JsonString("two"))
                : JsonArray.of(words.get(0));
    }

    private static JsonObject device() {
        return JsonObject.builder()
                .putStrings("identifiers", List.of("example"))
                .put(
                        "connections",
                        JsonArray.of(JsonArray.of(new JsonString("mac"), new JsonString("02:00:00:00:00:01"))))
                .put("manufacturer", "Alicia")
                .put("model", "Example")
                .put("model_id", "E1")
                .put("name", "Device")
                .put("hw_version", "1")
                .put("serial_number", "1")
                .put("sw_version", "1")
                .put("via_device", "hub")
                .put("suggested_area", "Hall")
                .put("configuration_url", "https://example.com/device")
                .build();
    }

    private static JsonObject origin() {
        return JsonObject.builder()
                .put("name", "Alicia")
                .put("sw_version", "1")
                .put("support_url", "https://example.com/support")
                .build();
    }
}
