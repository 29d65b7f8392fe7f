package io.alicia.mqtt.codec;

import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectMapper;

/**
 * A codec for types of your own that Jackson maps: the one place where Jackson is seen. A change of its major version is
 * a breaking change here and nowhere else.
 *
 * @param <T> the type
 */
public final class JacksonCodec<T> implements PayloadCodec<T> {

    private final ObjectMapper mapper;
    private final JavaType type;

    private JacksonCodec(ObjectMapper mapper, JavaType type) {
        this.mapper = mapper;
        this.type = type;
    }

    /**
     * {@return a codec for a class}
     *
     * @param <T> the type
     * @param mapper maps it, with whatever modules and settings it needs
     * @param type the class
     */
    public static <T> JacksonCodec<T> of(ObjectMapper mapper, Class<T> type) {
        return new JacksonCodec<>(mapper, mapper.constructType(type));
    }

    /**
     * {@return a codec for a generic type}
     *
     * @param <T> the type
     * @param mapper maps it, with whatever modules and settings it needs
     * @param type the type: {@code new TypeReference<List<Lamp>>() {}}
     */
    public static <T> JacksonCodec<T> of(ObjectMapper mapper, TypeReference<T> type) {
        return new JacksonCodec<>(mapper, mapper.constructType(type));
    }

    @Override
    public T decode(byte[] payload) {
        T value;
        try {
            value = mapper.readValue(payload, type);
        } catch (JacksonException e) {
            throw new PayloadException("not a " + type.toCanonical() + ": " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new PayloadException("not a " + type.toCanonical() + ": " + e.getMessage(), e);
        }
        if (value == null) {
            throw new PayloadException("not a " + type.toCanonical() + ": it is null");
        }
        return value;
    }

    @Override
    public byte[] encode(T value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public String contentType() {
        return "application/json";
    }
}
