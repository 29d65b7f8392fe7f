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
        String inside = quoted.substring(1, quoted.length() - 1);
        return inside.indexOf('\\') < 0 ? inside : new PythonEscapes(inside, token.index()).resolved();
    }
}
