package io.alicia.mqtt.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules that two lists have both and ask in the same order: a topic that only such rules match is decided alike, so
 * a comparison may leave them out.
 */
final class SharedRules {

    private SharedRules() {}

    /** Of two ACL files: denies and grants are asked apart, and among themselves their order says nothing. */
    static Set<AccessRule> inAnyOrder(List<AccessRule> then, List<AccessRule> now) {
        Set<AccessRule> shared = new HashSet<>(then);
        shared.retainAll(new HashSet<>(now));
        return shared;
    }

    /** Of roles, whose first rule that matches decides: a longest list that is a part of both. */
    static Set<AccessRule> inOrder(List<AccessRule> then, List<AccessRule> now) {
        Map<AccessRule, Integer> places = new HashMap<>();
        // What stands there again is never reached, so the first place counts.
        then.forEach(rule -> places.putIfAbsent(rule, places.size()));
        List<AccessRule> both = new ArrayList<>(new LinkedHashSet<>(now));
        both.removeIf(rule -> !places.containsKey(rule));

        // The longest rising row of places: lasts[n] is where the best row of n + 1 ends, before[i] what precedes i.
        int[] place = both.stream().mapToInt(places::get).toArray();
        int[] lasts = new int[place.length];
        int[] before = new int[place.length];
        int longest = 0;
        for (int i = 0; i < place.length; i++) {
            int low = 0;
            int high = longest;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (place[lasts[middle]] < place[i]) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            before[i] = low == 0 ? -1 : lasts[low - 1];
            lasts[low] = i;
            longest = Math.max(longest, low + 1);
        }
        Set<AccessRule> shared = new HashSet<>();
        for (int i = longest == 0 ? -1 : lasts[longest - 1]; i >= 0; i = before[i]) {
            shared.add(both.get(i));
        }
        return shared;
    }
}
