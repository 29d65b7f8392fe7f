package io.alicia.mqtt.homeassistant.entity;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of Python, such as a text entity has one, held against a text from its beginning on. What Java writes
 * otherwise holds against any text: it is for the device to judge. Nor does anybody wait for an expression that goes through
 * its text again and again.
 */
final class PythonPattern {

    private static final int STEPS = 100_000;

    private final Optional<Pattern> pattern;

    private PythonPattern(Optional<Pattern> pattern) {
        this.pattern = pattern;
    }

    static PythonPattern of(String python) {
        try {
            String java = python.replace("(?P<", "(?<").replaceAll("\\(\\?P=(\\w+)\\)", "\\\\k<$1>");
            return new PythonPattern(Optional.of(Pattern.compile(java, Pattern.UNICODE_CHARACTER_CLASS)));
        } catch (PatternSyntaxException e) {
            return new PythonPattern(Optional.empty());
        }
    }

    boolean holds(String text) {
        try {
            return pattern.isEmpty() || pattern.get().matcher(new Watched(text)).lookingAt();
        } catch (TooManyStepsException e) {
            return true;
        }
    }

    private static final class TooManyStepsException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooManyStepsException() {
            super("too many steps", null, false, false);
        }
    }

    /** Counts how often the expression looks at the text. */
    private static final class Watched implements CharSequence {

        private final String text;
        private int steps;

        Watched(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++steps > STEPS) {
                throw new TooManyStepsException();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
