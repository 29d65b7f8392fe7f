package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.homeassistant.facts.DiscoveryFacts;
import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Writes a message out: full names for abbreviations, whole topics for those that begin or end with {@code ~}. */
final class PayloadExpander {

    static final String BASE_TOPIC = "~";

    private static final String AVAILABILITY = "availability";
    private static final String COMPONENTS = "components";
    private static final String TOPIC = "topic";

    private final DiscoveryFacts facts;

    PayloadExpander(DiscoveryFacts facts) {
        this.facts = facts;
    }

    /** The payload with full names, in a device message those of its components as well. */
    JsonObject fullNames(JsonObject payload) {
        JsonObject expanded = componentNames(payload);
        expanded = replaced(expanded, "origin", value -> named(value, facts.originAbbreviations()));
        expanded = replaced(expanded, "device", value -> named(value, facts.deviceAbbreviations()));
        return replaced(expanded, COMPONENTS, this::components);
    }

    /**
     * Why Home Assistant fails while it looks for abbreviations in the components: it does before it asks what they are,
     * and in the message of a single component as well.
     *
     * @param payload with full names
     */
    static Optional<Problem> failure(JsonObject payload) {
        if (payload.getOrNull(COMPONENTS) instanceof JsonObject components) {
            for (var component : components.members().entrySet()) {
                JsonValue value = component.getValue();
                boolean searchable = value instanceof JsonObject
                        || ((value instanceof JsonString || value instanceof JsonArray)
                                && !PythonText.contains(value, AVAILABILITY));
                if (!searchable) {
                    return Optional.of(new Problem(
                            "TypeError",
                            COMPONENTS + "." + component.getKey() + " takes an object, not "
                                    + ValueCheck.shown(value)));
                }
            }
        }
        return Optional.empty();
    }

    private JsonValue components(JsonValue value) {
        if (!(value instanceof JsonObject components)) {
            return value;
        }
        JsonObject.Builder expanded = JsonObject.builder();
        components
                .members()
                .forEach((id, component) ->
                        expanded.put(id, component instanceof JsonObject object ? componentNames(object) : component));
        return expanded.build();
    }

    private JsonObject componentNames(JsonObject payload) {
        return replaced(
                named(payload, facts.entityAbbreviations()),
                AVAILABILITY,
                value -> each(value, item -> named(item, facts.entityAbbreviations())));
    }

    private static JsonValue named(JsonValue value, Map<String, String> abbreviations) {
        return value instanceof JsonObject object ? named(object, abbreviations) : value;
    }

    /** Where the short and the long form are both there, the short one wins. */
    private static JsonObject named(JsonObject object, Map<String, String> abbreviations) {
        JsonObject.Builder expanded = JsonObject.builder();
        Set<String> shortened = new HashSet<>();
        object.members().forEach((key, value) -> {
            String full = abbreviations.get(key);
            if (full != null && !full.equals(key)) {
                shortened.add(full);
                expanded.put(full, value);
            } else if (!shortened.contains(key)) {
                expanded.put(key, value);
            }
        });
        return expanded.build();
    }

    /** The options without {@code ~}, which is written out at the beginning and end of topics. */
    static JsonObject wholeTopics(JsonObject options) {
        JsonValue base = options.getOrNull(BASE_TOPIC);
        if (base == null) {
            return options;
        }
        String prefix = PythonText.of(base);
        JsonObject.Builder whole = JsonObject.builder();
        options.members().forEach((key, value) -> {
            if (key.equals(AVAILABILITY)) {
                whole.put(key, each(value, item -> withTopic(item, prefix)));
            } else if (!key.equals(BASE_TOPIC)) {
                whole.put(key, key.endsWith(TOPIC) ? wholeTopic(value, prefix) : value);
            }
        });
        return whole.build();
    }

    private static JsonValue withTopic(JsonValue item, String prefix) {
        return item instanceof JsonObject object && object.get(TOPIC).isPresent()
                ? replaced(object, TOPIC, topic -> wholeTopic(topic, prefix))
                : item;
    }

    private static JsonValue wholeTopic(JsonValue value, String base) {
        if (!(value instanceof JsonString string)) {
            return value;
        }
        String text = string.value();
        // Home Assistant looks at the end last and then forgets what it did at the beginning.
        if (text.endsWith(BASE_TOPIC)) {
            return new JsonString(text.substring(0, text.length() - 1) + base);
        }
        return text.startsWith(BASE_TOPIC) ? new JsonString(base + text.substring(1)) : value;
    }

    private static JsonValue each(JsonValue value, UnaryOperator<JsonValue> change) {
        if (value instanceof JsonArray array) {
            List<JsonValue> changed = array.values().stream().map(change).toList();
            return new JsonArray(changed);
        }
        return value instanceof JsonNull ? value : change.apply(value);
    }

    private static JsonObject replaced(JsonObject object, String key, UnaryOperator<JsonValue> change) {
        JsonValue value = object.getOrNull(key);
        return value == null
                ? object
                : object.toBuilder().put(key, change.apply(value)).build();
    }
}
