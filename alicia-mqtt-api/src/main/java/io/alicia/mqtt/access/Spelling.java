package io.alicia.mqtt.access;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Whether one name was most likely meant for another. */
final class Spelling {

    private static final int SHORTEST = 3;
    private static final int LONG = 10;
    private static final int NEVER = Integer.MAX_VALUE / 1_000;

    private Spelling() {}

    /** Whether they differ in case alone, or by one letter more, less, other or exchanged with its neighbour. */
    static boolean areClose(String left, String right) {
        return !left.equals(right) && (left.equalsIgnoreCase(right) || isOneEditApart(left, right));
    }

    /** Whether {@code name} goes on where {@code part} ends, with another word: {@code sonos_speaker} and {@code sonos}. */
    static boolean isPartOf(String part, String name) {
        return part.length() > 2 && (name.startsWith(part + "_") || name.startsWith(part + "-"));
    }

    /**
     * The one of {@code known} that was most likely meant by {@code word}: one slip away, of a long word two; a difference
     * in case counts less than any.
     */
    static Optional<String> nearest(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> slips(word, candidate) < NEVER)
                .min(Comparator.comparingInt(candidate -> slips(word, candidate)));
    }

    /**
     * How unlike {@code word} is to {@code known}: 0 if it is the same, 1 if its case is another, 2 more for each letter
     * more, less, other or exchanged with its neighbour; {@link #isNever} if it is another word.
     */
    static int slips(String word, String known) {
        if (word.equals(known)) {
            return 0;
        }
        String small = word.toLowerCase(Locale.ROOT);
        String knownSmall = known.toLowerCase(Locale.ROOT);
        int otherCase = word.equals(small) ? 0 : 1;
        if (small.equals(knownSmall)) {
            return 1;
        }
        int most = known.length() < SHORTEST + 1 ? 0 : known.length() < LONG ? 1 : 2;
        if (Math.abs(word.length() - known.length()) > most) {
            return NEVER;
        }
        int distance = distance(small, knownSmall);
        return distance <= most ? otherCase + 2 * distance : NEVER;
    }

    static boolean isNever(int slips) {
        return slips >= NEVER;
    }

    /** Without a table, as it is asked for each pair of names of two long lists. */
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

    /** By how many letters more, less, other or exchanged with their neighbours they differ. */
    private static int distance(String left, String right) {
        if (Math.abs(left.length() - right.length()) > 2) {
            return NEVER;
        }
        int[][] cost = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            cost[i][0] = i;
        }
        for (int j = 0; j <= right.length(); j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            for (int j = 1; j <= right.length(); j++) {
                boolean same = left.charAt(i - 1) == right.charAt(j - 1);
                cost[i][j] =
                        Math.min(Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1), cost[i - 1][j - 1] + (same ? 0 : 1));
                boolean exchanged = i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1);
                if (exchanged) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[left.length()][right.length()];
    }
}
