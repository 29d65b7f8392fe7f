package io.alicia.mqtt.access;

import java.util.List;

/**
 * What stands for names that no rule spells out while policies are compared. Each is a character that the specification
 * keeps out of topics (MQTT 5 §1.5.4), so that a {@code %c} that a rule means literally is never taken for one of them.
 */
final class StandIns {

    /** A Client Identifier like any other, of one level. */
    static final String CLIENT = "\uFDD0";

    /** An account like any other, of one level, without a section of its own. */
    static final String ACCOUNT = "\uFDD1";

    private static final char FIRST_LEVEL = '\uFDD2';
    private static final char LAST = '\uFDEF';

    /** How many levels have a stand-in of their own. */
    static final int LEVELS = LAST - FIRST_LEVEL + 1;

    private static final String ANY_LEVEL = "\u2026";

    private StandIns() {}

    /** A level of a name of several. */
    static String level(int number) {
        return String.valueOf((char) (FIRST_LEVEL + number));
    }

    static boolean isStandIn(char c) {
        return c >= CLIENT.charAt(0) && c <= LAST;
    }

    static boolean isIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isStandIn(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    static boolean isIn(List<String> levels) {
        for (String level : levels) {
            if (isIn(level)) {
                return true;
            }
        }
        return false;
    }

    /** The filter with names in the place of {@link #ACCOUNT} and {@link #CLIENT}. */
    static List<String> with(List<String> levels, String account, String client) {
        return isIn(levels)
                ? Filters.levels(
                        String.join("/", levels).replace(ACCOUNT, account).replace(CLIENT, client))
                : levels;
    }

    /** The filter with a wildcard for each level that has a stand-in. */
    static List<String> widened(List<String> levels) {
        return levels.stream().map(level -> isIn(level) ? "+" : level).toList();
    }

    /** For people: {@code client} for a Client Identifier, {@code account} for an account, … for any level. */
    static String shown(String text, String account, String client) {
        if (!isIn(text)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == CLIENT.charAt(0)) {
                shown.append(client);
            } else if (c == ACCOUNT.charAt(0)) {
                shown.append(account);
            } else {
                shown.append(isStandIn(c) ? ANY_LEVEL : String.valueOf(c));
            }
        }
        return shown.toString();
    }
}
