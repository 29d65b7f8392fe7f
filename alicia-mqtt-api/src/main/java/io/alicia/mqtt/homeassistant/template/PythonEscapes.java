package io.alicia.mqtt.homeassistant.template;

import java.util.function.IntPredicate;

/**
 * The escapes in a text of a template, as Jinja resolves them: it writes characters beyond ASCII as escapes of their own
 * first, so that a backslash before one of them escapes that one's backslash.
 */
final class PythonEscapes {

    private static final int HEXADECIMAL = 16;
    private static final int OCTAL = 8;

    private final String text;
    private final int index;
    private final StringBuilder resolved = new StringBuilder();
    private int at;

    /**
     * Takes the inside of a quoted text.
     *
     * @param index where the text is in the template
     */
    PythonEscapes(String text, int index) {
        this.text = ascii(text);
        this.index = index;
    }

    private static String ascii(String text) {
        StringBuilder ascii = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c < 0x80) {
                ascii.append((char) c);
            } else {
                ascii.append(
                        c < 0x100
                                ? "\\x%02x".formatted(c)
                                : c < 0x10000 ? "\\u%04x".formatted(c) : "\\U%08x".formatted(c));
            }
        });
        return ascii.toString();
    }

    String resolved() throws TemplateSyntaxException {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                escape(text.charAt(at++));
            } else {
                resolved.append(c);
            }
        }
        return resolved.toString();
    }

    private void escape(char escape) throws TemplateSyntaxException {
        switch (escape) {
            case '\n' -> {
                // A line that ends in a backslash goes on in the next.
            }
            case '\\', '\'', '"' -> resolved.append(escape);
            case 'a' -> resolved.append((char) 7);
            case 'b' -> resolved.append('\b');
            case 'f' -> resolved.append('\f');
            case 'n' -> resolved.append('\n');
            case 'r' -> resolved.append('\r');
            case 't' -> resolved.append('\t');
            case 'v' -> resolved.append((char) 11);
            case 'x' -> hexadecimal(2);
            case 'u' -> hexadecimal(4);
            case 'U' -> hexadecimal(8);
            case 'N' -> named();
            default -> {
                if (isOctal(escape)) {
                    at--;
                    resolved.appendCodePoint(Integer.parseInt(take(3, PythonEscapes::isOctal), OCTAL));
                } else {
                    resolved.append('\\').append(escape);
                }
            }
        }
    }

    private void hexadecimal(int digits) throws TemplateSyntaxException {
        String written = take(digits, c -> Character.digit(c, HEXADECIMAL) >= 0);
        if (written.length() < digits) {
            throw new TemplateSyntaxException(
                    index, "truncated escape: expected " + digits + " hexadecimal digits, got '" + written + "'");
        }
        long character = Long.parseLong(written, HEXADECIMAL);
        if (character > Character.MAX_CODE_POINT) {
            throw new TemplateSyntaxException(index, "there is no character U+" + written);
        }
        resolved.appendCodePoint((int) character);
    }

    private void named() throws TemplateSyntaxException {
        int end = text.indexOf('}', at);
        if (at == text.length() || text.charAt(at) != '{' || end < 0) {
            throw new TemplateSyntaxException(index, "expected a name in braces behind \\N");
        }
        String name = text.substring(at + 1, end);
        try {
            resolved.appendCodePoint(Character.codePointOf(name));
        } catch (IllegalArgumentException e) {
            throw new TemplateSyntaxException(index, "there is no character of the name " + name);
        }
        at = end + 1;
    }

    private String take(int most, IntPredicate kind) {
        int begin = at;
        while (at < text.length() && at < begin + most && kind.test(text.charAt(at))) {
            at++;
        }
        return text.substring(begin, at);
    }

    private static boolean isOctal(int c) {
        return c >= '0' && c <= '7';
    }
}
