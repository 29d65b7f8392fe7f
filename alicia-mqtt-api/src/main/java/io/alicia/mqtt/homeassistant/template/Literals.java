package io.alicia.mqtt.homeassistant.template;

import java.math.BigInteger;
import java.util.Locale;

/** Numbers and texts as a template writes them. */
final class Literals {

    private static final int HEXADECIMAL = 16;

    private Literals() {}

    /** A whole number, or one with a fraction or an exponent. */
    static Object number(String written) {
        String digits = written.replace("_", "").toLowerCase(Locale.ROOT);
        if (digits.startsWith("0x")) {
            return new BigInteger(digits.substring(2), HEXADECIMAL);
        }
        if (digits.startsWith("0o")) {
            return new BigInteger(digits.substring(2), 8);
        }
        if (digits.startsWith("0b")) {
            return new BigInteger(digits.substring(2), 2);
        }
        return digits.contains(".") || digits.contains("e") ? (Object) Double.valueOf(digits) : new BigInteger(digits);
    }

    /** What stands between the quotation marks of a token, with Python's escapes resolved. */
    static String text(Token token) throws TemplateSyntaxException {
        String quoted = token.text();
        StringBuilder text = new StringBuilder();
        int end = quoted.length() - 1;
        for (int i = 1; i < end; i++) {
            char c = quoted.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escape = quoted.charAt(++i);
            int digits = escape == 'x' ? 2 : escape == 'u' ? 4 : 0;
            if (digits > 0) {
                text.append(character(quoted.substring(i + 1, Math.min(end, i + 1 + digits)), digits, token));
                i += digits;
            } else {
                text.append(
                        switch (escape) {
                            case 'n' -> "\n";
                            case 't' -> "\t";
                            case 'r' -> "\r";
                            case '\\', '\'', '"' -> String.valueOf(escape);
                            default -> "\\" + escape;
                        });
            }
        }
        return text.toString();
    }

    private static char character(String written, int digits, Token token) throws TemplateSyntaxException {
        if (written.length() < digits || !written.chars().allMatch(c -> Character.digit(c, HEXADECIMAL) >= 0)) {
            throw new TemplateSyntaxException(
                    token.index(),
                    "truncated escape: expected " + digits + " hexadecimal digits, got '" + written + "'");
        }
        return (char) Integer.parseInt(written, HEXADECIMAL);
    }
}
