package io.alicia.mqtt.topic;

import org.jspecify.annotations.Nullable;

/** The rules that Topic Names and Topic Filters share: length, characters, levels (MQTT 5 §1.5.4, §4.7). */
final class TopicRules {

    /** The largest UTF-8 Encoded String, in bytes (MQTT 5 §1.5.4). */
    static final int MAX_UTF8_BYTES = 65_535;

    private static final int DELETE = 0x7F;
    private static final int NO_BREAK_SPACE = 0xA0;

    private TopicRules() {}

    /**
     * Why nobody should send {@code value}, or null: servers end the connection for characters that they may refuse.
     */
    static @Nullable String sendingViolation(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= ' ' && c < DELETE) {
                continue;
            }
            int codePoint = value.codePointAt(i);
            if (isControl(codePoint) || isNonCharacter(codePoint)) {
                return String.format(
                        "it contains the %s U+%04X at index %d, for which servers end the connection (MQTT 5 §1.5.4)",
                        isControl(codePoint) ? "control character" : "non-character", codePoint, i);
            }
            i += Character.charCount(codePoint) - 1;
        }
        return null;
    }

    private static boolean isControl(int codePoint) {
        return codePoint < ' ' || (codePoint >= DELETE && codePoint < NO_BREAK_SPACE);
    }

    private static boolean isNonCharacter(int codePoint) {
        return (codePoint >= 0xFDD0 && codePoint <= 0xFDEF) || (codePoint & 0xFFFE) == 0xFFFE;
    }

    /** Why {@code value} cannot be a name or filter whatever its wildcards, or null. */
    static @Nullable String violation(String value) {
        if (value.isEmpty()) {
            return "it is empty, at least one character is required [MQTT-4.7.3-1]";
        }
        int utf8Bytes = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\0') {
                return "it contains the null character U+0000 at index " + i + " [MQTT-4.7.3-2]";
            }
            if (c < 0x80) {
                utf8Bytes++;
            } else if (c < 0x800) {
                utf8Bytes += 2;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                utf8Bytes += 4;
                i++;
            } else if (Character.isSurrogate(c)) {
                return "it contains a lone surrogate at index " + i + " [MQTT-1.5.4-1]";
            } else {
                utf8Bytes += 3;
            }
        }
        return utf8Bytes > MAX_UTF8_BYTES
                ? "it is " + utf8Bytes + " bytes long in UTF-8, at most " + MAX_UTF8_BYTES
                        + " are allowed [MQTT-4.7.3-3]"
                : null;
    }

    /** Why {@code value} cannot be one level of a Topic Name, or null. */
    static @Nullable String levelViolation(String value) {
        if (value.isEmpty()) {
            return "it is empty, at least one character is required";
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '/' || c == '+' || c == '#') {
                return "it contains '" + c + "' at index " + i + ", one level was expected";
            }
        }
        return violation(value);
    }

    static IllegalArgumentException refusal(String what, String value, String why) {
        return new IllegalArgumentException("not a " + what + ": " + quoted(value) + ": " + why);
    }

    /** What an exception of others says, for a message. */
    static String reason(RuntimeException e) {
        return e.getMessage() != null ? e.getMessage() : e.toString();
    }

    /** The value for a message: in quotes, cut where it is long. */
    static String quoted(String value) {
        String shown = value.length() > 120 ? value.substring(0, 120) + "… (" + value.length() + " characters)" : value;
        StringBuilder quoted = new StringBuilder("\"");
        shown.codePoints().forEach(codePoint -> {
            if (isControl(codePoint) || isNonCharacter(codePoint)) {
                for (char unit : Character.toChars(codePoint)) {
                    quoted.append(String.format("\\u%04x", (int) unit));
                }
            } else {
                quoted.appendCodePoint(codePoint);
            }
        });
        return quoted.append('"').toString();
    }
}
