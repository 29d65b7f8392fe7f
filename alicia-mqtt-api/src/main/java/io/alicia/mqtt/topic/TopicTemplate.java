package io.alicia.mqtt.topic;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A family of Topic Names with typed levels, such as {@code alicia/sensors/{deviceId}/{measurement}}: makes a name of
 * values, reads the values of a name, and gives the Topic Filter of the whole family.
 *
 * <pre>{@code
 * record Lamp(String room, int number) {}
 *
 * static final TopicTemplate<String> DOORS = TopicTemplate.of("attic/{room}/door");
 * static final TopicTemplate<Lamp> LAMPS = TopicTemplate.of("attic/{room}/lamps/{number}",
 *         TopicLevel.text(), TopicLevel.of(Integer::valueOf, String::valueOf), Lamp::new, Lamp::room, Lamp::number);
 *
 * LAMPS.name(new Lamp("study", 2));                     // attic/study/lamps/2
 * LAMPS.match(TopicName.of("attic/study/lamps/2"));     // Lamp[room=study, number=2]
 * LAMPS.filter();                                       // attic/+/lamps/+
 * }</pre>
 *
 * <p>Templates are constants; a malformed one is refused where it is made. Immutable and safe to share between threads.
 *
 * @param <T> what a name is read as: {@link NoLevels}, the type of the only level, or a type with a part for each level
 */
public final class TopicTemplate<T> {

    private final TemplateText text;
    private final TopicFilter filter;
    private final List<TopicLevel<?>> levels;
    private final Function<String[], T> read;
    private final Function<T, String[]> write;

    private TopicTemplate(
            String template, List<TopicLevel<?>> levels, Function<String[], T> read, Function<T, String[]> write) {
        this.text = TemplateText.of(template, levels.size());
        this.filter = TopicFilter.of(text.filter());
        this.levels = levels;
        this.read = read;
        this.write = write;
    }

    /**
     * {@return the template of one Topic Name}
     *
     * @param name a Topic Name
     * @throws IllegalArgumentException if it is none
     */
    public static TopicTemplate<NoLevels> fixed(String name) {
        return new TopicTemplate<>(name, List.of(), levels -> NoLevels.NONE, value -> new String[0]);
    }

    /**
     * {@return a template with one level of text}
     *
     * @param template a Topic Name with one level in braces
     * @throws IllegalArgumentException if it is malformed or has not exactly one level in braces
     */
    public static TopicTemplate<String> of(String template) {
        return of(template, TopicLevel.text());
    }

    /**
     * {@return a template with one level}
     *
     * @param <T> the type of the level
     * @param template a Topic Name with one level in braces
     * @param level what the level may be
     * @throws IllegalArgumentException if it is malformed or has not exactly one level in braces
     */
    public static <T> TopicTemplate<T> of(String template, TopicLevel<T> level) {
        return new TopicTemplate<>(
                template, List.of(level), levels -> level.read(levels[0]), value -> new String[] {level.write(value)});
    }

    /**
     * {@return a template with two levels}
     *
     * @param <A> the type of the first level
     * @param <B> the type of the second level
     * @param <T> the type that has both
     * @param template a Topic Name with two levels in braces
     * @param first what the first level may be
     * @param second what the second level may be
     * @param join makes the value of its parts
     * @param firstOf the first part of a value
     * @param secondOf the second part of a value
     * @throws IllegalArgumentException if it is malformed or has not exactly two levels in braces
     */
    public static <A, B, T> TopicTemplate<T> of(
            String template,
            TopicLevel<A> first,
            TopicLevel<B> second,
            BiFunction<A, B, T> join,
            Function<T, A> firstOf,
            Function<T, B> secondOf) {
        return new TopicTemplate<>(
                template,
                List.of(first, second),
                levels -> join.apply(first.read(levels[0]), second.read(levels[1])),
                value -> new String[] {first.write(firstOf.apply(value)), second.write(secondOf.apply(value))});
    }

    /**
     * {@return a template with three levels}
     *
     * @param <A> the type of the first level
     * @param <B> the type of the second level
     * @param <C> the type of the third level
     * @param <T> the type that has all three
     * @param template a Topic Name with three levels in braces
     * @param first what the first level may be
     * @param second what the second level may be
     * @param third what the third level may be
     * @param join makes the value of its parts
     * @param firstOf the first part of a value
     * @param secondOf the second part of a value
     * @param thirdOf the third part of a value
     * @throws IllegalArgumentException if it is malformed or has not exactly three levels in braces
     */
    public static <A, B, C, T> TopicTemplate<T> of(
            String template,
            TopicLevel<A> first,
            TopicLevel<B> second,
            TopicLevel<C> third,
            JoinThree<A, B, C, T> join,
            Function<T, A> firstOf,
            Function<T, B> secondOf,
            Function<T, C> thirdOf) {
        return new TopicTemplate<>(
                template,
                List.of(first, second, third),
                levels -> join.apply(first.read(levels[0]), second.read(levels[1]), third.read(levels[2])),
                value -> new String[] {
                    first.write(firstOf.apply(value)),
                    second.write(secondOf.apply(value)),
                    third.write(thirdOf.apply(value))
                });
    }

    /**
     * Makes a value of three parts.
     *
     * @param <A> the first part
     * @param <B> the second part
     * @param <C> the third part
     * @param <T> the value
     */
    @FunctionalInterface
    public interface JoinThree<A, B, C, T> {

        /**
         * {@return the value}
         *
         * @param first its first part
         * @param second its second part
         * @param third its third part
         */
        T apply(A first, B second, C third);
    }

    /**
     * {@return the Topic Name of a value}
     *
     * @param value the levels
     * @throws IllegalArgumentException if a part cannot stand in its level; the message names template, level and reason
     */
    public TopicName name(T value) {
        String[] parts = write.apply(value);
        String violation = violation(parts);
        if (violation != null) {
            throw new IllegalArgumentException("no Topic Name of " + this + ": " + violation);
        }
        for (int i = 0; i < parts.length; i++) {
            String unsendable = TopicRules.sendingViolation(parts[i]);
            if (unsendable != null) {
                throw new IllegalArgumentException("no Topic Name of " + this + ": {" + text.levelName(i)
                        + "} cannot be " + TopicRules.quoted(parts[i]) + ": " + unsendable);
            }
        }
        String name = text.expand(parts);
        String whole = TopicRules.violation(name);
        if (whole != null) {
            int longest = longest(parts);
            throw new IllegalArgumentException("no Topic Name of " + this + ": {" + text.levelName(longest)
                    + "} cannot be " + TopicRules.quoted(parts[longest]) + ": of the whole name " + whole);
        }
        return TopicName.of(name);
    }

    /** The level to blame where each may be and all together may not. */
    private static int longest(String[] parts) {
        int longest = 0;
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].length() > parts[longest].length()) {
                longest = i;
            }
        }
        return longest;
    }

    /**
     * {@return the value of a Topic Name, or empty if the name is none of this template's}
     *
     * @param name any Topic Name; none makes this throw
     */
    public Optional<T> match(TopicName name) {
        String[] parts = text.split(name.value());
        if (parts == null || violation(parts) != null) {
            return Optional.empty();
        }
        try {
            return Optional.of(read.apply(parts));
        } catch (RuntimeException e) {
            return Optional.empty(); // misreading and parse tell why
        }
    }

    /**
     * {@return why a Topic Name that looks like one of this template has no value: a level of a type of your own, or the
     * function that makes the value, refused it; empty if it has one, or is a name of another family}
     *
     * @param name any Topic Name; none makes this throw
     */
    public Optional<String> misreading(TopicName name) {
        String[] parts = text.split(name.value());
        if (parts == null) {
            return Optional.empty();
        }
        String violation = violation(parts);
        if (violation == null) {
            return Optional.ofNullable(unmade(parts));
        }
        for (int i = 0; i < parts.length; i++) {
            if (levels.get(i).violation(parts[i]) != null && !levels.get(i).isMisread(parts[i])) {
                return Optional.empty();
            }
        }
        boolean hidden = text.startsWithLevel() && parts[0].startsWith("$");
        return hidden ? Optional.empty() : Optional.of(violation);
    }

    /** Why no value can be made of levels that are right one by one, or null. */
    private @Nullable String unmade(String[] parts) {
        try {
            Objects.requireNonNull(read.apply(parts), "the value of " + this);
            return null;
        } catch (RuntimeException e) {
            return TopicRules.reason(e);
        }
    }

    /**
     * {@return the value of a Topic Name}
     *
     * @param name a Topic Name of this template
     * @throws IllegalArgumentException if it is none; the message names the level and the reason
     */
    public T parse(TopicName name) {
        String[] parts = text.split(name.value());
        String violation = parts == null ? "it does not match " + filter : violation(parts);
        if (parts == null || violation != null) {
            throw new IllegalArgumentException(none(name, violation));
        }
        try {
            return read.apply(parts);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(none(name, TopicRules.reason(e)), e);
        }
    }

    private String none(TopicName name, @Nullable String reason) {
        return TopicRules.quoted(name.value()) + " is no Topic Name of " + this + ": " + reason;
    }

    /**
     * {@return the filter that matches every name of this template}
     *
     * <p>It may match more, such as {@code alicia/sensors/+/+} for measurements also matches the availability in {@code
     * alicia/sensors/hall/status}; {@link #match} tells them apart.
     */
    public TopicFilter filter() {
        return filter;
    }

    private @Nullable String violation(String[] parts) {
        for (int i = 0; i < parts.length; i++) {
            String violation = levels.get(i).violation(parts[i]);
            if (violation == null && text.startsWithLevel() && i == 0 && parts[0].startsWith("$")) {
                violation = "it begins with '$' and would be hidden from " + filter + " [MQTT-4.7.2-1]";
            }
            if (violation != null) {
                return "{" + text.levelName(i) + "} cannot be " + TopicRules.quoted(parts[i]) + ": " + violation;
            }
        }
        return null;
    }

    /** {@return the template as it was written} */
    @Override
    public String toString() {
        return text.toString();
    }
}
