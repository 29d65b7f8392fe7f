package io.alicia.mqtt.access;

import io.alicia.mqtt.access.AccessRule.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which subscriptions of an account are accepted under one policy and refused under another. Roles have rules for that;
 * with an ACL file, or without any rules, each is accepted. What controls the broker ({@code $CONTROL}) is left out, as
 * nothing is delivered there without a rule for messages.
 */
final class SubscribeComparison {

    private static final String EXACTLY = "exactly ";

    private final AccessPolicy before;
    private final AccessPolicy after;
    private final @Nullable String account;
    private final List<AccessRule> removed = new ArrayList<>();
    private final List<AccessRule> added = new ArrayList<>();
    private final Set<String> literals = new LinkedHashSet<>();
    private final @Nullable List<List<String>> regions;
    private int mostLevels = 1;

    /**
     * Compares.
     *
     * @param account null for anonymous clients
     */
    SubscribeComparison(AccessPolicy before, AccessPolicy after, @Nullable String account) {
        this.before = before;
        this.after = after;
        this.account = account;
        List<AccessRule> then = rules(before, account);
        List<AccessRule> now = rules(after, account);
        Set<AccessRule> shared = before.isOfRoles() && after.isOfRoles() ? SharedRules.inOrder(then, now) : Set.of();
        then.stream().filter(rule -> !shared.contains(rule)).forEach(removed::add);
        now.stream().filter(rule -> !shared.contains(rule)).forEach(added::add);
        Set<List<String>> changed = new LinkedHashSet<>();
        Set<List<String>> kept = new LinkedHashSet<>();
        if (before.subscribesByDefault(account) != after.subscribesByDefault(account)) {
            changed.add(levels("#"));
        }
        List<AccessRule> all = new ArrayList<>(then);
        all.addAll(now);
        for (AccessRule rule : all) {
            String filter = RolePlaceholders.substitutedOrNull(rule, account, StandIns.CLIENT);
            if (filter == null) {
                continue;
            }
            List<String> levels = levels(filter);
            mostLevels = Math.max(mostLevels, levels.size());
            if (rule.kind() == Kind.SUBSCRIBE_LITERAL) {
                literals.add(filter);
            } else {
                (shared.contains(rule) ? kept : changed).add(levels);
            }
        }
        this.regions = changed.isEmpty() && literals.isEmpty()
                ? List.of()
                : Filters.regionsOrNull(changed, kept, ClientComparison.MOST_REGIONS);
    }

    private static List<AccessRule> rules(AccessPolicy policy, @Nullable String account) {
        return policy.isOfRoles()
                ? policy.ownRulesOf(account).stream()
                        .filter(rule -> (rule.bits() & Access.SUBSCRIBE.bit()) != 0)
                        .distinct()
                        .toList()
                : List.of();
    }

    /** With an empty level in front: a leading wildcard of such a rule takes {@code $} for a letter like any other. */
    private static List<String> levels(String filter) {
        return Filters.levels("/" + filter);
    }

    private static String filter(List<String> levels) {
        return String.join("/", levels.subList(1, levels.size()));
    }

    boolean isFinished() {
        return regions != null;
    }

    List<AccessRule> removed() {
        return removed;
    }

    List<AccessRule> added() {
        return added;
    }

    /** What is gained and lost; empty if it is not finished. */
    List<PolicyDiff.Change> changes() {
        List<PolicyDiff.Change> changes = new ArrayList<>();
        if (regions != null && !(regions.isEmpty() && literals.isEmpty())) {
            addTo(changes, regions, true);
            addTo(changes, regions, false);
        }
        return changes;
    }

    private void addTo(List<PolicyDiff.Change> changes, List<List<String>> all, boolean gained) {
        Map<List<String>, String> changed = new LinkedHashMap<>();
        List<List<String>> unchanged = new ArrayList<>();
        for (List<String> region : all) {
            samples(region).stream()
                    .filter(sample -> differs(sample, gained))
                    .findFirst()
                    .ifPresentOrElse(sample -> changed.put(region, sample), () -> unchanged.add(region));
        }
        Set<String> alone = new LinkedHashSet<>();
        literals.stream().filter(literal -> differs(literal, gained)).forEach(alone::add);
        for (List<String> region : Filters.outermost(changed.keySet(), unchanged)) {
            List<List<String>> within = Filters.widest(unchanged.stream()
                    .filter(other -> Filters.covers(region, other))
                    .toList());
            List<String> except = new ArrayList<>();
            within.forEach(gap -> except.add(filter(gap)));
            for (String literal : literals) {
                boolean told = SubscribeRules.covers(filter(region), literal)
                        && except.stream().noneMatch(gap -> SubscribeRules.covers(gap, literal));
                if (told && !alone.remove(literal) && !differs(literal, gained)) {
                    except.add(hasWildcard(literal) ? EXACTLY + literal : literal);
                }
            }
            changes.add(change(gained, filter(region), false, except, Objects.requireNonNull(changed.get(region))));
        }
        alone.forEach(literal -> changes.add(change(gained, literal, true, List.of(), literal)));
    }

    private static boolean hasWildcard(String filter) {
        return filter.indexOf('+') >= 0 || filter.indexOf('#') >= 0;
    }

    /** Filters of a region that no literal rule names, with and without a wildcard at the end. */
    private List<String> samples(List<String> region) {
        List<String> samples = new ArrayList<>();
        boolean goesOn = region.get(region.size() - 1).equals("#");
        if (goesOn && region.size() == 2) {
            samples.add("#");
        }
        for (String sample : Filters.samplesOf(region, mostLevels)) {
            if (sample.length() > 1) {
                samples.add(sample.substring(1));
            }
            if (goesOn) {
                samples.add((sample + "/#").substring(1));
            }
        }
        return samples;
    }

    private boolean differs(String filter, boolean gained) {
        boolean allowedThen = before.mayBeSubscribed(account, StandIns.CLIENT, filter);
        boolean allowedNow = after.mayBeSubscribed(account, StandIns.CLIENT, filter);
        return gained ? allowedNow && !allowedThen : allowedThen && !allowedNow;
    }

    private PolicyDiff.Change change(
            boolean gained, String filter, boolean exactly, List<String> except, String sample) {
        return new PolicyDiff.Change(
                Optional.ofNullable(account),
                Optional.empty(),
                Access.SUBSCRIBE,
                gained,
                StandIns.shown(filter, "%u", "%c"),
                exactly && hasWildcard(filter),
                except.stream().map(gap -> StandIns.shown(gap, "%u", "%c")).toList(),
                Map.of(),
                Optional.ofNullable(deciding(before, sample)),
                Optional.ofNullable(deciding(after, sample)));
    }

    private @Nullable AccessRule deciding(AccessPolicy policy, String filter) {
        return policy.isOfRoles()
                ? SubscribeRules.deciding(policy.ownRulesOf(account), account, StandIns.CLIENT, filter)
                : null;
    }
}
