package io.alicia.mqtt.access;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a rule was written: a file and a line in it. Immutable. */
public final class RuleSource {

    private final String file;
    private final int line;
    private final int column;

    private RuleSource(String file, int line, int column) {
        this.file = file;
        this.line = line;
        this.column = column;
    }

    /**
     * The place {@code line} of {@code file}.
     *
     * @param line counted from 1
     */
    public static RuleSource of(String file, int line) {
        if (line < 1) {
            throw new IllegalArgumentException("lines are counted from 1, not " + line);
        }
        return new RuleSource(Objects.requireNonNull(file), line, 0);
    }

    static RuleSource of(String file, Place place) {
        return new RuleSource(file, place.line(), place.column());
    }

    /** The file as the reader was given it. */
    public String file() {
        return file;
    }

    /** The line, counted from 1. */
    public int line() {
        return line;
    }

    /** The column, counted from 1, of a rule in JSON, which may have many in one line; 0 where the line has one rule. */
    public int column() {
        return column;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RuleSource that && line == that.line && column == that.column && file.equals(that.file);
    }

    @Override
    public int hashCode() {
        return 31 * file.hashCode() + line;
    }

    /** {@code /etc/mosquitto/house.acl:12}: the file as the reader was given it, as others may have the same name, and the line. */
    @Override
    public String toString() {
        return Words.shown(file) + ":" + line;
    }
}
