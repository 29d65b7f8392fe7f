package io.alicia.mqtt.access;

import io.alicia.mqtt.topic.TopicFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one client in the order in which Mosquitto asks them: the account's denies, its grants, then, unless
 * the client's names are dangerous, the denies and grants of the patterns. The first that matches and speaks of the
 * access decides.
 */
final class ClientRules {

    static final int BOTH = Access.PUBLISH.bit() | Access.RECEIVE.bit();

    private final AccessRule[] rules;
    private final TopicFilter[] filters;
    private final int[] ruleBits;
    private final boolean dangerousName;
    private final int defaultBits;

    /** The filters' levels, once they are asked for; whoever makes them at the same time makes the same. */
    private @Nullable List<List<String>> levels;

    private ClientRules(List<AccessRule> rules, List<TopicFilter> filters, boolean dangerousName, int defaultBits) {
        this.rules = rules.toArray(new AccessRule[0]);
        this.filters = filters.toArray(new TopicFilter[0]);
        this.ruleBits = rules.stream().mapToInt(AccessRule::bits).toArray();
        this.dangerousName = dangerousName;
        this.defaultBits = defaultBits;
    }

    /** The rules of a client's roles, already in the order in which they are asked, and what is granted where none matches. */
    static ClientRules ofRoles(
            List<AccessRule> rules, @Nullable String account, String clientIdentifier, int defaultBits) {
        List<AccessRule> asked = new ArrayList<>(rules.size());
        List<TopicFilter> filters = new ArrayList<>(rules.size());
        for (AccessRule rule : rules) {
            TopicFilter filter =
                    (rule.bits() & BOTH) == 0 ? null : RolePlaceholders.matcherOrNull(rule, account, clientIdentifier);
            if (filter != null) {
                asked.add(rule);
                filters.add(filter);
            }
        }
        return new ClientRules(asked, filters, false, defaultBits);
    }

    /** What is granted where no rule matches and the topic is nothing special. */
    int defaultBits() {
        return defaultBits;
    }

    /** What is granted where no rule matches; the topics that control the broker always need a rule. */
    int defaultBits(String topicName) {
        return topicName.startsWith("$CONTROL") ? 0 : defaultBits;
    }

    static ClientRules of(
            List<AccessRule> own, List<AccessRule> patterns, @Nullable String account, String clientIdentifier) {
        List<AccessRule> rules = new ArrayList<>(own.size() + patterns.size());
        List<TopicFilter> filters = new ArrayList<>(own.size() + patterns.size());
        addInOrder(own, null, "", rules, filters);
        boolean dangerous =
                !patterns.isEmpty() && (isDangerous(clientIdentifier) || (account != null && isDangerous(account)));
        if (!dangerous) {
            addInOrder(patterns, account, clientIdentifier, rules, filters);
        }
        return new ClientRules(rules, filters, dangerous, 0);
    }

    private static void addInOrder(
            List<AccessRule> from,
            @Nullable String account,
            String clientIdentifier,
            List<AccessRule> rules,
            List<TopicFilter> filters) {
        // Mosquitto puts each deny in front of the list, so of two that match, the later one decides.
        for (int i = from.size() - 1; i >= 0; i--) {
            if (from.get(i).permission() == AccessRule.Permission.DENY) {
                add(from.get(i), account, clientIdentifier, rules, filters);
            }
        }
        for (AccessRule rule : from) {
            if (rule.permission() != AccessRule.Permission.DENY) {
                add(rule, account, clientIdentifier, rules, filters);
            }
        }
    }

    private static void add(
            AccessRule rule,
            @Nullable String account,
            String clientIdentifier,
            List<AccessRule> rules,
            List<TopicFilter> filters) {
        TopicFilter filter = rule.kind() == AccessRule.Kind.TOPIC
                ? rule.compiled()
                : substituted(rule.filter(), account, clientIdentifier);
        if (filter != null) {
            rules.add(rule);
            filters.add(filter);
        }
    }

    private static @Nullable TopicFilter substituted(
            String pattern, @Nullable String account, String clientIdentifier) {
        if (account == null && pattern.contains("%u")) {
            return null;
        }
        StringBuilder filter = new StringBuilder(pattern.length() + 32);
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            char next = c == '%' && i + 1 < pattern.length() ? pattern.charAt(i + 1) : 0;
            if (next == 'c') {
                filter.append(clientIdentifier);
                i++;
            } else if (next == 'u') {
                filter.append(account);
                i++;
            } else {
                filter.append(c);
            }
        }
        return AccessRule.matcherOf(filter.toString());
    }

    private static boolean isDangerous(String name) {
        return name.indexOf('+') >= 0 || name.indexOf('#') >= 0;
    }

    boolean dangerousName() {
        return dangerousName;
    }

    /** The accesses to {@code topicName} that are granted, as bits of {@link Access#bit()}. */
    int grantedBits(String topicName) {
        int granted = 0;
        int undecided = BOTH & ~ReservedTopics.deniedBits(topicName);
        for (int i = 0; i < rules.length && undecided != 0; i++) {
            int bits = ruleBits[i];
            if ((bits & undecided) != 0 && filters[i].matches(topicName)) {
                if (rules[i].permission() != AccessRule.Permission.DENY) {
                    granted |= bits & undecided;
                }
                undecided &= ~bits;
            }
        }
        return granted | (undecided & defaultBits(topicName));
    }

    /** The rule that decides on {@code access}, or null if none does. */
    @Nullable
    AccessRule deciding(Access access, String topicName) {
        int index = decidingIndex(access, topicName);
        return index < 0 ? null : rules[index];
    }

    private int decidingIndex(Access access, String topicName) {
        for (int i = 0; i < rules.length; i++) {
            if ((ruleBits[i] & access.bit()) != 0 && filters[i].matches(topicName)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a message exists that the client could receive through {@code subscription}. */
    boolean canReceiveThrough(TopicFilter subscription) {
        String wanted = subscription.withoutShare().value();
        return grantWithin(Access.RECEIVE, wanted).isPresent() || grantsByDefault(Access.RECEIVE, wanted);
    }

    /** A topic that a rule grants, or a filter where it grants all of them. */
    record Grant(String topic, AccessRule rule) {}

    /** A topic of {@code topicFilter} that the client has {@code access} to, and the rule that grants it. */
    Optional<Grant> grantWithin(Access access, String topicFilter) {
        List<String> wanted = Filters.levels(topicFilter);
        int mostLevels = Math.max(mostLevels(), wanted.size());
        for (int i = 0; i < rules.length; i++) {
            // A deny that meets a sample meets every name of the sample's kind, so the samples tell for all of them.
            List<String> both = rules[i].grants(access) ? Filters.intersection(wanted, levels().get(i)) : null;
            if (both != null) {
                List<String> samples = Filters.samplesOf(both, mostLevels);
                List<String> granted = samples.stream()
                        .filter(topic -> (grantedBits(topic) & access.bit()) != 0)
                        .toList();
                AccessRule rule = granted.isEmpty() ? null : deciding(access, granted.get(0));
                if (rule != null) {
                    boolean all = granted.size() == samples.size();
                    return Optional.of(new Grant(all ? String.join("/", both) : granted.get(0), rule));
                }
            }
        }
        return Optional.empty();
    }

    /** Of each rule that grants a topic of {@code topicFilter} what it grants, in the order in which they are asked. */
    List<Grant> grantsWithin(Access access, String topicFilter) {
        List<String> wanted = Filters.levels(topicFilter);
        int mostLevels = Math.max(mostLevels(), wanted.size());
        List<Grant> grants = new ArrayList<>();
        for (int i = 0; i < rules.length; i++) {
            int rule = i;
            List<String> both = rules[i].grants(access) ? Filters.intersection(wanted, levels().get(i)) : null;
            if (both != null) {
                List<String> samples = Filters.samplesOf(both, mostLevels);
                List<String> granted = samples.stream()
                        .filter(topic -> (grantedBits(topic) & access.bit()) != 0)
                        .toList();
                granted.stream()
                        .filter(topic -> decidingIndex(access, topic) == rule)
                        .findFirst()
                        .ifPresent(topic -> grants.add(new Grant(
                                granted.size() == samples.size() ? String.join("/", both) : topic, rules[rule])));
            }
        }
        return grants;
    }

    /** Whether a topic of {@code topicFilter} is granted without any rule. */
    boolean grantsByDefault(Access access, String topicFilter) {
        return defaultBits != 0
                && Filters.samplesOf(Filters.levels(topicFilter), mostLevels()).stream()
                        .anyMatch(topic -> (grantedBits(topic) & access.bit()) != 0);
    }

    private List<List<String>> levels() {
        List<List<String>> known = levels;
        if (known == null) {
            known = Arrays.stream(filters)
                    .map(filter -> Filters.levels(filter.value()))
                    .toList();
            levels = known;
        }
        return known;
    }

    int mostLevels() {
        int most = 1;
        for (List<String> filter : levels()) {
            most = Math.max(most, filter.size());
        }
        return most;
    }

    /** The rules in the order in which they are asked, with their filters substituted. */
    List<AccessRule> inOrder() {
        List<AccessRule> inOrder = new ArrayList<>(rules.length);
        for (int i = 0; i < rules.length; i++) {
            inOrder.add(AccessRule.topic(rules[i].permission(), filters[i].value()));
        }
        return inOrder;
    }

    /** The rules as they were written, in the order in which they are asked. */
    List<AccessRule> asked() {
        return List.of(rules);
    }

    /** The filters of the rules that are {@code wanted}, substituted, as levels. */
    Set<List<String>> filterLevels(Predicate<AccessRule> wanted) {
        Set<List<String>> levels = new LinkedHashSet<>();
        for (int i = 0; i < rules.length; i++) {
            if (wanted.test(rules[i])) {
                levels.add(levels().get(i));
            }
        }
        return levels;
    }

    /** Those of these rules alone whose filter, substituted, is in {@code wanted} or, within {@code within}, overlaps it. */
    ClientRules meeting(Set<List<String>> wanted, @Nullable Collection<List<String>> within) {
        List<AccessRule> keptRules = new ArrayList<>();
        List<TopicFilter> keptFilters = new ArrayList<>();
        for (int i = 0; i < rules.length; i++) {
            List<String> levels = levels().get(i);
            boolean asked = within == null
                    ? wanted.contains(levels)
                    : within.stream().anyMatch(filter -> Filters.overlap(filter, levels));
            if (asked) {
                keptRules.add(rules[i]);
                keptFilters.add(filters[i]);
            }
        }
        return new ClientRules(keptRules, keptFilters, dangerousName, defaultBits);
    }

    /**
     * The rules that speak of {@code access} to {@code topicName} but for {@code deciding}, those that say the opposite first.
     *
     * @param deciding null if none decides; then each that grants is one that says the opposite
     */
    List<AccessRule> matching(Access access, String topicName, @Nullable AccessRule deciding) {
        List<AccessRule> matching = new ArrayList<>();
        for (int i = 0; i < rules.length; i++) {
            if ((ruleBits[i] & access.bit()) != 0 && filters[i].matches(topicName)) {
                matching.add(rules[i]);
            }
        }
        return NearestRules.losing(access, matching, deciding);
    }

    List<AccessRule> nearest(Access access, String topic) {
        return NearestRules.of(access, topic, rules, filters);
    }
}
