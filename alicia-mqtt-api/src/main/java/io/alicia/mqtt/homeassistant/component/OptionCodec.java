package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.facts.DiscoveryFacts;
import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonBoolean;
import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** How a value of one Java type stands in a message, and back from the form that Home Assistant keeps. */
final class OptionCodec {

    /** Accessors whose empty list says the same as none. */
    static final Set<String> EMPTY_IS_ABSENT = Set.of("availability", "group", "identifiers", "connections");

    private static final Map<Class<?>, OptionCodec> BY_TYPE = Map.ofEntries(
            entry(String.class, JsonString::new, OptionCodec::text),
            entry(Boolean.class, JsonBoolean::of, value -> ((JsonBoolean) value).value()),
            entry(Integer.class, number -> JsonNumber.of(number), OptionCodec::integer),
            entry(Double.class, OptionCodec::number, OptionCodec::finite),
            entry(Duration.class, OptionCodec::seconds, value -> Duration.ofSeconds(whole(value))),
            entry(Template.class, template -> new JsonString(template.text()), value -> Template.of(text(value))),
            entry(TopicName.class, topic -> new JsonString(topic.value()), value -> TopicName.of(text(value))),
            entry(TopicFilter.class, topic -> new JsonString(topic.value()), value -> TopicFilter.of(text(value))),
            entry(Qos.class, qos -> JsonNumber.of(qos.level()), OptionCodec::qos),
            entry(Precision.class, precision -> number(precision.step().doubleValue()), OptionCodec::precision),
            entry(EntityName.class, name -> orNull(name.text()), OptionCodec::name),
            entry(CommandPayload.class, payload -> orNull(payload.text()), OptionCodec::command),
            entry(Connection.class, OptionCodec::connection, OptionCodec::connection));

    private static final class Objects {
        static final OptionCodec DEVICE = object(OptionTable.of(
                Device.class, Device::builder, DiscoveryFacts.get().device().keySet()));
        static final OptionCodec ORIGIN = object(OptionTable.of(
                Origin.class, Origin::builder, DiscoveryFacts.get().origin().keySet()));
        static final OptionCodec AVAILABILITY = object(OptionTable.of(
                Availability.class,
                Availability::builder,
                DiscoveryFacts.get().availabilityItem().keySet()));

        private static OptionCodec object(OptionTable<?> table) {
            return new OptionCodec(table::toJson, value -> table.fromJson((JsonObject) value));
        }
    }

    private final Function<Object, JsonValue> writer;
    private final Function<JsonValue, Object> reader;

    private OptionCodec(Function<Object, JsonValue> writer, Function<JsonValue, Object> reader) {
        this.writer = writer;
        this.reader = reader;
    }

    private static <T> Map.Entry<Class<?>, OptionCodec> entry(
            Class<T> type, Function<T, JsonValue> writer, Function<JsonValue, ? extends T> reader) {
        return Map.entry(type, new OptionCodec(value -> writer.apply(type.cast(value)), reader::apply));
    }

    static OptionCodec of(Type type) {
        if (type instanceof ParameterizedType generic) {
            OptionCodec argument = of(generic.getActualTypeArguments()[0]);
            return generic.getRawType() == Unchecked.class ? unchecked(argument) : list(argument);
        }
        Class<?> simple = (Class<?>) type;
        OptionCodec known = BY_TYPE.get(simple);
        if (known != null) {
            return known;
        }
        if (simple == Device.class) {
            return Objects.DEVICE;
        }
        if (simple == Origin.class) {
            return Objects.ORIGIN;
        }
        if (simple == Availability.class) {
            return Objects.AVAILABILITY;
        }
        if (OptionWord.class.isAssignableFrom(simple)) {
            return new OptionCodec(
                    word -> new JsonString(((OptionWord) word).word()), value -> word(simple, text(value)));
        }
        throw new IllegalStateException("options cannot be of the type " + type);
    }

    JsonValue write(Object value) {
        return writer.apply(value);
    }

    Object read(JsonValue value) {
        return reader.apply(value);
    }

    private static OptionCodec list(OptionCodec element) {
        return new OptionCodec(
                list -> new JsonArray(
                        ((List<?>) list).stream().map(element::write).toList()),
                value ->
                        ((JsonArray) value).values().stream().map(element::read).toList());
    }

    private static OptionCodec unchecked(OptionCodec meant) {
        return new OptionCodec(
                given -> new JsonString(((Unchecked<?>) given).text()),
                value -> Unchecked.read(text(value), text -> meant.read(new JsonString(text))));
    }

    private static Object word(Class<?> type, String word) {
        if (type == HvacMode.class) {
            return new HvacMode(word);
        }
        if (type == WaterHeaterMode.class) {
            return new WaterHeaterMode(word);
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> ((OptionWord) constant).word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(type.getSimpleName() + " has no " + word));
    }

    /** Elements of lists that Home Assistant does not look at can be anything. */
    private static String text(JsonValue value) {
        return value instanceof JsonString text ? text.value() : value.toString();
    }

    private static int integer(JsonValue value) {
        long whole = whole(value);
        if (whole != (int) whole) {
            throw new IllegalArgumentException("beyond 32 bits");
        }
        return (int) whole;
    }

    private static long whole(JsonValue value) {
        JsonNumber number = (JsonNumber) value;
        if (!number.isWhole()) {
            throw new IllegalArgumentException("beyond 64 bits");
        }
        return number.longValueExact();
    }

    /** Home Assistant takes text for a number, too, that stands for an infinity or for none: it stays text. */
    private static double finite(JsonValue value) {
        if (!(value instanceof JsonNumber number)) {
            throw new IllegalArgumentException("not a finite number");
        }
        return number.doubleValue();
    }

    private static JsonNumber number(double value) {
        return value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE
                ? JsonNumber.of((long) value)
                : JsonNumber.of(value);
    }

    private static JsonNumber seconds(Duration duration) {
        if (duration.getNano() != 0) {
            throw new IllegalArgumentException("takes whole seconds, not " + duration);
        }
        return JsonNumber.of(duration.getSeconds());
    }

    private static Qos qos(JsonValue value) {
        Qos qos = Qos.ofLevelOrNull(integer(value));
        if (qos == null) {
            throw new IllegalArgumentException("there is no QoS " + value);
        }
        return qos;
    }

    private static Precision precision(JsonValue value) {
        return Arrays.stream(Precision.values())
                .filter(precision ->
                        value instanceof JsonNumber number && precision.step().compareTo(number.decimal()) == 0)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Precision has no " + value));
    }

    private static JsonValue orNull(Optional<String> text) {
        return text.<JsonValue>map(JsonString::new).orElse(JsonNull.NULL);
    }

    private static EntityName name(JsonValue value) {
        return value == JsonNull.NULL ? EntityName.ofDevice() : EntityName.of(text(value));
    }

    private static CommandPayload command(JsonValue value) {
        return value == JsonNull.NULL ? CommandPayload.none() : CommandPayload.of(text(value));
    }

    private static JsonValue connection(Connection connection) {
        return JsonArray.of(new JsonString(connection.type()), new JsonString(connection.address()));
    }

    private static Connection connection(JsonValue value) {
        List<JsonValue> pair = ((JsonArray) value).values();
        return new Connection(text(pair.get(0)), text(pair.get(1)));
    }
}
