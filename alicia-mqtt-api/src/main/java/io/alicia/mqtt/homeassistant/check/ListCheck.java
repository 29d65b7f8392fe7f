package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * A list of values.
 *
 * @param item what each element has to be; empty if it is not looked at
 * @param scalarOk whether a single value stands for a list of one, and null for an empty one
 * @param unique whether each value may occur only once
 */
record ListCheck(Optional<ValueCheck> item, boolean scalarOk, boolean unique) implements ValueCheck {

    @Override
    public Outcome check(JsonValue value, String path) {
        List<JsonValue> elements;
        if (value instanceof JsonArray array) {
            elements = array.values();
        } else if (scalarOk) {
            elements = value instanceof JsonNull ? List.of() : List.of(value);
        } else {
            return Outcome.refused(path, path + " takes a list, not " + ValueCheck.shown(value));
        }
        if (item.isEmpty()) {
            return new Outcome.Kept(new JsonArray(elements));
        }
        return elements(elements, item.get(), path);
    }

    private Outcome elements(List<JsonValue> elements, ValueCheck check, String path) {
        List<JsonValue> kept = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            String at = path + "." + i;
            Outcome outcome = check.check(elements.get(i), at);
            if (outcome instanceof Outcome.Kept element) {
                kept.add(element.value());
            } else if (outcome instanceof Outcome.Refused refused) {
                // Home Assistant stops at the first element that is wrong inside, and forgets those wrong as a whole.
                if (refused.fatal() || refused.problems().get(0).at().length() > at.length()) {
                    return refused;
                }
                problems.addAll(refused.problems());
            }
        }
        if (!problems.isEmpty()) {
            return new Outcome.Refused(problems, false);
        }
        if (unique && new HashSet<>(kept).size() < kept.size()) {
            return Outcome.refused(path, path + " names a value twice: " + ValueCheck.shown(new JsonArray(kept)));
        }
        return new Outcome.Kept(new JsonArray(kept));
    }

    /** A list of at least {@code minLength} elements; text is measured as well before it turns out to be no list. */
    static ValueCheck ofLength(int minLength, ValueCheck list) {
        return (value, path) -> {
            int length = length(value);
            return length < minLength
                    ? Outcome.refused(
                            path, path + " takes a list of at least " + minLength + ", not " + ValueCheck.shown(value))
                    : list.check(value, path);
        };
    }

    private static int length(JsonValue value) {
        if (value instanceof JsonArray array) {
            return array.values().size();
        }
        if (value instanceof JsonObject object) {
            return object.members().size();
        }
        return value instanceof JsonString text ? text.value().length() : 0;
    }
}
