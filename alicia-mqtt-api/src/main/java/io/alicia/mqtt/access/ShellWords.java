package io.alicia.mqtt.access;

/** Names as a shell takes them for one word. */
final class ShellWords {

    private ShellWords() {}

    static String of(String name) {
        String shown = Words.shown(name);
        return shown.matches("[A-Za-z0-9_./@%+=:,-]+") && !shown.startsWith("-")
                ? shown
                : "'" + shown.replace("'", "'\\''") + "'";
    }
}
