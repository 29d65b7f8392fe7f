package io.alicia.mqtt.access;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The Client Identifiers that a client would choose to get at topics through patterns with {@code %c}. An identifier may
 * stand for several levels, as it may contain a slash.
 */
final class ClientChoice {

    /** An identifier like any other. */
    static final String ANY = "%c";

    private static final int MOST_LEVELS = 10;

    private ClientChoice() {}

    /** {@link #ANY}, then those that put a part of {@code topicFilter} in the place of {@code %c}. */
    static Set<String> identifiers(String topicFilter, AccessPolicy policy) {
        Set<String> identifiers = new LinkedHashSet<>();
        identifiers.add(ANY);
        Set<Affixes> places = new LinkedHashSet<>();
        for (AccessRule pattern : withPlaceholders(policy)) {
            for (String level : Filters.levels(pattern.filter())) {
                int at = level.indexOf(ANY);
                if (at >= 0) {
                    places.add(new Affixes(level.substring(0, at), level.substring(at + ANY.length())));
                }
            }
        }
        if (!places.isEmpty()) {
            List<String> levels = Filters.levels(topicFilter);
            for (int from = 0; from < Math.min(levels.size(), MOST_LEVELS); from++) {
                for (int to = from + 1; to <= Math.min(levels.size(), from + MOST_LEVELS); to++) {
                    String words = Filters.sample(levels.subList(from, to));
                    places.forEach(affixes -> affixes.addWithin(words, identifiers));
                }
            }
        }
        return identifiers;
    }

    private static List<AccessRule> withPlaceholders(AccessPolicy policy) {
        if (!policy.isOfRoles()) {
            return policy.patterns();
        }
        Stream<AccessRule> ofAccounts = policy.accounts().stream().flatMap(account -> policy.rulesOf(account).stream());
        return Stream.concat(ofAccounts, policy.anonymousRules().stream())
                .filter(AccessRule::hasPlaceholder)
                .distinct()
                .toList();
    }

    /** What stands before and behind {@code %c} in its level. */
    private record Affixes(String before, String behind) {

        void addWithin(String words, Set<String> identifiers) {
            if (words.length() > before.length() + behind.length()
                    && words.startsWith(before)
                    && words.endsWith(behind)) {
                identifiers.add(words.substring(before.length(), words.length() - behind.length()));
            }
        }
    }
}
