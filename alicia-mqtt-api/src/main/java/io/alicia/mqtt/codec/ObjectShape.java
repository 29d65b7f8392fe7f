package io.alicia.mqtt.codec;

import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonPayload;
import io.alicia.mqtt.payload.JsonValue;
import io.alicia.mqtt.payload.WireForm;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object of a payload type, as a table of its fields. Members that no field claims are kept as additional; what
 * was decoded is encoded with its own names, shapes and order, except for what was changed since.
 *
 * @param <T> the payload type
 * @param <B> its builder
 */
final class ObjectShape<T extends JsonPayload, B> implements JsonCodec<T> {

    private final List<Field<T, B, ?>> fields;
    private final Map<String, Integer> indexByName = new HashMap<>();
    private final Supplier<B> builder;
    private final Function<B, T> build;
    private final BiConsumer<B, Map<String, JsonValue>> setAdditional;
    private final BiConsumer<B, WireForm> setWireForm;

    ObjectShape(
            List<Field<T, B, ?>> fields,
            Supplier<B> builder,
            Function<B, T> build,
            BiConsumer<B, Map<String, JsonValue>> setAdditional,
            BiConsumer<B, WireForm> setWireForm) {
        this.fields = List.copyOf(fields);
        for (int i = 0; i < fields.size(); i++) {
            for (String name : fields.get(i).names()) {
                indexByName.put(name, i);
            }
        }
        this.builder = builder;
        this.build = build;
        this.setAdditional = setAdditional;
        this.setWireForm = setWireForm;
    }

    @Override
    public T fromJson(JsonValue json) {
        JsonObject object = Shapes.object(json);
        B target = builder.get();
        for (Field<T, B, ?> field : fields) {
            field.read(object, target);
        }
        Map<String, JsonValue> additional = additional(object);
        if (!additional.isEmpty()) {
            setAdditional.accept(target, additional);
        }
        setWireForm.accept(target, WireForm.of(object));
        try {
            return build.apply(target);
        } catch (IllegalArgumentException e) {
            throw new PayloadException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The members that no field has read: unknown ones, and a second spelling beside the one that was read. */
    private Map<String, JsonValue> additional(JsonObject object) {
        Map<String, JsonValue> additional = Map.of();
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            Integer index = indexByName.get(member.getKey());
            boolean unread = index == null || isSecondSpelling(member, fields.get(index), object);
            if (unread) {
                additional = additional.isEmpty() ? new LinkedHashMap<>() : additional;
                additional.put(member.getKey(), member.getValue());
            }
        }
        return additional;
    }

    private static boolean isSecondSpelling(
            Map.Entry<String, JsonValue> member, Field<?, ?, ?> field, JsonObject object) {
        return member.getValue() != JsonNull.NULL
                && !field.spelling(object).name().equals(member.getKey());
    }

    @Override
    public JsonObject toJson(T value) {
        JsonObject decodedFrom = value.wireForm().decodedFrom().orElse(null);
        Map<String, JsonValue> members = new LinkedHashMap<>();
        if (decodedFrom != null) {
            members.putAll(decodedFrom.members());
            removeForgotten(members, value.additional());
        }
        for (Field<T, B, ?> field : fields) {
            field.write(value, decodedFrom, members);
        }
        for (Map.Entry<String, JsonValue> member : value.additional().entrySet()) {
            if (!isWritten(member.getKey(), value, decodedFrom)) {
                members.put(member.getKey(), member.getValue());
            }
        }
        return JsonObject.of(members);
    }

    /** Additional members that were decoded and taken out since. */
    private void removeForgotten(Map<String, JsonValue> members, Map<String, JsonValue> additional) {
        for (Iterator<String> names = members.keySet().iterator(); names.hasNext(); ) {
            String name = names.next();
            if (!indexByName.containsKey(name) && !additional.containsKey(name)) {
                names.remove();
            }
        }
    }

    /** Whether a field has written the member of that name: then it counts, and not an additional one. */
    private boolean isWritten(String name, T value, @Nullable JsonObject decodedFrom) {
        Integer index = indexByName.get(name);
        if (index == null) {
            return false;
        }
        Field<T, B, ?> field = fields.get(index);
        return field.isPresent(value) && field.spelling(decodedFrom).name().equals(name);
    }
}
