package io.alicia.mqtt.access;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a rule was written: a file and a line in it. Immutable. */
public final class RuleSource {

    private final String file;
    private final int line;

    private RuleSource(String file, int line) {
        this.file = file;
        this.line = line;
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
        return new RuleSource(Objects.requireNonNull(file), line);
    }

    /** The file as the reader was given it. */
    public String file() {
        return file;
    }

    /** The line, counted from 1. */
    public int line() {
        return line;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RuleSource that && line == that.line && file.equals(that.file);
    }

    @Override
    public int hashCode() {
        return 31 * file.hashCode() + line;
    }

    /** {@code house.acl:12}: the file's name without its folders, and the line. */
    @Override
    public String toString() {
        return file.substring(file.lastIndexOf('/') + 1) + ":" + line;
    }
}
