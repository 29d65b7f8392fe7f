package io.alicia.mqtt.broker.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The values that a part of a configuration sets, each with the line that set it; what isn't set has the option's
 * default. Immutable.
 */
public final class Settings {

    /**
     * A value and where it stands.
     *
     * @param value a Boolean, Integer, String or List, as the option's rule gives it
     * @param at its line
     */
    record Entry(Object value, Location at) {}

    private final Map<String, Entry> entries;

    Settings(Map<String, Entry> entries) {
        this.entries = Map.copyOf(entries);
    }

    /**
     * {@return whether the file sets an option}
     *
     * @param name its name in the manual
     */
    public boolean isSet(String name) {
        return entries.containsKey(Options.require(name).name());
    }

    /**
     * {@return the line that sets an option, or null}
     *
     * @param name its name in the manual
     */
    public @Nullable Location at(String name) {
        Entry entry = entries.get(Options.require(name).name());
        return entry == null ? null : entry.at();
    }

    /**
     * {@return whether a {@code true}/{@code false} option is on}
     *
     * @param name its name in the manual
     */
    public boolean flag(String name) {
        Entry entry = entries.get(name);
        return entry != null ? (Boolean) entry.value() : Boolean.parseBoolean(defaultOf(name));
    }

    /**
     * {@return a number}
     *
     * @param name its name in the manual; the option has a default
     */
    public int whole(String name) {
        return wholeIfAny(name).orElseThrow(() -> new IllegalArgumentException(name + " has no default"));
    }

    /**
     * {@return a number, empty if neither the file nor Mosquitto gives one}
     *
     * @param name its name in the manual
     */
    public OptionalInt wholeIfAny(String name) {
        Entry entry = entries.get(name);
        if (entry != null) {
            return OptionalInt.of((Integer) entry.value());
        }
        String defaultValue = defaultOf(name);
        return defaultValue.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(defaultValue));
    }

    /**
     * {@return a text, empty if neither the file nor Mosquitto gives one}
     *
     * @param name its name in the manual
     */
    public Optional<String> text(String name) {
        Entry entry = entries.get(name);
        String text = entry != null ? (String) entry.value() : defaultOf(name);
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /**
     * {@return all values of an option that may stand several times, in order}
     *
     * @param name its name in the manual
     */
    public List<String> texts(String name) {
        Entry entry = entries.get(name);
        return entry == null ? List.of() : Texts.of(entry.value());
    }

    /** {@return the value of an option that is set, or null} */
    @Nullable
    Object value(String name) {
        Entry entry = entries.get(name);
        return entry == null ? null : entry.value();
    }

    /** {@return the names of the options that the file sets} */
    public Iterable<String> names() {
        return entries.keySet();
    }

    private static String defaultOf(String name) {
        return Options.require(name).defaultValue();
    }

    /** The values of an option that repeats. */
    record Texts(List<String> values) {

        static List<String> of(Object value) {
            return ((Texts) value).values();
        }
    }
}
