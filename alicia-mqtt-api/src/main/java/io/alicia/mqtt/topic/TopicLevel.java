package io.alicia.mqtt.topic;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What may stand in one {@code {level}} of a {@link TopicTemplate}, and as which type: a text, a {@link DeviceId}, a
 * constant of an enum, or a type of your own.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param <T> the type that the level is read as
 */
public final class TopicLevel<T> {

    private static final TopicLevel<String> TEXT =
            new TopicLevel<>(TopicRules::levelViolation, Function.identity(), Function.identity(), false);
    private static final TopicLevel<DeviceId> DEVICE_ID =
            new TopicLevel<>(DeviceId::violation, DeviceId::of, DeviceId::value, false);

    private final Function<String, @Nullable String> violation;
    private final Function<String, T> read;
    private final Function<T, String> write;
    private final boolean ofOnesOwn;

    private TopicLevel(
            Function<String, @Nullable String> violation,
            Function<String, T> read,
            Function<T, String> write,
            boolean ofOnesOwn) {
        this.violation = violation;
        this.read = read;
        this.write = write;
        this.ofOnesOwn = ofOnesOwn;
    }

    /** {@return any level that is not empty} */
    public static TopicLevel<String> text() {
        return TEXT;
    }

    /**
     * {@return any level that is not empty and none of these: for a level where a sibling topic has a fixed word}
     *
     * @param taken the words that stand for something else
     */
    public static TopicLevel<String> textExcept(String... taken) {
        List<String> words = List.of(taken);
        return new TopicLevel<>(
                level -> words.contains(level)
                        ? "\"" + level + "\" has a meaning of its own there"
                        : TopicRules.levelViolation(level),
                Function.identity(),
                Function.identity(),
                false);
    }

    /** {@return a device id} */
    public static TopicLevel<DeviceId> deviceId() {
        return DEVICE_ID;
    }

    /**
     * {@return one of an enum's constants, written as its name in lower case}
     *
     * @param <E> the enum
     * @param type the enum
     */
    public static <E extends Enum<E>> TopicLevel<E> oneOf(Class<E> type) {
        Map<String, E> byWord = new HashMap<>();
        Map<E, String> words = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            String word = constant.name().toLowerCase(Locale.ROOT);
            byWord.put(word, constant);
            words.put(constant, word);
        }
        String expected = "it is none of "
                + String.join(
                        ", ",
                        Arrays.stream(type.getEnumConstants()).map(words::get).toList());
        return new TopicLevel<>(
                level -> byWord.containsKey(level) ? null : expected,
                level -> required(byWord.get(level)),
                constant -> required(words.get(constant)),
                false);
    }

    /**
     * {@return a level of your own type}
     *
     * @param <T> the type
     * @param read makes a value of a level; throws {@link IllegalArgumentException} or another {@link RuntimeException},
     *     whose message becomes the reason, if it cannot
     * @param write gives the level of a value; a level that is read but would be written otherwise ({@code 07} for the
     *     number 7) is refused, so that a value has one name
     */
    public static <T> TopicLevel<T> of(Function<String, T> read, Function<T, String> write) {
        return new TopicLevel<>(
                level -> {
                    String violation = TopicRules.levelViolation(level);
                    return violation != null ? violation : refusal(read, write, level);
                },
                read,
                write,
                true);
    }

    private static <V> @Nullable String refusal(Function<String, V> read, Function<V, String> write, String level) {
        try {
            String written = write.apply(read.apply(level));
            return written.equals(level) ? null : "it is written " + TopicRules.quoted(written);
        } catch (RuntimeException e) { // times, for one, are refused with DateTimeException
            return TopicRules.reason(e);
        }
    }

    private static <V> V required(@Nullable V value) {
        if (value == null) {
            throw new IllegalStateException("a level was read or written that was not checked before");
        }
        return value;
    }

    /** Why the level cannot be read, or null. */
    @Nullable
    String violation(String level) {
        return violation.apply(level);
    }

    /** Whether the level has a violation that functions of one's own found in it. */
    boolean isMisread(String level) {
        return ofOnesOwn && TopicRules.levelViolation(level) == null && violation(level) != null;
    }

    /** The value of a level without violation. */
    T read(String level) {
        return read.apply(level);
    }

    /** The level of a value; it may have a violation where the type is wider than the level. */
    String write(T value) {
        return write.apply(value);
    }
}
