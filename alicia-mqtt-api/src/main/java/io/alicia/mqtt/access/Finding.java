package io.alicia.mqtt.access;

import java.util.List;
import java.util.Locale;

/**
 * Something in an access file that does not do what its author most likely meant; from {@link AccessChecker}.
 *
 * @param severity how bad it is
 * @param kind a stable name for scripts: {@code deny-in-one-section}
 * @param file the file as the checker was given it
 * @param line the line, counted from 1; 0 where the file as a whole is meant
 * @param column the character of the line where it begins, counted from 1: what cannot be read, a filter, a name, or the
 *     object of a JSON document; 0 where the line is meant
 * @param furtherLines the other lines of which the same is to be said
 * @param today what happens today
 * @param meant what was probably meant
 * @param write how to write that
 */
public record Finding(
        Severity severity,
        String kind,
        String file,
        int line,
        int column,
        List<Integer> furtherLines,
        String today,
        String meant,
        String write) {

    /** Copies the lines. */
    public Finding {
        furtherLines = List.copyOf(furtherLines);
    }

    /** How bad a finding is. */
    public enum Severity {
        /** The file cannot be used as a whole, or locks somebody out, or lets in who should not be. */
        ERROR,
        /** Most likely not what was meant. */
        WARNING,
        /** Works, but worth a look. */
        NOTE
    }

    /** {@code house.acl:12: warning: … [kind]} and two more lines: what was meant and how to write it. */
    @Override
    public String toString() {
        String place = line == 0 ? file : file + ":" + line + (column == 0 ? "" : ":" + column);
        return place + ": " + severity.name().toLowerCase(Locale.ROOT) + ": " + today + " [" + kind + "]"
                + "\n    meant: " + meant + "\n    write: " + write;
    }
}
