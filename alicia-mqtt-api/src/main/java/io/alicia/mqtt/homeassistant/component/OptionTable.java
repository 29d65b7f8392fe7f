package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonValue;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The options of a type: each abstract accessor of the type, and the method of the builder with the same name, stand for
 * the option whose name is the accessor's in Home Assistant's spelling.
 *
 * @param <T> the type
 */
final class OptionTable<T> {

    private final Class<T> type;
    private final Supplier<?> builder;
    private final Map<String, OptionAccessor> accessors;

    private OptionTable(Class<T> type, Supplier<?> builder, Map<String, OptionAccessor> accessors) {
        this.type = type;
        this.builder = builder;
        this.accessors = accessors;
    }

    /**
     * The table of a type.
     *
     * @param names the options in the order in which they are written
     */
    static <T> OptionTable<T> of(Class<T> type, Supplier<?> builder, Collection<String> names) {
        Map<String, Method> methods = new LinkedHashMap<>();
        for (Method method : type.getMethods()) {
            if (Modifier.isAbstract(method.getModifiers()) && method.getParameterCount() == 0) {
                methods.put(snake(method.getName()), method);
            }
        }
        Class<?> builderType = builder.get().getClass();
        Map<String, OptionAccessor> accessors = new LinkedHashMap<>();
        for (String name : names) {
            Method method = methods.get(name);
            if (method != null) {
                accessors.put(name, OptionAccessor.of(method, builderType));
            }
        }
        return new OptionTable<>(type, builder, accessors);
    }

    boolean covers(String option) {
        return accessors.containsKey(option);
    }

    JsonObject toJson(Object value) {
        JsonObject.Builder json = JsonObject.builder();
        accessors.forEach((name, accessor) -> {
            Optional<JsonValue> written;
            try {
                written = accessor.write(value);
            } catch (IllegalArgumentException e) {
                throw new InvalidComponentException(name + " " + e.getMessage());
            }
            written.ifPresent(option -> json.put(name, option));
        });
        return json.build();
    }

    /** Options without an accessor are left aside. */
    T fromJson(JsonObject options) {
        Object collector = builder.get();
        accessors.forEach((name, accessor) -> {
            JsonValue value = options.getOrNull(name);
            if (value != null) {
                try {
                    accessor.read(value, collector);
                } catch (InvalidComponentException e) {
                    throw e;
                } catch (IllegalArgumentException e) {
                    throw new InvalidComponentException(name + " " + value + ": " + e.getMessage());
                }
            }
        });
        return type.cast(OptionAccessor.build(collector));
    }

    boolean isOf(String simpleName) {
        return type.getSimpleName().equals(simpleName);
    }

    /** Home Assistant's spelling of a Java name. */
    static String snake(String camel) {
        StringBuilder snake = new StringBuilder();
        for (int i = 0; i < camel.length(); i++) {
            char c = camel.charAt(i);
            if (Character.isUpperCase(c)) {
                snake.append('_').append(Character.toLowerCase(c));
            } else {
                snake.append(c);
            }
        }
        return snake.toString();
    }
}
