package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonValue;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One option of a type: its accessor, and the builder's method of the same name. */
final class OptionAccessor {

    private static final Map<Class<?>, Class<?>> BOXES =
            Map.of(boolean.class, Boolean.class, int.class, Integer.class, double.class, Double.class);

    private final Method getter;
    private final Method setter;
    private final OptionCodec codec;
    private final boolean nullMatters;

    private OptionAccessor(Method getter, Method setter, OptionCodec codec, boolean nullMatters) {
        this.getter = getter;
        this.setter = setter;
        this.codec = codec;
        this.nullMatters = nullMatters;
    }

    static OptionAccessor of(Method getter, Class<?> builder) {
        Type content = content(getter.getGenericReturnType());
        Class<?> raw = raw(content);
        Class<?> parameter = raw == List.class ? Iterable.class : raw;
        Method setter = Arrays.stream(builder.getMethods())
                .filter(method -> method.getName().equals(getter.getName()) && method.getParameterCount() == 1)
                .filter(method -> boxed(method.getParameterTypes()[0]) == parameter)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(builder + " has no method for " + getter));
        return new OptionAccessor(
                getter, setter, OptionCodec.of(content), raw == EntityName.class || raw == CommandPayload.class);
    }

    private static Class<?> boxed(Class<?> type) {
        return BOXES.getOrDefault(type, type);
    }

    /** The type of the value, without what says that there may be none. */
    private static Type content(Type type) {
        if (type == OptionalInt.class) {
            return Integer.class;
        }
        if (type == OptionalDouble.class) {
            return Double.class;
        }
        return raw(type) == Optional.class ? ((ParameterizedType) type).getActualTypeArguments()[0] : type;
    }

    private static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
    }

    Optional<JsonValue> write(Object holder) {
        Object value = invoke(getter, holder);
        if (value instanceof Optional<?> optional) {
            return optional.map(codec::write);
        }
        if (value instanceof OptionalInt optional) {
            return optional.isPresent() ? Optional.of(codec.write(optional.getAsInt())) : Optional.empty();
        }
        if (value instanceof OptionalDouble optional) {
            return optional.isPresent() ? Optional.of(codec.write(optional.getAsDouble())) : Optional.empty();
        }
        return value == null || isAbsentList(value) ? Optional.empty() : Optional.of(codec.write(value));
    }

    /** An empty list counts as given where none would be null or where it has to be there. */
    private boolean isAbsentList(Object value) {
        return value instanceof List<?> list
                && list.isEmpty()
                && OptionCodec.EMPTY_IS_ABSENT.contains(getter.getName());
    }

    void read(JsonValue value, Object builder) {
        if (value != JsonNull.NULL || nullMatters) {
            invoke(setter, builder, codec.read(value));
        }
    }

    static Object build(Object builder) {
        try {
            Object built = invoke(builder.getClass().getMethod("build"), builder);
            if (built == null) {
                throw new IllegalStateException(builder.getClass() + " builds nothing");
            }
            return built;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(builder.getClass() + " is no builder", e);
        }
    }

    private static @Nullable Object invoke(Method method, Object target, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(method + " failed", e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(method + " cannot be called", e);
        }
    }
}
