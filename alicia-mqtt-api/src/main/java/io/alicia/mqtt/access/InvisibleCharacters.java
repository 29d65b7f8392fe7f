package io.alicia.mqtt.access;

/** Characters that a reader cannot tell from a blank or from nothing: tabs, no-break spaces, zero-width characters. */
final class InvisibleCharacters {

    private InvisibleCharacters() {}

    private static boolean isInvisible(char c) {
        return Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || (Character.isSpaceChar(c) && c != ' ');
    }

    static boolean in(String text) {
        return text.chars().anyMatch(c -> isInvisible((char) c));
    }

    /** The text with each of them as its code. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            shown.append(isInvisible(c) ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return Words.shown(shown.toString());
    }

    /** The text with a blank for those that part words and without the others. */
    static String without(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSpaceChar(c) || Character.isWhitespace(c)) {
                plain.append(' ');
            } else if (!isInvisible(c)) {
                plain.append(c);
            }
        }
        return plain.toString().strip();
    }
}
