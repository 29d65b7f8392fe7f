package io.alicia.mqtt.access;

import io.alicia.mqtt.topic.TopicFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which rules came close to a topic that none of them decided on: what a reader would look at first. */
final class NearestRules {

    private static final int MOST = 3;
    private static final int MATCHES = 1_000;

    private record Candidate(AccessRule rule, int closeness) {}

    private NearestRules() {}

    static List<AccessRule> of(Access access, String topic, AccessRule[] rules, TopicFilter[] filters) {
        List<Candidate> candidates = new ArrayList<>();
        String[] levels = topic.split("/", -1);
        for (int i = 0; i < rules.length; i++) {
            if (rules[i].permission() != AccessRule.Permission.DENY) {
                int closeness = closeness(filters[i], topic, levels);
                if (closeness > 0) {
                    candidates.add(new Candidate(rules[i], 2 * closeness + (rules[i].grants(access) ? 1 : 0)));
                }
            }
        }
        candidates.sort(Comparator.comparingInt(Candidate::closeness).reversed());
        return candidates.stream().limit(MOST).map(Candidate::rule).toList();
    }

    /**
     * Of the rules that speak of {@code access} those that did not decide, the ones that say the opposite first.
     *
     * @param deciding the first of them, which decided; null if none did
     */
    static List<AccessRule> losing(Access access, List<AccessRule> speaking, @Nullable AccessRule deciding) {
        boolean granted = deciding != null && deciding.grants(access);
        return speaking.stream()
                .skip(deciding == null ? 0 : 1)
                .sorted(Comparator.comparing(rule -> rule.grants(access) == granted))
                .limit(MOST)
                .toList();
    }

    /** How many leading levels agree, where a level that is spelled out counts more than a wildcard. */
    private static int closeness(TopicFilter filter, String topic, String[] levels) {
        if (filter.matches(topic)) {
            return MATCHES;
        }
        int closeness = 0;
        List<String> wanted = filter.levels();
        for (int i = 0; i < Math.min(wanted.size(), levels.length); i++) {
            String level = wanted.get(i);
            if (level.equals(levels[i])) {
                closeness += 2;
            } else if (i > 0 && (level.equals("+") || level.equals("#"))) {
                closeness += 1;
            } else {
                break;
            }
        }
        return closeness;
    }
}
