package io.alicia.mqtt.homeassistant.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Whether a text is a regular expression of Python 3.11 or later.
 *
 * <p>It is rewritten as the Java expression of the same structure, which is then compiled. What only one of the two knows is
 * refused or rewritten here: Java's {@code \p} and {@code (?<name>}, Python's {@code (?P<name>}, a brace that repeats nothing,
 * a bracket within brackets. The result is for this question only, and matches other texts. A lookbehind
 * of varying width, which Python refuses, is taken if Java takes it.
 */
final class PythonRegex {

    private static final String ESCAPES = "AbBdDsSwWZzafnrtvxuU0123456789";
    private static final String ESCAPES_IN_CLASS = "bdDsSwWafnrtvxuU0123456789";
    private static final Pattern REPETITION = Pattern.compile("\\{(\\d*)(,?)(\\d*)}");
    private static final Pattern NAMED_GROUP = Pattern.compile("\\(\\?P<([A-Za-z_]\\w*)>");
    private static final Pattern NAMED_REFERENCE = Pattern.compile("\\(\\?P=([A-Za-z_]\\w*)\\)");
    private static final Pattern FLAGS = Pattern.compile("\\(\\?(?:([aiLmsux]+)\\)|[aiLmsux]*(?:-[imsx]+)?:)");
    private static final Pattern CONDITION = Pattern.compile("\\(\\?\\((\\w+)\\)");
    private static final Pattern COMMENT = Pattern.compile("\\(\\?#[^)]*\\)");

    private final String python;
    private final StringBuilder java = new StringBuilder();
    private int at;

    private PythonRegex(String python) {
        this.python = python;
    }

    /** Throws if it is none; the index is that in the text. */
    static void require(String python) {
        PythonRegex regex = new PythonRegex(python);
        regex.rewrite();
        try {
            Pattern.compile(regex.java.toString());
        } catch (PatternSyntaxException e) {
            throw new PatternSyntaxException(e.getDescription(), python, Math.min(e.getIndex(), python.length()));
        }
    }

    private void rewrite() {
        while (at < python.length()) {
            switch (python.charAt(at)) {
                case '\\' -> escape(ESCAPES);
                case '[' -> characterClass();
                case '{' -> brace();
                case ']', '}' -> literal();
                case '(' -> group();
                default -> java.append(python.charAt(at++));
            }
        }
    }

    private void literal() {
        java.append('\\').append(python.charAt(at++));
    }

    private void escape(String known) {
        if (at + 1 == python.length()) {
            throw refused("nothing follows the backslash");
        }
        char escaped = python.charAt(at + 1);
        boolean plain = escaped > 'z' || !Character.isLetterOrDigit(escaped);
        if (!plain && known.indexOf(escaped) < 0) {
            throw refused("Python has no escape \\" + escaped);
        }
        switch (escaped) {
            case '0', 'v' -> java.append("\\x00");
            case 'Z' -> java.append("\\z");
            case 'b' -> java.append(known.equals(ESCAPES) ? "\\b" : "\\x08");
            case 'U' -> java.append("\\x00");
            default -> java.append('\\').append(escaped);
        }
        at += 2;
        if (escaped == 'U') {
            skip(Pattern.compile("[0-9a-fA-F]{8}"), "eight hexadecimal digits belong behind \\U");
        }
    }

    private void characterClass() {
        java.append('[');
        at++;
        if (at < python.length() && python.charAt(at) == '^') {
            java.append('^');
            at++;
        }
        boolean first = true;
        while (at < python.length() && (first || python.charAt(at) != ']')) {
            switch (python.charAt(at)) {
                case '\\' -> escape(ESCAPES_IN_CLASS);
                case '[', ']', '&' -> literal();
                default -> java.append(python.charAt(at++));
            }
            first = false;
        }
        if (at == python.length()) {
            throw refused("the character class is not closed");
        }
        java.append(']');
        at++;
    }

    private void brace() {
        Matcher repetition = matcher(REPETITION);
        boolean repeats = repetition.lookingAt()
                && !(repetition.group(1).isEmpty() && repetition.group(2).isEmpty());
        if (!repeats) {
            literal();
            return;
        }
        String least = repetition.group(1).isEmpty() ? "0" : repetition.group(1);
        java.append('{')
                .append(least)
                .append(repetition.group(2))
                .append(repetition.group(3))
                .append('}');
        at = repetition.end();
    }

    private void group() {
        if (!python.startsWith("(?", at)) {
            java.append(python.charAt(at++));
        } else if (matcher(NAMED_GROUP).lookingAt()) {
            java.append("(?<").append(javaName(taken(NAMED_GROUP))).append('>');
        } else if (matcher(NAMED_REFERENCE).lookingAt()) {
            java.append("\\k<").append(javaName(taken(NAMED_REFERENCE))).append('>');
        } else if (matcher(COMMENT).lookingAt()) {
            skip(COMMENT, "");
        } else if (matcher(CONDITION).lookingAt()) {
            skip(CONDITION, "");
            java.append("(?:");
        } else if (matcher(FLAGS).lookingAt()) {
            flags();
        } else if (python.startsWith("(?<=", at) || python.startsWith("(?<!", at)) {
            java.append(python, at, at + 4);
            at += 4;
        } else if (at + 2 < python.length() && "=!>".indexOf(python.charAt(at + 2)) >= 0) {
            java.append(python, at, at + 3);
            at += 3;
        } else {
            throw refused("Python has no such group");
        }
    }

    private void flags() {
        Matcher flags = matcher(FLAGS);
        if (flags.lookingAt() && flags.group(1) != null && at > 0) {
            throw refused("flags for the whole expression belong at its start");
        }
        java.append(flags.group(1) == null ? "(?:" : "");
        at = flags.end();
    }

    /** Java knows no underscore in names, and tells names apart by the others. */
    private static String javaName(String name) {
        return "n" + name.replace("_", "0u0");
    }

    private String taken(Pattern pattern) {
        Matcher matcher = matcher(pattern);
        String name = matcher.lookingAt() ? matcher.group(1) : "";
        at = matcher.end();
        return name;
    }

    private void skip(Pattern pattern, String otherwise) {
        Matcher matcher = matcher(pattern);
        if (!matcher.lookingAt()) {
            throw refused(otherwise);
        }
        at = matcher.end();
    }

    private Matcher matcher(Pattern pattern) {
        return pattern.matcher(python).region(at, python.length());
    }

    private PatternSyntaxException refused(String why) {
        return new PatternSyntaxException(why, python, at);
    }
}
