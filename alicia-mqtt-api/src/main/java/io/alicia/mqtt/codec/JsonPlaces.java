package io.alicia.mqtt.codec;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/**
 * Where the values of a JSON text begin, by their JSON Pointer (RFC 6901): {@code /roles/3/acls/0}. Of several members
 * with one name the first one counts.
 */
final class JsonPlaces {

    /** An object or array on the way down: where its next member stands. */
    private static final class Level {

        final String path;
        final boolean array;
        int index;
        String name = "";
        private final Set<String> names = new HashSet<>();

        Level(String path, boolean array) {
            this.path = path;
            this.array = array;
        }

        /** Goes on to a member; false if there was one of that name before. */
        boolean isNew(String member) {
            name = member;
            return names.add(member);
        }

        String next() {
            return path + "/"
                    + (array ? String.valueOf(index++) : name.replace("~", "~0").replace("/", "~1"));
        }
    }

    private JsonPlaces() {}

    static Map<String, Json.Place> of(JsonParser text, boolean objectsAlone) {
        Map<String, Json.Place> places = new HashMap<>();
        Deque<Level> levels = new ArrayDeque<>();
        try (JsonParser parser = text) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME) {
                    if (!levels.element().isNew(parser.currentName())) {
                        parser.nextToken();
                        parser.skipChildren();
                    }
                } else if (token == JsonToken.END_ARRAY || token == JsonToken.END_OBJECT) {
                    levels.pop();
                } else {
                    String path = levels.isEmpty() ? "" : levels.element().next();
                    if (token == JsonToken.START_OBJECT || !objectsAlone) {
                        TokenStreamLocation at = parser.currentTokenLocation();
                        places.put(path, new Json.Place(at.getLineNr(), at.getColumnNr()));
                    }
                    if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                        levels.push(new Level(path, token == JsonToken.START_ARRAY));
                    }
                }
            }
        }
        return places;
    }
}
