package io.alicia.mqtt.homeassistant.template;

import java.util.ArrayList;
import java.util.List;

/** What Python does with texts and Java's own methods do not do the same way. */
final class Strings {

    private Strings() {}

    /** All parts between the separators, empty ones included. */
    static List<String> split(String text, String separator) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
        }
        parts.add(text.substring(from));
        return parts;
    }

    static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
