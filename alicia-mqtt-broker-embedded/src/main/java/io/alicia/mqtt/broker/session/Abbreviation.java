package io.alicia.mqtt.broker.session;

/** Names in log lines: clients choose them, and they may have 65,535 bytes. */
final class Abbreviation {

    private static final int LONGEST = 200;

    private Abbreviation() {}

    /** {@return the text, or its beginning and how long it is} */
    static String of(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end) + "… (" + text.length() + " characters)";
    }
}
