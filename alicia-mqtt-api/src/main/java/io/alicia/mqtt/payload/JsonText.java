package io.alicia.mqtt.payload;

import java.util.Map;

/** Writes JSON text (RFC 8259): compact, members in their order, non-ASCII characters as they are. */
final class JsonText {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out = new StringBuilder(128);

    private JsonText() {}

    static String of(JsonValue value) {
        JsonText text = new JsonText();
        text.append(value);
        return text.out.toString();
    }

    private void append(JsonValue value) {
        if (value instanceof JsonObject object) {
            append(object);
        } else if (value instanceof JsonArray array) {
            append(array);
        } else if (value instanceof JsonString string) {
            appendQuoted(string.value());
        } else {
            out.append(value);
        }
    }

    private void append(JsonObject object) {
        char separator = '{';
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            out.append(separator);
            separator = ',';
            appendQuoted(member.getKey());
            out.append(':');
            append(member.getValue());
        }
        out.append(separator == '{' ? "{}" : "}");
    }

    private void append(JsonArray array) {
        char separator = '[';
        for (JsonValue value : array.values()) {
            out.append(separator);
            separator = ',';
            append(value);
        }
        out.append(separator == '[' ? "[]" : "]");
    }

    private void appendQuoted(String text) {
        out.append('"');
        int written = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            out.append(text, written, i);
            appendEscaped(c);
            written = i + 1;
        }
        out.append(text, written, length).append('"');
    }

    /** A lone surrogate has no UTF-8 form, so it too goes out as an escape and comes back as it was. */
    private void appendEscaped(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default ->
                out.append("\\u")
                        .append(HEX[c >> 12])
                        .append(HEX[c >> 8 & 0xF])
                        .append(HEX[c >> 4 & 0xF])
                        .append(HEX[c & 0xF]);
        }
    }
}
