package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.homeassistant.facts.DiscoveryFacts;
import io.alicia.mqtt.homeassistant.facts.OptionFacts;
import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes the check of each option out of its facts. */
final class OptionChecks {

    private static final List<String> WEB = List.of("http", "https");

    private final ValueCheck device;
    private final ValueCheck origin;

    OptionChecks(DiscoveryFacts facts) {
        origin = map(facts.origin(), MapCheck.UnknownKeys.REFUSED);
        device = new DeviceCheck(map(facts.device(), MapCheck.UnknownKeys.REFUSED));
    }

    ValueCheck device() {
        return device;
    }

    ValueCheck origin() {
        return origin;
    }

    MapCheck map(Map<String, OptionFacts> options, MapCheck.UnknownKeys unknownKeys) {
        Map<String, ValueCheck> checks = new LinkedHashMap<>();
        options.forEach((name, option) -> checks.put(name, of(option, unknownKeys)));
        return new MapCheck(options, checks, unknownKeys);
    }

    /**
     * The check of an option.
     *
     * @param unknownKeys what becomes of unknown keys of objects inside
     */
    ValueCheck of(OptionFacts option, MapCheck.UnknownKeys unknownKeys) {
        ValueCheck check = switch (option.type()) {
            case "string" -> option.strict() ? TextChecks::strictText : TextChecks::text;
            case "boolean" -> NumberChecks::bool;
            case "integer" -> integer(option);
            case "float" ->
                option.enumeration().isEmpty()
                        ? NumberChecks.decimal(option.min())
                        : oneOf(option.enumeration(), false);
            case "enum" ->
                option.name().equals("temperature_unit")
                        ? TextChecks.inUpperCase(option.enumeration())
                        : oneOf(option.enumeration(), option.caseInsensitive());
            case "duration" -> NumberChecks::duration;
            case "icon" -> TextChecks::icon;
            case "regex" -> TextChecks::regex;
            case "template" -> TextChecks::template;
            case "topic" -> option.publishes() ? TopicChecks::publish : TopicChecks::subscribe;
            case "url" -> TextChecks.url(option.schemes().isEmpty() ? WEB : option.schemes());
            case "list" -> list(option, unknownKeys);
            case "map" -> object(option, unknownKeys);
            default ->
                throw new IllegalStateException("option " + option.name() + " has the unknown type " + option.type());
        };
        return option.nullable() ? check.orNull() : check;
    }

    private ValueCheck object(OptionFacts option, MapCheck.UnknownKeys unknownKeys) {
        return option.reference()
                .map(reference -> reference.equals("device") ? device : origin)
                .orElseGet(() -> map(option.keys(), unknownKeys));
    }

    private ValueCheck list(OptionFacts option, MapCheck.UnknownKeys unknownKeys) {
        Optional<ValueCheck> item = option.items().map(facts -> of(facts, unknownKeys));
        // Home Assistant wraps a bare connection in a list like other values, although nothing useful comes of it.
        boolean wrapped = option.scalarOk() || (option.name().equals("connections") && option.minLength() == 0);
        ValueCheck list = new ListCheck(item, wrapped, option.uniqueItems());
        return option.minLength() == 0 ? list : ListCheck.ofLength(option.minLength(), list);
    }

    private static ValueCheck integer(OptionFacts option) {
        ValueCheck whole =
                option.strict() ? NumberChecks.strictInteger(option.min()) : NumberChecks.integer(option.min());
        if (option.enumeration().isEmpty()) {
            return whole;
        }
        ValueCheck oneOf = oneOf(option.enumeration(), false);
        return (value, path) -> whole.check(value, path) instanceof Outcome.Kept kept
                ? oneOf.check(kept.value(), path)
                : whole.check(value, path);
    }

    private static ValueCheck oneOf(List<JsonValue> values, boolean caseInsensitive) {
        return (value, path) -> {
            JsonValue sought =
                    caseInsensitive ? new JsonString(PythonText.of(value).toLowerCase(Locale.ROOT)) : value;
            for (JsonValue candidate : values) {
                if (PythonText.equal(candidate, sought)) {
                    return new Outcome.Kept(sought instanceof JsonString ? sought : canonical(candidate, sought));
                }
            }
            return Outcome.refused(path, path + " takes " + choice(values) + ", not " + ValueCheck.shown(value));
        };
    }

    private static JsonValue canonical(JsonValue candidate, JsonValue sought) {
        return sought instanceof JsonNumber ? sought : candidate;
    }

    private static String choice(List<JsonValue> values) {
        return values.stream()
                .map(value -> value instanceof JsonString text ? text.value() : value.toString())
                .collect(Collectors.joining(", ", values.size() > 1 ? "one of " : "", ""));
    }

    /** The device: its keys, something to tell it by, and a text of an old option that still stands for a new one. */
    private record DeviceCheck(MapCheck keys) implements ValueCheck {

        private static final String HUB = "via_hub";

        @Override
        public Outcome check(JsonValue value, String path) {
            JsonValue current = value;
            if (value instanceof JsonObject object) {
                current = withoutHub(object);
            } else if (!(value instanceof JsonString || value instanceof JsonArray)
                    || PythonText.contains(value, HUB)) {
                return Outcome.crashed("TypeError", path + " takes an object, not " + ValueCheck.shown(value));
            }
            Outcome outcome = keys.check(current, path);
            if (outcome instanceof Outcome.Kept kept
                    && kept.value() instanceof JsonObject device
                    && empty(device, "identifiers")
                    && empty(device, "connections")) {
                return Outcome.refused(path, path + " needs something in identifiers or connections");
            }
            return outcome;
        }

        private static JsonObject withoutHub(JsonObject device) {
            JsonValue hub = device.getOrNull(HUB);
            if (hub == null) {
                return device;
            }
            JsonObject.Builder renamed = device.toBuilder().remove(HUB);
            boolean named = device.get("via_device")
                    .filter(name -> !(name instanceof JsonNull))
                    .isPresent();
            return named || hub instanceof JsonNull
                    ? renamed.build()
                    : renamed.put("via_device", hub).build();
        }

        private static boolean empty(JsonObject device, String key) {
            return !(device.getOrNull(key) instanceof JsonArray list)
                    || list.values().isEmpty();
        }
    }
}
