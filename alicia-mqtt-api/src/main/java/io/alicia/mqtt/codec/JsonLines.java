package io.alicia.mqtt.codec;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** In which line of a JSON text each object begins, by its JSON Pointer (RFC 6901): {@code /roles/3/acls/0}. */
final class JsonLines {

    /** An object or array on the way down: where its next member stands. */
    private static final class Level {

        final String path;
        final boolean array;
        int index;
        String name = "";

        Level(String path, boolean array) {
            this.path = path;
            this.array = array;
        }

        String next() {
            return path + "/"
                    + (array ? String.valueOf(index++) : name.replace("~", "~0").replace("/", "~1"));
        }
    }

    private JsonLines() {}

    static Map<String, Integer> of(JsonParser text) {
        Map<String, Integer> lines = new HashMap<>();
        Deque<Level> levels = new ArrayDeque<>();
        try (JsonParser parser = text) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME) {
                    levels.element().name = parser.currentName();
                } else if (token == JsonToken.END_ARRAY || token == JsonToken.END_OBJECT) {
                    levels.pop();
                } else {
                    String path = levels.isEmpty() ? "" : levels.element().next();
                    if (token == JsonToken.START_OBJECT) {
                        lines.put(path, parser.currentTokenLocation().getLineNr());
                    }
                    if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                        levels.push(new Level(path, token == JsonToken.START_ARRAY));
                    }
                }
            }
        }
        return lines;
    }
}
