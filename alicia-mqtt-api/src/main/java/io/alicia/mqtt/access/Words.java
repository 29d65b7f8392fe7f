package io.alicia.mqtt.access;

import org.jspecify.annotations.Nullable;

/** How names from outside stand in sentences and log lines: control characters escaped, and not endlessly long. */
final class Words {

    private static final int LONGEST = 200;

    private Words() {}

    static String shown(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (shown.length() >= LONGEST) {
                return shown.append("… (")
                        .append(text.length())
                        .append(" characters)")
                        .toString();
            }
            char c = text.charAt(i);
            if (Character.isISOControl(c)
                    || c == '\u2028'
                    || c == '\u2029'
                    || Character.getType(c) == Character.FORMAT) {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }

    static String client(@Nullable String account, String clientIdentifier) {
        String client = clientIdentifier.isEmpty() ? "" : " (client " + shown(clientIdentifier) + ")";
        return (account == null ? "an anonymous client" : shown(account)) + client;
    }
}
