package io.alicia.mqtt.access;

import io.alicia.mqtt.access.AccessRule.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
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

    static final String EXACTLY = "exactly ";

    /** The parts that a role which refuses wildcards divides subscriptions into. */
    enum Part {
        BOTH("", false, false),
        WITHOUT_WILDCARD("filters with a wildcard", true, false),
        WITH_WILDCARD("filters without a wildcard", false, true);

        private final String except;
        private final boolean leavesWild;
        private final boolean leavesPlain;

        Part(String except, boolean leavesWild, boolean leavesPlain) {
            this.except = except;
            this.leavesWild = leavesWild;
            this.leavesPlain = leavesPlain;
        }

        /** What a change of this part says that it is not about; empty if it is about all. */
        String except() {
            return except;
        }

        private boolean has(String filter) {
            return SubscribeRules.hasWildcard(filter) ? !leavesWild : !leavesPlain;
        }
    }

    private final AccessPolicy before;
    private final AccessPolicy after;
    private final @Nullable String account;
    private final List<AccessRule> removed = new ArrayList<>();
    private final List<AccessRule> added = new ArrayList<>();
    private final Set<String> literals = new LinkedHashSet<>();
    private final @Nullable List<List<String>> regions;
    private boolean wildcardsApart;
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
        boolean everything = before.subscribesByDefault(account) != after.subscribesByDefault(account);
        List<AccessRule> all = new ArrayList<>(then);
        all.addAll(now);
        Set<String> roots = new LinkedHashSet<>();
        for (AccessRule rule : all) {
            String filter = RolePlaceholders.substitutedOrNull(rule, account, StandIns.CLIENT);
            if (rule.kind() == Kind.ALLOW_WILDCARD_SUBS) {
                wildcardsApart = true;
                everything |= !shared.contains(rule);
            } else if (filter != null) {
                List<String> levels = Filters.levels(filter);
                if (filter.startsWith("$")) {
                    roots.add(levels.get(0));
                }
                mostLevels = Math.max(mostLevels, levels.size());
                if (rule.kind() == Kind.SUBSCRIBE_LITERAL) {
                    literals.add(filter);
                } else {
                    (shared.contains(rule) ? kept : changed).add(levels);
                }
            }
        }
        if (everything) {
            changed.add(List.of("#"));
            changed.add(List.of(Filters.UNNAMED_RESERVED, "#"));
            // What holds for everything holds for what begins with $, too, and a pattern # does not.
            roots.forEach(root -> changed.add(List.of(root, "#")));
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

    private static String filter(List<String> levels) {
        return String.join("/", levels);
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
        Map<Part, Map<List<String>, String>> changed = new EnumMap<>(Part.class);
        for (List<String> region : all) {
            List<String> samples = samples(region);
            List<String> differing =
                    samples.stream().filter(sample -> differs(sample, gained)).toList();
            if (!differing.isEmpty()) {
                changed.computeIfAbsent(partOf(samples, differing), none -> new LinkedHashMap<>())
                        .put(region, differing.get(0));
            }
        }
        Set<String> alone = new LinkedHashSet<>();
        literals.stream().filter(literal -> differs(literal, gained)).forEach(alone::add);
        changed.forEach((part, regionsOfPart) -> {
            List<List<String>> others = all.stream()
                    .filter(region -> !regionsOfPart.containsKey(region))
                    .toList();
            addTo(changes, part, regionsOfPart, others, alone, gained);
        });
        alone.forEach(literal -> changes.add(change(gained, literal, true, List.of(), literal)));
    }

    private Part partOf(List<String> samples, List<String> differing) {
        if (!wildcardsApart
                || differing.stream()
                                .map(SubscribeRules::hasWildcard)
                                .distinct()
                                .count()
                        > 1) {
            return Part.BOTH;
        }
        boolean wild = SubscribeRules.hasWildcard(differing.get(0));
        boolean all = samples.stream().allMatch(sample -> SubscribeRules.hasWildcard(sample) == wild);
        return all ? Part.BOTH : wild ? Part.WITH_WILDCARD : Part.WITHOUT_WILDCARD;
    }

    private void addTo(
            List<PolicyDiff.Change> changes,
            Part part,
            Map<List<String>, String> changed,
            List<List<String>> others,
            Set<String> alone,
            boolean gained) {
        for (List<String> region : Filters.outermost(changed.keySet(), others)) {
            List<List<String>> within = Filters.widest(others.stream()
                    .filter(other -> Filters.covers(region, other))
                    .toList());
            List<String> except = new ArrayList<>();
            within.forEach(gap -> except.add(filter(gap)));
            for (String literal : literals) {
                boolean told = part.has(literal)
                        && SubscribeRules.covers(filter(region), literal)
                        && except.stream().noneMatch(gap -> SubscribeRules.covers(gap, literal));
                if (told && !alone.remove(literal) && !differs(literal, gained)) {
                    except.add(SubscribeRules.hasWildcard(literal) ? EXACTLY + literal : literal);
                }
            }
            if (part != Part.BOTH) {
                except.add(part.except());
            }
            changes.add(change(gained, filter(region), false, except, Objects.requireNonNull(changed.get(region))));
        }
    }

    /** Filters of a region that no literal rule names, with and without a wildcard. */
    private List<String> samples(List<String> region) {
        Set<String> samples = new LinkedHashSet<>();
        List<String> names = Filters.samplesOf(region, mostLevels);
        samples.addAll(names);
        String whole = filter(region);
        if (wildcardsApart && SubscribeRules.hasWildcard(whole)) {
            samples.add(whole);
        }
        if (region.get(region.size() - 1).equals("#")) {
            samples.add(whole);
            names.forEach(name -> samples.add(name + "/#"));
        }
        samples.removeAll(literals);
        return List.copyOf(samples);
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
                exactly && SubscribeRules.hasWildcard(filter),
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
