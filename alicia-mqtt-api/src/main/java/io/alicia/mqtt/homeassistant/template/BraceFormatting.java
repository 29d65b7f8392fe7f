package io.alicia.mqtt.homeassistant.template;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's {@code format.format(values)}, for texts and numbers. */
final class BraceFormatting {

    private static final Pattern PART =
            Pattern.compile("\\{\\{|\\}\\}|\\{(?<field>\\w*)(?:!(?<conversion>[rs]))?(?::(?<spec>[^{}]*))?\\}|[{}]");
    private static final Pattern SPEC = Pattern.compile(
            "(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<zero>0)?(?<width>\\d{0,3})(?<grouping>[,_])?"
                    + "(?:\\.(?<precision>\\d{1,2}))?(?<type>[sdxXobfFeEgG%])?",
            Pattern.DOTALL);

    private final Given given;
    private int next;

    private BraceFormatting(Given given) {
        this.given = given;
    }

    static String formatted(String format, Given given) {
        BraceFormatting places = new BraceFormatting(given);
        Matcher part = PART.matcher(format);
        return part.replaceAll(match -> Matcher.quoteReplacement(places.part(part)));
    }

    private String part(Matcher part) {
        if (part.group("field") == null) {
            if (part.group().length() == 2) {
                return part.group().substring(1);
            }
            throw new CannotEvaluateException("the format has a field that is not understood here");
        }
        Object value = value(part.group("field"));
        String conversion = part.group("conversion");
        Object shown = conversion == null
                ? value
                : conversion.equals("r") ? Values.representation(value) : (Object) Values.text(value);
        String spec = part.group("spec");
        return spec == null || spec.isEmpty() ? Values.text(shown) : shown(shown, spec);
    }

    private Object value(String field) {
        if (field.isEmpty()) {
            return given.require(next++, "a value for each of its fields");
        }
        if (Strings.isDigits(field)) {
            return given.require(field.length() > 3 ? Integer.MAX_VALUE : Integer.parseInt(field), "value " + field);
        }
        return given.require(Integer.MAX_VALUE, field);
    }

    private static String shown(Object value, String written) {
        Matcher spec = SPEC.matcher(written);
        if (!spec.matches()) {
            throw unknown(written);
        }
        String type = spec.group("type");
        if (value instanceof String text) {
            return text(text, spec, written);
        }
        if (!Operators.isNumber(value) || (type != null && type.equals("s"))) {
            throw new CannotEvaluateException("the format {:" + written + "} for " + Values.kind(value));
        }
        boolean negative;
        String digits;
        if (value instanceof Double || isDecimal(type)) {
            double number = Operators.decimal(value);
            negative = Math.copySign(1, number) < 0;
            digits = decimal(number, type, spec, written);
        } else {
            BigInteger number = Operators.whole(value).orElseThrow();
            if (spec.group("precision") != null) {
                throw unknown(written);
            }
            negative = number.signum() < 0;
            digits = Digits.whole(type == null ? 'd' : type.charAt(0), number);
        }
        String sign = spec.group("sign");
        return padded(
                negative ? "-" : sign == null || sign.equals("-") ? "" : sign,
                grouped(digits, spec, written),
                spec,
                '>');
    }

    private static boolean isDecimal(@Nullable String type) {
        return type != null && "fFeEgG%".contains(type);
    }

    private static String decimal(double number, @Nullable String type, Matcher spec, String written) {
        String precision = spec.group("precision");
        if (type == null || !isDecimal(type)) {
            // Without a type a precision means something of its own.
            if (type != null || precision != null || Double.isNaN(number) || Double.isInfinite(number)) {
                throw unknown(written);
            }
            return Values.text(Math.abs(number));
        }
        int digits = precision == null ? -1 : Integer.parseInt(precision);
        return type.equals("%")
                ? Digits.decimal('f', number * 100, digits) + "%"
                : Digits.decimal(type.charAt(0), number, digits);
    }

    private static String grouped(String digits, Matcher spec, String written) {
        String grouping = spec.group("grouping");
        if (grouping == null) {
            return digits;
        }
        int whole = 0;
        while (whole < digits.length() && Character.isDigit(digits.charAt(whole))) {
            whole++;
        }
        String type = spec.group("type");
        if (spec.group("zero") != null || (type != null && "xXobeEgG".contains(type))) {
            throw unknown(written);
        }
        StringBuilder grouped = new StringBuilder(digits);
        for (int at = whole - 3; at > 0; at -= 3) {
            grouped.insert(at, grouping);
        }
        return grouped.toString();
    }

    private static String text(String text, Matcher spec, String written) {
        String type = spec.group("type");
        String align = spec.group("align");
        boolean ofNumbers = spec.group("sign") != null || spec.group("grouping") != null || spec.group("zero") != null;
        if ((type != null && !type.equals("s")) || ofNumbers || "=".equals(align)) {
            throw unknown(written);
        }
        String precision = spec.group("precision");
        int most =
                precision == null ? Strings.length(text) : Math.min(Integer.parseInt(precision), Strings.length(text));
        return padded("", text.substring(0, text.offsetByCodePoints(0, most)), spec, '<');
    }

    private static String padded(String sign, String text, Matcher spec, char otherwise) {
        String width = spec.group("width");
        int missing = (width.isEmpty() ? 0 : Integer.parseInt(width)) - sign.length() - Strings.length(text);
        boolean zero = spec.group("zero") != null;
        String written = spec.group("align");
        char align = written != null ? written.charAt(0) : zero ? '=' : otherwise;
        String fill = spec.group("fill") != null ? spec.group("fill") : zero ? "0" : " ";
        if (missing <= 0) {
            return sign + text;
        }
        return switch (align) {
            case '<' -> sign + text + fill.repeat(missing);
            case '^' -> fill.repeat(missing / 2) + sign + text + fill.repeat(missing - missing / 2);
            case '=' -> sign + fill.repeat(missing) + text;
            default -> fill.repeat(missing) + sign + text;
        };
    }

    private static CannotEvaluateException unknown(String written) {
        return new CannotEvaluateException("the format {:" + written + "} is not known here");
    }
}
