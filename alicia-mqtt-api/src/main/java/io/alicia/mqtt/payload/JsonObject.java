package io.alicia.mqtt.payload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON object. Its members keep the order in which they were put or read; for equality the order does not count. */
public final class JsonObject implements JsonValue {

    private static final JsonObject EMPTY = new JsonObject(Map.of());

    private final Map<String, JsonValue> members;

    private JsonObject(Map<String, JsonValue> members) {
        this.members = members;
    }

    /** {@return the object without members} */
    public static JsonObject empty() {
        return EMPTY;
    }

    /**
     * {@return an object with these members, in the order that the map iterates in}
     *
     * @param members copied
     */
    public static JsonObject of(Map<String, ? extends JsonValue> members) {
        return members.isEmpty() ? EMPTY : new JsonObject(Collections.unmodifiableMap(new LinkedHashMap<>(members)));
    }

    /** {@return a builder without members} */
    public static Builder builder() {
        return new Builder(new LinkedHashMap<>());
    }

    /** {@return a builder with this object's members} */
    public Builder toBuilder() {
        return new Builder(new LinkedHashMap<>(members));
    }

    /** {@return the members in order, unmodifiable} */
    public Map<String, JsonValue> members() {
        return members;
    }

    /**
     * {@return the member of that name; a member whose value is {@code null} is present as {@link JsonNull}}
     *
     * @param name the member's name
     */
    public Optional<JsonValue> get(String name) {
        return Optional.ofNullable(members.get(name));
    }

    /**
     * {@return the member of that name, or null where {@link #get} would be empty}
     *
     * @param name the member's name
     */
    public @Nullable JsonValue getOrNull(String name) {
        return members.get(name);
    }

    @Override
    public String type() {
        return "object";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonObject that && members.equals(that.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return JsonText.of(this);
    }

    /** Collects members; putting a name again replaces its value in place. Not for use by several threads at once. */
    public static final class Builder {

        private final Map<String, JsonValue> members;

        private Builder(Map<String, JsonValue> members) {
            this.members = members;
        }

        /**
         * Puts a member.
         *
         * @param name the member's name
         * @param value its value
         * @return this builder
         */
        public Builder put(String name, JsonValue value) {
            members.put(name, value);
            return this;
        }

        /**
         * Puts a string.
         *
         * @param name the member's name
         * @param value its value
         * @return this builder
         */
        public Builder put(String name, String value) {
            return put(name, new JsonString(value));
        }

        /**
         * Puts an integer, written without a fraction.
         *
         * @param name the member's name
         * @param value its value
         * @return this builder
         */
        public Builder put(String name, long value) {
            return put(name, JsonNumber.of(value));
        }

        /**
         * Puts a decimal, written with a fraction.
         *
         * @param name the member's name
         * @param value its value, finite
         * @return this builder
         * @throws IllegalArgumentException for NaN and the infinities, which JSON does not have
         */
        public Builder put(String name, double value) {
            return put(name, JsonNumber.of(value));
        }

        /**
         * Puts {@code true} or {@code false}.
         *
         * @param name the member's name
         * @param value its value
         * @return this builder
         */
        public Builder put(String name, boolean value) {
            return put(name, JsonBoolean.of(value));
        }

        /**
         * Puts an array of strings.
         *
         * @param name the member's name
         * @param values the elements
         * @return this builder
         */
        public Builder putStrings(String name, Iterable<String> values) {
            List<JsonValue> elements = new ArrayList<>();
            values.forEach(value -> elements.add(new JsonString(value)));
            return put(name, new JsonArray(elements));
        }

        /**
         * Puts all members of a map.
         *
         * @param more the members
         * @return this builder
         */
        public Builder putAll(Map<String, ? extends JsonValue> more) {
            members.putAll(more);
            return this;
        }

        /**
         * Takes a member away, if it is there.
         *
         * @param name the member's name
         * @return this builder
         */
        public Builder remove(String name) {
            members.remove(name);
            return this;
        }

        /** {@return the object; the builder can be used further without changing it} */
        public JsonObject build() {
            return of(members);
        }
    }
}
