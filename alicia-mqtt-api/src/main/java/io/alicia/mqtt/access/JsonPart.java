package io.alicia.mqtt.access;

import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonBoolean;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An object of a JSON document and its place in it: members are read with errors that name file and line. As Mosquitto's
 * plugin reads them: small letters and capitals are the same in the name of a member, the first of several counts, and a
 * number has its whole part.
 */
final class JsonPart {

    /** Two members with one name, of which one counts. */
    static final String REPEATED = "repeated-member";

    /** What is read, but was most likely written by mistake. */
    record Remark(String kind, Place place, String today, String write) {}

    private final Document document;
    private final String path;
    private final JsonObject object;

    /** What the parts of a document share: where everything in it stands. The places of what is no object are seldom asked. */
    private static final class Document {

        private final String file;
        private final String text;
        private final Map<String, Json.Place> objects;
        private @Nullable Map<String, Json.Place> all;
        /** By path: a member may be read often. */
        private final Map<String, Remark> remarks = new LinkedHashMap<>();

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
        Map<String, Remark> repeated = new LinkedHashMap<>();
        JsonValue value = Json.parseFirst(
                text,
                (pointer, place) ->
                        repeated.putIfAbsent(pointer + "/", again(pointer, new Place(place.line(), place.column()))));
        if (value instanceof JsonObject object) {
            Document document = new Document(file, text);
            document.remarks.putAll(repeated);
            return new JsonPart(document, "", object);
        }
        throw new AccessFileException(file, 1, 1, "expected a JSON object, found a JSON " + value.type());
    }

    private static Remark again(String pointer, Place place) {
        String name = pointer.substring(pointer.lastIndexOf('/') + 1)
                .replace("~1", "/")
                .replace("~0", "~");
        return new Remark(
                REPEATED,
                place,
                "\"" + Words.shown(name) + "\" stands there again (" + Words.shown(pointer)
                        + "): the first counts to Mosquitto and this does not, while other programs take the last",
                "\"" + Words.shown(name) + "\" once");
    }

    JsonObject object() {
        return object;
    }

    Place place() {
        return placeOf(path);
    }

    private Place placeOf(String path) {
        Json.Place place = document.placeOf(path);
        return new Place(place.line(), place.column());
    }

    /** What was noticed so far in the whole document. */
    Collection<Remark> remarks() {
        return document.remarks.values();
    }

    /** Notes that the object was most likely written by mistake. */
    void remark(String kind, String today, String write) {
        document.remarks.putIfAbsent(path, new Remark(kind, place(), today, write));
    }

    /** As the plugin compares names, which knows the letters of ASCII alone. */
    static boolean sameName(String one, String other) {
        return one.length() == other.length()
                && IntStream.range(0, one.length())
                        .allMatch(i -> lowercase(one.charAt(i)) == lowercase(other.charAt(i)));
    }

    private static char lowercase(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }

    /** The name that the member called {@code name} has in the document; the first if there are several. */
    private static @Nullable String spelling(JsonObject object, String name) {
        for (String member : object.members().keySet()) {
            if (sameName(member, name)) {
                return member;
            }
        }
        return null;
    }

    /** The member as the plugin finds it. */
    static @Nullable JsonValue memberOrNull(JsonObject object, String name) {
        String spelling = spelling(object, name);
        return spelling == null ? null : object.getOrNull(spelling);
    }

    /** The path of a member, which is noted if its name is not the plugin's own. */
    private String pathOf(String name) {
        String spelling = spelling(object, name);
        String at = path + "/" + (spelling == null ? name : spelling);
        if (spelling == null) {
            return at;
        }
        List<String> others = object.members().keySet().stream()
                .filter(member -> sameName(member, name) && !member.equals(spelling))
                .toList();
        if (!others.isEmpty()) {
            document.remarks.computeIfAbsent(
                    at,
                    absent -> new Remark(
                            REPEATED,
                            placeOf(at),
                            "\"" + spelling + "\" counts and \"" + others.get(0)
                                    + "\" does not: they are the same name to" + " Mosquitto, and the first counts",
                            "\"" + name + "\" once"));
        } else if (!spelling.equals(name)) {
            document.remarks.computeIfAbsent(
                    at,
                    absent -> new Remark(
                            "misspelt-member",
                            placeOf(at),
                            "\"" + spelling + "\" is read as \"" + name
                                    + "\": Mosquitto's plugin takes capitals for small"
                                    + " letters in names, other programs do not",
                            "\"" + name + "\""));
        }
        return at;
    }

    RuleSource source() {
        return RuleSource.of(document.file, place());
    }

    AccessFileException refusal(String problem) {
        return refusalAt(path, problem);
    }

    /** A refusal of the value of a member, or of the object if it has no such member. */
    AccessFileException refusal(String member, String problem) {
        return memberOrNull(object, member) == null ? refusal(problem) : refusalAt(pathOf(member), problem);
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
        JsonValue value = memberOrNull(object, name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof JsonArray array)) {
            throw unexpected(name, "an array", value);
        }
        String at = pathOf(name);
        List<JsonPart> parts = new ArrayList<>();
        for (JsonValue element : array.values()) {
            if (!(element instanceof JsonObject part)) {
                throw unexpected(name, "an array of objects", element);
            }
            parts.add(new JsonPart(document, at + "/" + parts.size(), part));
        }
        return parts;
    }

    Optional<JsonPart> part(String name) {
        JsonValue value = memberOrNull(object, name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof JsonObject part)) {
            throw unexpected(name, "an object", value);
        }
        return Optional.of(new JsonPart(document, pathOf(name), part));
    }

    Optional<String> text(String name) {
        JsonValue value = memberOrNull(object, name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof JsonString text)) {
            throw unexpected(name, "a string", value);
        }
        pathOf(name);
        return Optional.of(text.value());
    }

    String requiredText(String name) {
        return text(name)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> refusal(name, "expected \"" + name + "\" with a text that is not empty"));
    }

    boolean flag(String name, boolean otherwise) {
        JsonValue value = memberOrNull(object, name);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof JsonBoolean flag)) {
            throw unexpected(name, "true or false", value);
        }
        pathOf(name);
        return flag.value();
    }

    int number(String name, int otherwise) {
        JsonValue value = memberOrNull(object, name);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof JsonNumber number)) {
            throw unexpected(name, "a number", value);
        }
        String at = pathOf(name);
        // Bounded first: the digits of 1e999999 need not be written out.
        int whole = number.decimal()
                .min(BigDecimal.valueOf(Integer.MAX_VALUE))
                .max(BigDecimal.valueOf(Integer.MIN_VALUE))
                .setScale(0, RoundingMode.DOWN)
                .intValue();
        if (number.decimal().compareTo(BigDecimal.valueOf(whole)) != 0) {
            document.remarks.put(
                    at,
                    new Remark(
                            "odd-number",
                            placeOf(at),
                            Words.shown(number.toString()) + " is read as " + whole
                                    + ": Mosquitto's plugin takes whole numbers of 32 bits",
                            "a whole number, such as " + whole));
        }
        return whole;
    }
}
