package io.alicia.mqtt.access;

import io.alicia.mqtt.codec.Json;
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
import org.jspecify.annotations.Nullable;

/** An object of a JSON document and its place in it: members are read with errors that name file and line. */
final class JsonPart {

    private final Document document;
    private final String path;
    private final JsonObject object;

    /** What the parts of a document share: where everything in it stands. The places of what is no object are seldom asked. */
    private static final class Document {

        private final String file;
        private final String text;
        private final Map<String, Json.Place> objects;
        private @Nullable Map<String, Json.Place> all;

        Document(String file, String text) {
            this.file = file;
            this.text = text;
            this.objects = Json.objectPlaces(text);
        }

        Json.Place placeOf(String path) {
            Json.Place place = objects.get(path);
            if (place == null) {
                if (all == null) {
                    all = Json.places(text);
                }
                place = all.get(path);
            }
            return place == null ? new Json.Place(1, 1) : place;
        }
    }

    private JsonPart(Document document, String path, JsonObject object) {
        this.document = document;
        this.path = path;
        this.object = object;
    }

    /** The outermost object of {@code text}, which is JSON. */
    static JsonPart root(String file, String text) {
        JsonValue value = Json.parse(text);
        if (value instanceof JsonObject object) {
            return new JsonPart(new Document(file, text), "", object);
        }
        throw new AccessFileException(file, 1, 1, "expected a JSON object, found a JSON " + value.type());
    }

    JsonObject object() {
        return object;
    }

    Place place() {
        Json.Place place = document.placeOf(path);
        return new Place(place.line(), place.column());
    }

    RuleSource source() {
        return RuleSource.of(document.file, place());
    }

    AccessFileException refusal(String problem) {
        return refusalAt(path, problem);
    }

    /** A refusal of the value of a member, or of the object if it has no such member. */
    AccessFileException refusal(String member, String problem) {
        return object.getOrNull(member) == null ? refusal(problem) : refusalAt(path + "/" + member, problem);
    }

    private AccessFileException refusalAt(String place, String problem) {
        Json.Place at = document.placeOf(place);
        return new AccessFileException(
                document.file, at.line(), at.column(), problem + (path.isEmpty() ? "" : " (in " + path + ")"));
    }

    private AccessFileException unexpected(String name, String expected, JsonValue found) {
        return refusal(name, "expected \"" + name + "\" to be " + expected + ", found a JSON " + found.type());
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
            parts.add(new JsonPart(document, path + "/" + name + "/" + parts.size(), part));
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
        return Optional.of(new JsonPart(document, path + "/" + name, part));
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
                .orElseThrow(() -> refusal(name, "expected \"" + name + "\" with a text that is not empty"));
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
            throw refusal(name, "expected \"" + name + "\" to be a whole number of 32 bits, found " + number);
        }
    }
}
