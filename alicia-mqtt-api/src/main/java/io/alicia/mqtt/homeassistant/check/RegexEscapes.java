package io.alicia.mqtt.homeassistant.check;

import java.util.OptionalInt;

/** What stands behind a backslash in a regular expression of Python. */
final class RegexEscapes {

    private static final int HEXADECIMAL = 16;
    private static final int OCTAL = 8;
    private static final int LARGEST_OCTAL = 0377;

    private final RegexSource source;

    RegexEscapes(RegexSource source) {
        this.source = source;
    }

    /**
     * Reads an escape within brackets, behind its backslash.
     *
     * @return the character, or empty if it is one of several
     */
    OptionalInt inClass() {
        int c = escaped();
        if ("dDsSwW".indexOf(c) >= 0) {
            return OptionalInt.empty();
        }
        if (c >= '0' && c <= '7') {
            return OptionalInt.of(octal((char) c + source.take(2, RegexEscapes::isOctal)));
        }
        if (c == 'b') {
            return OptionalInt.of('\b');
        }
        return OptionalInt.of(character(c));
    }

    /** Reads an escape that is one character, anywhere. */
    int character(int escape) {
        return switch (escape) {
            case 'a' -> 7;
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 11;
            case 'x' -> hexadecimal(escape, 2);
            case 'u' -> hexadecimal(escape, 4);
            case 'U' -> hexadecimal(escape, 8);
            case 'N' -> named();
            default -> {
                if (escape < 128 && Character.isLetterOrDigit(escape)) {
                    throw source.refused("Python has no escape \\" + (char) escape);
                }
                yield escape;
            }
        };
    }

    /** What follows the backslash. */
    int escaped() {
        int c = source.next();
        if (c == RegexSource.END) {
            throw source.refused("nothing follows the backslash");
        }
        return c;
    }

    int octal(String digits) {
        int value = Integer.parseInt(digits, OCTAL);
        if (value > LARGEST_OCTAL) {
            throw source.refused("\\" + digits + " is beyond \\377");
        }
        return value;
    }

    static boolean isOctal(int c) {
        return c >= '0' && c <= '7';
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private int hexadecimal(int escape, int digits) {
        String taken = source.take(digits, c -> c < 128 && Character.digit(c, HEXADECIMAL) >= 0);
        if (taken.length() < digits) {
            throw source.refused(digits + " hexadecimal digits belong behind \\" + (char) escape);
        }
        long value = Long.parseLong(taken, HEXADECIMAL);
        if (value > Character.MAX_CODE_POINT) {
            throw source.refused("there is no character U+" + taken);
        }
        return (int) value;
    }

    private int named() {
        if (!source.skip('{')) {
            throw source.refused("a name in braces belongs behind \\N");
        }
        String name = source.until('}', "the name behind \\N is not closed");
        try {
            return Character.codePointOf(name);
        } catch (IllegalArgumentException e) {
            throw source.refused("there is no character of the name " + name);
        }
    }
}
