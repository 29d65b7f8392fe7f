package io.alicia.mqtt.homeassistant.facts;

import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** One of the JSON files beside this class. */
final class FactsFile {

    private final String file;
    private final JsonObject root;

    private FactsFile(String file, JsonObject root) {
        this.file = file;
        this.root = root;
    }

    static FactsFile open(String file) {
        try (InputStream in = FactsFile.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the facts file " + file + " is missing from this build");
            }
            return new FactsFile(file, (JsonObject) Json.parse(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("the facts file " + file + " cannot be read", e);
        }
    }

    JsonObject object(String key) {
        return (JsonObject) value(key);
    }

    List<JsonValue> list(String key) {
        return ((JsonArray) value(key)).values();
    }

    List<String> strings(String key) {
        return strings(list(key));
    }

    String string(String key) {
        return ((JsonString) value(key)).value();
    }

    private JsonValue value(String key) {
        return root.get(key).orElseThrow(() -> new IllegalStateException(file + " has no " + key));
    }

    static List<String> strings(List<JsonValue> values) {
        return values.stream().map(value -> ((JsonString) value).value()).toList();
    }
}
