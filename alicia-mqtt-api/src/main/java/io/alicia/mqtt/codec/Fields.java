package io.alicia.mqtt.codec;

import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonPayload;
import io.alicia.mqtt.payload.JsonValue;
import io.alicia.mqtt.payload.WireForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lists the fields of a payload type, in the order in which they are written. */
final class Fields<T extends JsonPayload, B> {

    private final Supplier<B> builder;
    private final List<Field<T, B, ?>> fields = new ArrayList<>();

    private Fields(Supplier<B> builder) {
        this.builder = builder;
    }

    /** @param builder makes a builder in which nothing is preset */
    static <T extends JsonPayload, B> Fields<T, B> of(Supplier<B> builder) {
        return new Fields<>(builder);
    }

    <V> Fields<T, B> required(String name, Shape<V> shape, Function<T, V> get, BiConsumer<B, V> set) {
        fields.add(new Field<>(List.of(new Field.Spelling<>(name, shape)), true, get, set));
        return this;
    }

    <V> Fields<T, B> required(List<Field.Spelling<V>> spellings, Function<T, V> get, BiConsumer<B, V> set) {
        fields.add(new Field<>(spellings, true, get, set));
        return this;
    }

    <V> Fields<T, B> optional(String name, Shape<V> shape, Function<T, Optional<V>> get, BiConsumer<B, V> set) {
        return optional(List.of(new Field.Spelling<>(name, shape)), get, set);
    }

    <V> Fields<T, B> optional(List<Field.Spelling<V>> spellings, Function<T, Optional<V>> get, BiConsumer<B, V> set) {
        return add(spellings, value -> get.apply(value).orElse(null), set);
    }

    Fields<T, B> optionalDouble(
            String name, Shape<Double> shape, Function<T, OptionalDouble> get, BiConsumer<B, Double> set) {
        return add(
                List.of(new Field.Spelling<>(name, shape)),
                value -> {
                    OptionalDouble number = get.apply(value);
                    return number.isPresent() ? number.getAsDouble() : null;
                },
                set);
    }

    Fields<T, B> optionalInt(
            List<Field.Spelling<Integer>> spellings, Function<T, OptionalInt> get, BiConsumer<B, Integer> set) {
        return add(
                spellings,
                value -> {
                    OptionalInt number = get.apply(value);
                    return number.isPresent() ? number.getAsInt() : null;
                },
                set);
    }

    Fields<T, B> optionalInt(
            String name, Shape<Integer> shape, Function<T, OptionalInt> get, BiConsumer<B, Integer> set) {
        return optionalInt(List.of(new Field.Spelling<>(name, shape)), get, set);
    }

    Fields<T, B> optionalLong(String name, Shape<Long> shape, Function<T, OptionalLong> get, BiConsumer<B, Long> set) {
        return add(
                List.of(new Field.Spelling<>(name, shape)),
                value -> {
                    OptionalLong number = get.apply(value);
                    return number.isPresent() ? number.getAsLong() : null;
                },
                set);
    }

    /** A list that is absent where it is empty, unless it was sent empty. */
    <V> Fields<T, B> list(String name, Shape<V> element, Function<T, List<V>> get, BiConsumer<B, List<V>> set) {
        return add(
                List.of(new Field.Spelling<>(name, Shapes.list(element))),
                value -> {
                    List<V> values = get.apply(value);
                    return values.isEmpty() && !wasSentEmpty(value, name) ? null : values;
                },
                set);
    }

    private static boolean wasSentEmpty(JsonPayload value, String name) {
        JsonObject decodedFrom = value.wireForm().decodedFrom().orElse(JsonObject.empty());
        return decodedFrom.getOrNull(name) instanceof JsonArray array
                && array.values().isEmpty();
    }

    private <V> Fields<T, B> add(
            List<Field.Spelling<V>> spellings, Function<T, @Nullable V> get, BiConsumer<B, V> set) {
        fields.add(new Field<>(spellings, false, get, set));
        return this;
    }

    ObjectShape<T, B> build(
            Function<B, T> build, BiConsumer<B, Map<String, JsonValue>> additional, BiConsumer<B, WireForm> wireForm) {
        return new ObjectShape<>(fields, builder, build, additional, wireForm);
    }
}
