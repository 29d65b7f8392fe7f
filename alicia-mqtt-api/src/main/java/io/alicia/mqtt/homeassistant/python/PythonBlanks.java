package io.alicia.mqtt.homeassistant.python;

/** What Python counts as blank: more characters than Java does. */
public final class PythonBlanks {

    private static final char NEXT_LINE = '\u0085';

    private PythonBlanks() {}

    /**
     * {@return what {@code text.strip()} gives}
     *
     * @param text any
     */
    public static String stripped(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && isBlank(text.charAt(begin))) {
            begin++;
        }
        while (end > begin && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(begin, end);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == NEXT_LINE;
    }
}
