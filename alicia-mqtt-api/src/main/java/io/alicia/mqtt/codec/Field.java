package io.alicia.mqtt.codec;

import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One row of an {@link ObjectShape}: a field of a payload type and how it is spelled in JSON, the house's own spelling
 * first.
 */
final class Field<T, B, V> {

    /** A name on the wire and the shape of what it names. */
    record Spelling<V>(String name, Shape<V> shape) {}

    private final List<Spelling<V>> spellings;
    private final boolean required;
    private final Function<T, @Nullable V> get;
    private final BiConsumer<B, V> set;

    Field(List<Spelling<V>> spellings, boolean required, Function<T, @Nullable V> get, BiConsumer<B, V> set) {
        this.spellings = spellings;
        this.required = required;
        this.get = get;
        this.set = set;
    }

    List<String> names() {
        return spellings.stream().map(Spelling::name).toList();
    }

    /** The spelling that an object uses: the first that has a value there, else the first that is there at all. */
    Spelling<V> spelling(@Nullable JsonObject object) {
        if (object == null || spellings.size() == 1) {
            return spellings.get(0);
        }
        Spelling<V> found = null;
        for (Spelling<V> spelling : spellings) {
            JsonValue value = object.getOrNull(spelling.name());
            if (value != null && value != JsonNull.NULL) {
                return spelling;
            }
            found = found == null && value != null ? spelling : found;
        }
        return found != null ? found : spellings.get(0);
    }

    boolean isPresent(T value) {
        return get.apply(value) != null;
    }

    void read(JsonObject object, B builder) {
        Spelling<V> spelling = spelling(object);
        JsonValue json = object.getOrNull(spelling.name());
        if (json != null && json != JsonNull.NULL) {
            V value;
            try {
                value = spelling.shape().read(json);
            } catch (PayloadException e) {
                throw e.within(spelling.name());
            }
            set.accept(builder, value);
        } else if (required) {
            throw missing();
        }
    }

    private PayloadException missing() {
        List<String> others = names().subList(1, spellings.size());
        String reason = "it is missing" + (others.isEmpty() ? "" : ", and so is " + String.join(", ", others));
        return new PayloadException(reason).within(spellings.get(0).name());
    }

    void write(T value, @Nullable JsonObject decodedFrom, Map<String, JsonValue> members) {
        Spelling<V> spelling = spelling(decodedFrom);
        JsonValue like = decodedFrom == null ? null : decodedFrom.getOrNull(spelling.name());
        V present = get.apply(value);
        if (present != null) {
            members.put(spelling.name(), spelling.shape().write(present, like == JsonNull.NULL ? null : like));
        } else if (like != null && like != JsonNull.NULL) {
            members.remove(spelling.name());
        }
    }
}
