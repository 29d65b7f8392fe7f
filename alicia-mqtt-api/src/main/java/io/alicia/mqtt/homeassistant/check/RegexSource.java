package io.alicia.mqtt.homeassistant.check;

import java.util.function.IntPredicate;
import java.util.regex.PatternSyntaxException;

/** The text of a regular expression, read character by character. */
final class RegexSource {

    /** What is read at the end. */
    static final int END = -1;

    private final String text;
    private int at;

    RegexSource(String text) {
        this.text = text;
    }

    int index() {
        return at;
    }

    void back(int index) {
        at = index;
    }

    int peek() {
        return at < text.length() ? text.codePointAt(at) : END;
    }

    int next() {
        int c = peek();
        if (c != END) {
            at += Character.charCount(c);
        }
        return c;
    }

    boolean skip(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    /** Up to so many characters of a kind. */
    String take(int most, IntPredicate kind) {
        int begin = at;
        for (int taken = 0; taken < most && peek() != END && kind.test(peek()); taken++) {
            next();
        }
        return text.substring(begin, at);
    }

    /** What stands before a character, which is read as well. */
    String until(char end, String missing) {
        int found = text.indexOf(end, at);
        if (found < 0) {
            throw refused(missing);
        }
        String taken = text.substring(at, found);
        at = found + 1;
        return taken;
    }

    PatternSyntaxException refused(String why) {
        return new PatternSyntaxException(why, text, at);
    }

    /** A number for which Python fails with an {@code OverflowError}. */
    PatternSyntaxException tooMany(String why) {
        return new TooMany(why, text, at);
    }

    /** Refused by Python, too, but with another exception. */
    static final class TooMany extends PatternSyntaxException {

        private static final long serialVersionUID = 1L;

        private TooMany(String why, String text, int at) {
            super(why, text, at);
        }
    }
}
