package io.alicia.mqtt.codec;

import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonBoolean;
import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads and writes JSON (RFC 8259) as {@link JsonValue}.
 *
 * <p>Reading is bounded, because the text comes from outside: at most {@value #MAX_LENGTH} bytes or characters, {@value
 * #MAX_DEPTH} levels of nesting, {@value #MAX_NUMBER_LENGTH} characters in a number and exponents up to {@value
 * #MAX_EXPONENT}, and {@value #MAX_NAME_LENGTH} characters in a name; of documents, which nobody sends, up to {@value
 * #MAX_DOCUMENT_LENGTH} characters. Where a name occurs twice in an object, the last
 * one counts, as for the services of the house; {@link #parseFirst} is for documents of others. Writing is compact, in
 * the order of the members.
 */
public final class Json {

    /** The longest text that is read, in bytes or characters. */
    public static final int MAX_LENGTH = 16 * 1024 * 1024;

    /** The longest document that {@link #parseFirst}, {@link #places} and {@link #objectPlaces} read, in characters. */
    public static final int MAX_DOCUMENT_LENGTH = 512 * 1024 * 1024;

    /** How deep objects and arrays may be nested. */
    public static final int MAX_DEPTH = 100;

    /** The longest number that is read, in characters. */
    public static final int MAX_NUMBER_LENGTH = 500;

    /** The largest exponent of a number that is read, positive or negative. */
    public static final int MAX_EXPONENT = 1_000;

    /** The longest name of a member that is read, in characters. */
    public static final int MAX_NAME_LENGTH = 50_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxStringLength(MAX_LENGTH)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .build())
            .build();

    /** What readers may skip (RFC 8259 §8.1), and Windows's editors write. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final Pattern UNCLOSED = Pattern.compile("end-of-input: expected close marker for (Object|Array)");

    private Json() {}

    /**
     * {@return the value that a text spells}
     *
     * @param text exactly one JSON value, white space around it is allowed
     * @throws PayloadException if it is not JSON or beyond the bounds; the message names line, column and what was
     *     expected
     */
    public static JsonValue parse(String text) {
        requireBounded(text.length(), MAX_LENGTH);
        return parse(FACTORY.createParser(ObjectReadContext.empty(), text), null);
    }

    /**
     * {@return the value that a text in UTF-8 spells}
     *
     * @param utf8 exactly one JSON value, white space around it and a byte order mark before it are allowed
     * @throws PayloadException if it is not JSON or beyond the bounds; the message names line, column and what was
     *     expected
     */
    public static JsonValue parse(byte[] utf8) {
        requireBounded(utf8.length, MAX_LENGTH);
        // Jackson would guess the encoding of bytes, and take for UTF-8 what is none.
        String text = TextCodec.INSTANCE.decode(utf8);
        return parse(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    }

    /**
     * {@return the value that a text spells to readers such as cJSON, which Mosquitto has: where a name occurs twice in an
     * object, the first one counts}
     *
     * @param text exactly one JSON value, white space around it is allowed
     * @param repeated is told of each member that does not count for that: its JSON Pointer, and where its name stands;
     *     not of what is within such members
     * @throws PayloadException if it is not JSON or beyond the bounds; the message names line, column and what was
     *     expected
     */
    public static JsonValue parseFirst(String text, BiConsumer<String, Place> repeated) {
        requireBounded(text.length(), MAX_DOCUMENT_LENGTH);
        return parse(FACTORY.createParser(ObjectReadContext.empty(), text), new FirstMembers(repeated));
    }

    /**
     * A place in a text.
     *
     * @param line counted from 1
     * @param column in characters, counted from 1
     */
    public record Place(int line, int column) {}

    /**
     * {@return where each value of a text begins, by its JSON Pointer (RFC 6901): {@code /roles/3/acls/0}, and the empty
     * text for the outermost; where a name occurs twice in an object, the first one is told of}
     *
     * @param text what {@link #parse(String)} reads, but for its length
     * @throws PayloadException if it does not
     */
    public static Map<String, Place> places(String text) {
        return places(text, false);
    }

    /**
     * {@return what {@link #places} says of the objects alone, in less time and memory}
     *
     * @param text what {@link #parse(String)} reads, but for its length
     * @throws PayloadException if it does not
     */
    public static Map<String, Place> objectPlaces(String text) {
        return places(text, true);
    }

    private static Map<String, Place> places(String text, boolean objectsAlone) {
        requireBounded(text.length(), MAX_DOCUMENT_LENGTH);
        JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text);
        try {
            return JsonPlaces.of(parser, objectsAlone);
        } catch (JacksonException e) {
            throw new PayloadException("not JSON: " + problem(e), e);
        }
    }

    /**
     * {@return the value as compact JSON text}
     *
     * @param value any
     */
    public static String write(JsonValue value) {
        return value.toString();
    }

    /**
     * {@return the value as compact JSON text in UTF-8}
     *
     * @param value any
     */
    public static byte[] writeUtf8(JsonValue value) {
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void requireBounded(int length, int most) {
        if (length > most) {
            throw new PayloadException("not read as JSON: it is " + length + " long, at most " + most + " is read");
        }
    }

    /** What to do with a name that occurs twice: the last one counts where {@code first} is null. */
    private static JsonValue parse(JsonParser parser, @Nullable FirstMembers first) {
        try (parser) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new PayloadException("not JSON: it is empty, a JSON value was expected");
            }
            JsonValue value = value(parser, token, first);
            JsonToken rest = parser.nextToken();
            if (rest != null) {
                throw new PayloadException("not JSON: " + where(parser.currentTokenLocation())
                        + ": the value has ended, nothing more was expected");
            }
            return value;
        } catch (JacksonException e) {
            // A text that is nested too deep has that place at the end of what was buffered.
            TokenStreamLocation location = isTooDeep(e)
                    ? parser.currentTokenLocation()
                    : e.getLocation() != null ? e.getLocation() : parser.currentLocation();
            throw new PayloadException("not JSON: " + where(location) + ": " + problem(e), e);
        }
    }

    private static boolean isTooDeep(JacksonException e) {
        return String.valueOf(e.getOriginalMessage()).contains("nesting depth");
    }

    /** Where the structure began that ends wrongly is something that the reader does not tell for texts. */
    private static String problem(JacksonException e) {
        String told = String.valueOf(e.getOriginalMessage());
        if (isTooDeep(e)) {
            return "expected at most " + MAX_DEPTH + " levels of nested objects and arrays";
        }
        Matcher open = UNCLOSED.matcher(told);
        if (open.find()) {
            return "the text ends too early: expected " + (open.group(1).equals("Object") ? "}" : "]") + " for an "
                    + open.group(1).toLowerCase(Locale.ROOT) + " that is still open";
        }
        return told.replaceAll(" \\([^()\\[]*\\[Source: [^\\]]*\\]\\)", "")
                .replaceAll(", from `[^`]*`", "")
                .replaceAll(": enable `[^`]*` to allow", "")
                .replaceAll(": maybe a \\(non-standard\\) comment.*", ": JSON has no comments")
                .replaceFirst("Unexpected end-of-input(?=\\p{L})", "the text ends too early: ")
                .replace("Unexpected end-of-input", "the text ends too early");
    }

    private static String where(TokenStreamLocation location) {
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static JsonValue value(JsonParser parser, JsonToken token, @Nullable FirstMembers first) {
        return switch (token) {
            case START_OBJECT -> first == null ? object(parser) : first.object(parser);
            case START_ARRAY -> array(parser, first);
            case VALUE_STRING -> new JsonString(parser.getString());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> JsonBoolean.TRUE;
            case VALUE_FALSE -> JsonBoolean.FALSE;
            case VALUE_NULL -> JsonNull.NULL;
            default -> throw new IllegalStateException("a JSON parser does not give " + token + " for text");
        };
    }

    private static JsonObject object(JsonParser parser) {
        JsonObject.Builder object = JsonObject.builder();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            object.put(name, value(parser, parser.nextToken(), null));
        }
        return object.build();
    }

    /** Objects whose first member of a name counts. */
    private record FirstMembers(BiConsumer<String, Place> repeated) {

        JsonObject object(JsonParser parser) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                if (members.containsKey(name)) {
                    TokenStreamLocation at = parser.currentTokenLocation();
                    repeated.accept(
                            parser.streamReadContext().pathAsPointer().toString(),
                            new Place(at.getLineNr(), at.getColumnNr()));
                    // Read all the same: it has to be JSON within the bounds.
                    value(parser, parser.nextToken(), null);
                } else {
                    members.put(name, value(parser, parser.nextToken(), this));
                }
            }
            return JsonObject.of(members);
        }
    }

    private static JsonArray array(JsonParser parser, @Nullable FirstMembers first) {
        List<JsonValue> values = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            values.add(value(parser, token, first));
        }
        return new JsonArray(values);
    }

    /** Arithmetic with exponents of millions takes for ever, and nothing in a house is that big or small. */
    private static JsonNumber decimal(JsonParser parser) {
        try {
            BigDecimal number = parser.getDecimalValue();
            if (Math.abs((long) number.scale()) <= MAX_EXPONENT) {
                return JsonNumber.of(number);
            }
        } catch (NumberFormatException e) {
            throw exponentOutOfBounds(parser, e);
        }
        throw exponentOutOfBounds(parser, null);
    }

    private static PayloadException exponentOutOfBounds(JsonParser parser, @Nullable Throwable cause) {
        return new PayloadException(
                "not read as JSON: " + where(parser.currentTokenLocation()) + ": the number's exponent is beyond the "
                        + MAX_EXPONENT + " that is read",
                cause);
    }

    private static JsonNumber integer(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT, LONG -> JsonNumber.of(parser.getLongValue());
            default -> JsonNumber.of(parser.getBigIntegerValue());
        };
    }
}
