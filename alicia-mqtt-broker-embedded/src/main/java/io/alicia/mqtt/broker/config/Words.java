package io.alicia.mqtt.broker.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One line, taken apart word by word. Words are parted by spaces only: a tab belongs to a word, as it does in
 * Mosquitto.
 *
 * <p>The line holds one char per byte of the file, so that malformed UTF-8 is still there to be refused.
 */
final class Words {

    private final String line;
    private int position;

    Words(String line) {
        this.line = line;
    }

    /** {@return the next word, or null at the end of the line} */
    @Nullable
    String next() {
        while (position < line.length() && line.charAt(position) == ' ') {
            position++;
        }
        if (position == line.length()) {
            return null;
        }
        int end = line.indexOf(' ', position);
        String word = line.substring(position, end < 0 ? line.length() : end);
        position = end < 0 ? line.length() : end + 1;
        return decode(word);
    }

    /** {@return all that is left, as it stands, or null if nothing is} */
    @Nullable
    String rest() {
        if (position == line.length()) {
            return null;
        }
        String rest = line.substring(position);
        position = line.length();
        return rest;
    }

    /** {@return what is left up to a quotation mark, which is passed, or null if there is none} */
    @Nullable
    String restAfterQuote() {
        int quote = line.indexOf('"', position);
        if (quote < 0) {
            return null;
        }
        String rest = line.substring(position, quote);
        position = quote + 1;
        return decode(rest);
    }

    /** {@return whether more than blanks and a comment is left} */
    boolean hasMore() {
        String rest = line.substring(position).trim();
        return !rest.isEmpty() && rest.charAt(0) != '#';
    }

    /** {@return bytes as characters, malformed ones replaced} */
    static String decode(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** {@return bytes as the characters of an MQTT UTF-8 string (MQTT 5 §1.5.4), or null if they are none} */
    static @Nullable String decodeOrNull(String bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
        return text.codePoints().anyMatch(Words::isForbidden) ? null : text;
    }

    private static boolean isForbidden(int codePoint) {
        return codePoint <= 0x1F
                || (codePoint >= 0x7F && codePoint <= 0x9F)
                || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF)
                || (codePoint & 0xFFFE) == 0xFFFE;
    }
}
