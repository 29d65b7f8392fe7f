package io.alicia.mqtt.access.cli;

/** Names from outside for a terminal: what would steer it is escaped. */
final class Printable {

    private Printable() {}

    static String of(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean steers = Character.isISOControl(c)
                    || c == '\u2028'
                    || c == '\u2029'
                    || Character.getType(c) == Character.FORMAT;
            printable.append(steers ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return printable.toString();
    }
}
