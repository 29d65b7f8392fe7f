package io.alicia.mqtt.access;

import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonBoolean;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object of a JSON document and its place in it: members are read with errors that name file and line. */
final class JsonPart {

    private final String file;
    private final Map<String, Integer> lines;
    private final String path;
    private final JsonObject object;

    private JsonPart(String file, Map<String, Integer> lines, String path, JsonObject object) {
        this.file = file;
        this.lines = lines;
        this.path = path;
        this.object = object;
    }

    static JsonPart root(String file, Map<String, Integer> lines, JsonValue value) {
        if (value instanceof JsonObject object) {
            return new JsonPart(file, lines, "", object);
        }
        throw new AccessFileException(file, 1, 1, "expected a JSON object, found a JSON " + value.type());
    }

    JsonObject object() {
        return object;
    }

    int line() {
        return lines.getOrDefault(path, 1);
    }

    RuleSource source() {
        return RuleSource.of(file, line());
    }

    AccessFileException refusal(String problem) {
        return new AccessFileException(file, line(), 1, problem + (path.isEmpty() ? "" : " (in " + path + ")"));
    }

    private AccessFileException unexpected(String name, String expected, JsonValue found) {
        return refusal("expected \"" + name + "\" to be " + expected + ", found a JSON " + found.type());
    }

    /** The objects of an array; none if there is no such member. */
    List<JsonPart> parts(String name) {
        JsonValue value = object.getOrNull(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof JsonArray array)) {
            throw unexpected(name, "an array", value);
        }
        List<JsonPart> parts = new ArrayList<>();
        for (JsonValue element : array.values()) {
            if (!(element instanceof JsonObject part)) {
                throw unexpected(name, "an array of objects", element);
            }
            parts.add(new JsonPart(file, lines, path + "/" + name + "/" + parts.size(), part));
        }
        return parts;
    }

    Optional<JsonPart> part(String name) {
        JsonValue value = object.getOrNull(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof JsonObject part)) {
            throw unexpected(name, "an object", value);
        }
        return Optional.of(new JsonPart(file, lines, path + "/" + name, part));
    }

    Optional<String> text(String name) {
        JsonValue value = object.getOrNull(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof JsonString text)) {
            throw unexpected(name, "a string", value);
        }
        return Optional.of(text.value());
    }

    String requiredText(String name) {
        return text(name)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> refusal("expected \"" + name + "\" with a text that is not empty"));
    }

    boolean flag(String name, boolean otherwise) {
        JsonValue value = object.getOrNull(name);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof JsonBoolean flag)) {
            throw unexpected(name, "true or false", value);
        }
        return flag.value();
    }

    int number(String name, int otherwise) {
        JsonValue value = object.getOrNull(name);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof JsonNumber number)) {
            throw unexpected(name, "a number", value);
        }
        try {
            return number.decimal().intValueExact();
        } catch (ArithmeticException e) {
            throw refusal("expected \"" + name + "\" to be a whole number of 32 bits, found " + number);
        }
    }
}
