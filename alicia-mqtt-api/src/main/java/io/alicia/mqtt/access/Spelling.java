package io.alicia.mqtt.access;

/** Whether one name was most likely meant for another. */
final class Spelling {

    private Spelling() {}

    /** Whether they differ in case alone, or by one letter more, less, other or exchanged with its neighbour. */
    static boolean areClose(String left, String right) {
        return !left.equals(right) && (left.equalsIgnoreCase(right) || isOneEditApart(left, right));
    }

    /** Whether {@code name} goes on where {@code part} ends, with another word: {@code sonos_speaker} and {@code sonos}. */
    static boolean isPartOf(String part, String name) {
        return part.length() > 2 && (name.startsWith(part + "_") || name.startsWith(part + "-"));
    }

    private static boolean isOneEditApart(String left, String right) {
        int same = 0;
        while (same < Math.min(left.length(), right.length()) && left.charAt(same) == right.charAt(same)) {
            same++;
        }
        String l = left.substring(same);
        String r = right.substring(same);
        boolean exchanged = l.length() > 1
                && l.length() == r.length()
                && l.charAt(0) == r.charAt(1)
                && l.charAt(1) == r.charAt(0)
                && l.substring(2).equals(r.substring(2));
        return left.length() > 2
                && (exchanged
                        || (l.length() == r.length() + 1 && l.substring(1).equals(r))
                        || (r.length() == l.length() + 1 && r.substring(1).equals(l))
                        || (!l.isEmpty()
                                && l.length() == r.length()
                                && l.substring(1).equals(r.substring(1))));
    }
}
