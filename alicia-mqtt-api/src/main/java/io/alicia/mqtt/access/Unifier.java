package io.alicia.mqtt.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the names with which a pattern meets another filter that it does not meet with a name like any other: {@code
 * dev/%c/#} meets {@code dev/hall/+} for the client {@code hall}, and {@code dev/%c} meets {@code dev/+/lamp} for one like
 * {@code …/lamp}, as a Client Identifier may contain slashes.
 *
 * <p>Of all names that make two filters meet it finds the most general, so that what is decided differently for any of
 * them is decided differently for that one.
 */
final class Unifier {

    /** Longer identifiers are not looked for. */
    private static final int MOST_LEVELS = 10;

    private static final int MOST_SOLUTIONS = 16;

    /** What makes a name begin with a dollar sign, which wildcards pass over. */
    private static final String RESERVED = "$" + StandIns.level(StandIns.LEVELS - 1);

    private final boolean ofAnyAccount;
    private final int mostLevels;
    private final String account;

    /**
     * For the rules of one account.
     *
     * @param account {@link StandIns#ACCOUNT} if its name is looked for, too
     * @param longest the levels of the longest filter
     */
    Unifier(String account, int longest) {
        this.account = account;
        this.ofAnyAccount = account.equals(StandIns.ACCOUNT);
        this.mostLevels = Math.min(MOST_LEVELS, longest + 1);
    }

    /** Names that differ by their number of levels or a leading dollar sign alone, with which {@code filter} may differ. */
    Set<Names> general(List<String> filter) {
        Set<Names> names = new LinkedHashSet<>();
        boolean ofClient = isIn(filter, StandIns.CLIENT);
        boolean ofAccount = isIn(filter, StandIns.ACCOUNT);
        for (int levels = 2; levels <= mostLevels; levels++) {
            if (ofClient) {
                names.add(new Names(account, clientOf(levels)));
            }
            if (ofAccount) {
                names.add(new Names(accountOf(levels), StandIns.CLIENT));
            }
        }
        if (filter.get(0).startsWith(StandIns.CLIENT)) {
            names.add(new Names(account, RESERVED));
        } else if (filter.get(0).startsWith(StandIns.ACCOUNT)) {
            names.add(new Names(RESERVED, StandIns.CLIENT));
        }
        return names;
    }

    /** Names with which both filters match a topic; of more levels than one only where one level never does. */
    Set<Names> meeting(List<String> left, List<String> right) {
        Set<Names> names = new LinkedHashSet<>();
        if (differ(left, right)) {
            return names;
        }
        if (unify(Names.anyClientOf(account), left, right, names)) {
            return names;
        }
        boolean ofClient = isIn(left, StandIns.CLIENT) || isIn(right, StandIns.CLIENT);
        boolean ofAccount = isIn(left, StandIns.ACCOUNT) || isIn(right, StandIns.ACCOUNT);
        for (int levels = 2; levels <= mostLevels; levels++) {
            if (ofClient) {
                unify(new Names(account, clientOf(levels)), left, right, names);
            }
            if (ofAccount) {
                unify(new Names(accountOf(levels), StandIns.CLIENT), left, right, names);
            }
        }
        return names;
    }

    /** Whether they differ before the first name: most do, and that is quickly seen. */
    private static boolean differ(List<String> left, List<String> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            String l = left.get(i);
            String r = right.get(i);
            if (l.equals("#") || r.equals("#") || StandIns.isIn(l) || StandIns.isIn(r)) {
                return false;
            }
            if (!l.equals(r) && !l.equals("+") && !r.equals("+")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIn(List<String> filter, String standIn) {
        return filter.stream().anyMatch(level -> level.contains(standIn));
    }

    private static String clientOf(int levels) {
        return name(0, levels);
    }

    private static String accountOf(int levels) {
        return name(MOST_LEVELS, levels);
    }

    private static String name(int first, int levels) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < levels; i++) {
            name.append(i == 0 ? "" : "/").append(StandIns.level(first + i));
        }
        return name.toString();
    }

    /** Adds what is found to {@code names}, unless they meet with any name; whether anything was found. */
    private boolean unify(Names from, List<String> left, List<String> right, Set<Names> names) {
        List<String> l = StandIns.with(left, from.account(), from.client());
        List<String> r = StandIns.with(right, from.account(), from.client());
        List<Map<Character, String>> solutions = new ArrayList<>();
        solve(l, r, 0, Map.of(), solutions);
        for (String level : Set.copyOf(List.of(l.get(0), r.get(0)))) {
            if (!level.isEmpty() && StandIns.isStandIn(level.charAt(0))) {
                solve(l, r, 0, Map.of(level.charAt(0), RESERVED), solutions);
            }
        }
        Names any = Names.anyClientOf(account);
        for (Map<Character, String> solution : solutions) {
            Names found = new Names(
                    ofAnyAccount ? resolved(from.account(), solution) : account, resolved(from.client(), solution));
            if (!(ofAnyAccount && found.account().isEmpty()) && !found.client().isEmpty() && !found.equals(any)) {
                names.add(found);
            }
        }
        return !solutions.isEmpty();
    }

    private static void solve(
            List<String> left,
            List<String> right,
            int at,
            Map<Character, String> bound,
            List<Map<Character, String>> solutions) {
        if (solutions.size() >= MOST_SOLUTIONS) {
            return;
        }
        boolean leftEnds = at == left.size();
        boolean rightEnds = at == right.size();
        if ((!leftEnds && left.get(at).equals("#"))
                || (!rightEnds && right.get(at).equals("#"))) {
            boolean wildFirst = at == 0
                    && (resolved(left.get(0), bound).startsWith("$")
                            || resolved(right.get(0), bound).startsWith("$"));
            if (!wildFirst) {
                solutions.add(bound);
            }
            return;
        }
        if (leftEnds || rightEnds) {
            if (leftEnds && rightEnds) {
                solutions.add(bound);
            }
            return;
        }
        String l = resolved(left.get(at), bound);
        String r = resolved(right.get(at), bound);
        if (l.equals("+") || r.equals("+")) {
            if (at > 0 || !(l.startsWith("$") || r.startsWith("$"))) {
                solve(left, right, at + 1, bound, solutions);
            }
            return;
        }
        List<Map<Character, String>> equal = new ArrayList<>();
        equate(l, r, bound, equal);
        for (Map<Character, String> with : equal) {
            solve(left, right, at + 1, with, solutions);
        }
    }

    /** What makes both texts the same. */
    private static void equate(
            String left, String right, Map<Character, String> bound, List<Map<Character, String>> solutions) {
        int start = 0;
        int leftEnd = left.length();
        int rightEnd = right.length();
        while (start < Math.min(leftEnd, rightEnd) && left.charAt(start) == right.charAt(start)) {
            start++;
        }
        while (leftEnd > start && rightEnd > start && left.charAt(leftEnd - 1) == right.charAt(rightEnd - 1)) {
            leftEnd--;
            rightEnd--;
        }
        String l = left.substring(start, leftEnd);
        String r = right.substring(start, rightEnd);
        if (l.isEmpty() && r.isEmpty()) {
            solutions.add(bound);
        } else if (isOneStandIn(l) && r.indexOf(l) < 0) {
            solutions.add(with(bound, l.charAt(0), r));
        } else if (isOneStandIn(r) && l.indexOf(r) < 0) {
            solutions.add(with(bound, r.charAt(0), l));
        } else if (!l.isEmpty() && StandIns.isStandIn(l.charAt(0))) {
            guess(l, r, bound, solutions);
        } else if (!r.isEmpty() && StandIns.isStandIn(r.charAt(0))) {
            guess(r, l, bound, solutions);
        }
    }

    private static boolean isOneStandIn(String text) {
        return text.length() == 1 && StandIns.isStandIn(text.charAt(0));
    }

    /** Tries for the stand-in that {@code left} begins with each text that {@code right} begins with. */
    private static void guess(
            String left, String right, Map<Character, String> bound, List<Map<Character, String>> solutions) {
        char standIn = left.charAt(0);
        for (int end = 0; end <= right.length() && solutions.size() < MOST_SOLUTIONS; end++) {
            String value = right.substring(0, end);
            if (value.indexOf(standIn) >= 0) {
                return;
            }
            Map<Character, String> guessed = with(bound, standIn, value);
            equate(resolved(left, guessed), resolved(right, guessed), guessed, solutions);
        }
    }

    private static Map<Character, String> with(Map<Character, String> bound, char standIn, String value) {
        Map<Character, String> with = new HashMap<>(bound);
        with.replaceAll((other, text) -> text.replace(String.valueOf(standIn), value));
        with.put(standIn, value);
        return with;
    }

    private static String resolved(String text, Map<Character, String> bound) {
        if (bound.isEmpty() || !StandIns.isIn(text)) {
            return text;
        }
        StringBuilder resolved = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            resolved.append(bound.getOrDefault(c, String.valueOf(c)));
        }
        return resolved.toString();
    }
}
