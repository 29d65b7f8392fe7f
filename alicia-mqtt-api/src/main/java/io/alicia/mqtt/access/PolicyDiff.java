package io.alicia.mqtt.access;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a newer policy gives to whom and takes from whom, in topics, not in lines: a rule that moved without effect is
 * no change. Immutable.
 *
 * <p>A Client Identifier stands as {@code %c} in topics that differ from client to client.
 */
public final class PolicyDiff {

    /**
     * One account's gain or loss.
     *
     * @param account the account; empty for clients without one
     * @param access what it may or may no longer do
     * @param gained whether it may now; otherwise it may no longer
     * @param topicFilter the topics
     * @param except filters within {@code topicFilter} where nothing is gained or lost
     * @param before the rule that decided until now, if any
     * @param after the rule that decides now, if any
     */
    public record Change(
            Optional<String> account,
            Access access,
            boolean gained,
            String topicFilter,
            List<String> except,
            Optional<AccessRule> before,
            Optional<AccessRule> after) {

        /** {@code mobile_app loses RECEIVE alicia/sensors/# (until now: old.acl:3 `…`; now: no rule)}. */
        @Override
        public String toString() {
            return account.map(Words::shown).orElse("an anonymous client")
                    + (gained ? " gains " : " loses ") + access + " " + Words.shown(topicFilter)
                    + (except.isEmpty()
                            ? ""
                            : except.stream().map(Words::shown).collect(Collectors.joining(", ", " except ", "")))
                    + " (until now: " + before.map(AccessRule::toString).orElse("no rule")
                    + "; now: " + after.map(AccessRule::toString).orElse("no rule") + ")";
        }
    }

    /**
     * One account whose rules overlap in too many ways to say which topics it gains or loses.
     *
     * @param account the account; empty for clients without one
     * @param removed the rules that it had and has no longer
     * @param added the rules that it has now and had not
     */
    public record Unfinished(Optional<String> account, List<AccessRule> removed, List<AccessRule> added) {

        /** Copies the rules. */
        public Unfinished {
            removed = List.copyOf(removed);
            added = List.copyOf(added);
        }

        /** {@code app has other rules, too many to say for which topics; gone: old.acl:3 `…`; new: new.acl:3 `…`}. */
        @Override
        public String toString() {
            return account.map(Words::shown).orElse("an anonymous client")
                    + " has other rules, but they overlap in too many ways to say who gains or loses which topics; gone: "
                    + shown(removed) + "; new: " + shown(added);
        }

        private static String shown(List<AccessRule> rules) {
            if (rules.isEmpty()) {
                return "nothing";
            }
            String shown =
                    rules.stream().limit(MOST_SHOWN).map(AccessRule::toString).collect(Collectors.joining(", "));
            int more = rules.size() - MOST_SHOWN;
            return more > 0 ? shown + " and " + more + " more, not shown" : shown;
        }
    }

    /** An account that has only what the patterns give to everyone. */
    private static final String ANY_OTHER_ACCOUNT = "%u";

    private static final String ANY_CLIENT = "%c";
    private static final int MOST_SHOWN = 20;

    /** How many regions are compared at most; of two long lists fewer, so that no comparison takes minutes. */
    private static final int MOST_REGIONS = 5_000;

    private static final int LEAST_REGIONS = 100;
    private static final long MOST_MATCHES = 50_000_000;

    private final AccessPolicy before;
    private final AccessPolicy after;

    private PolicyDiff(AccessPolicy before, AccessPolicy after) {
        this.before = before;
        this.after = after;
    }

    /** What {@code after} changes against {@code before}. */
    public static PolicyDiff between(AccessPolicy before, AccessPolicy after) {
        return new PolicyDiff(before, after);
    }

    /**
     * Whether a client of {@code account} has other rules than before and so needs a new {@link AccountAccess}. Quick.
     *
     * @param account null for an anonymous client
     */
    public boolean affects(@Nullable String account) {
        return !before.asksLike(after)
                || !before.patterns().equals(after.patterns())
                || !before.ownRulesOf(account).equals(after.ownRulesOf(account))
                || (after.isOfRoles()
                        && account != null
                        && before.accounts().contains(account)
                                != after.accounts().contains(account));
    }

    /**
     * The accounts that have other rules than before, in the order in which they were written; without clients that have
     * no account, and without accounts that have no rules of their own. Quick.
     */
    public Set<String> affectedAccounts() {
        return accounts().stream().filter(this::affects).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Set<String> accounts() {
        Set<String> accounts = new LinkedHashSet<>(before.accounts());
        accounts.addAll(after.accounts());
        return accounts;
    }

    /** Whether certainly nobody gains or loses anything. */
    public boolean isEmpty() {
        return changes().isEmpty() && unfinished().isEmpty();
    }

    /**
     * Who gains and who loses what, but for the accounts that are {@link #unfinished()}. Computed with each call; seconds
     * for a policy that changed thousands of accounts.
     */
    public List<Change> changes() {
        return affected().flatMap(this::changesOfAffected).toList();
    }

    /**
     * What clients of one account gain and lose; nothing where that is {@linkplain #unfinishedOf unfinished}.
     *
     * @param account null for anonymous clients
     */
    public List<Change> changesOf(@Nullable String account) {
        return affects(account)
                ? changesOfAffected(Optional.ofNullable(account)).toList()
                : List.of();
    }

    /**
     * The accounts whose rules changed and overlap in so many ways that it is not computed what they gain or lose.
     * Empty for all but policies with thousands of rules for one account, or hundreds with wildcards.
     */
    public List<Unfinished> unfinished() {
        return affected()
                .flatMap(account -> new Comparison(account.orElse(null)).unfinished().stream())
                .toList();
    }

    /**
     * The account, if it is one of the {@link #unfinished()}.
     *
     * @param account null for anonymous clients
     */
    public Optional<Unfinished> unfinishedOf(@Nullable String account) {
        return affects(account) ? new Comparison(account).unfinished() : Optional.empty();
    }

    private Stream<Optional<String>> affected() {
        Set<Optional<String>> subjects = new LinkedHashSet<>();
        subjects.add(Optional.empty());
        accounts().forEach(account -> subjects.add(Optional.of(account)));
        subjects.add(Optional.of(ANY_OTHER_ACCOUNT));
        return subjects.stream().filter(account -> affects(account.orElse(null)));
    }

    private Stream<Change> changesOfAffected(Optional<String> account) {
        List<Change> changes = new ArrayList<>();
        new Comparison(account.orElse(null)).addTo(changes);
        return changes.stream();
    }

    /** One account's rules then and now, over the topics that the rules which it did not keep match. */
    private final class Comparison {

        private final @Nullable String account;
        private final ClientRules then;
        private final ClientRules now;
        private final List<AccessRule> removed;
        private final List<AccessRule> added;
        private final @Nullable List<List<String>> regions;
        private final int mostLevels;

        Comparison(@Nullable String account) {
            this.account = account;
            ClientRules allThen = before.rulesFor(account, ANY_CLIENT);
            ClientRules allNow = after.rulesFor(account, ANY_CLIENT);
            Set<AccessRule> shared = shared(allThen.asked(), allNow.asked());
            this.removed = without(shared, allThen.asked());
            this.added = without(shared, allNow.asked());

            Set<List<String>> changed = new LinkedHashSet<>();
            if (before.isUnrestricted() != after.isUnrestricted() || allThen.defaultBits() != allNow.defaultBits()) {
                changed.add(List.of("#"));
                changed.add(List.of("$SYS", "#"));
            }
            changed.addAll(allThen.filterLevels(rule -> !shared.contains(rule)));
            changed.addAll(allNow.filterLevels(rule -> !shared.contains(rule)));
            Set<List<String>> kept = allThen.filterLevels(shared::contains);
            if (changed.size() > MOST_REGIONS || (long) changed.size() * kept.size() > 4 * MOST_MATCHES) {
                this.then = allThen;
                this.now = allNow;
                this.regions = null;
                this.mostLevels = 0;
                return;
            }
            kept.removeIf(levels -> changed.stream().noneMatch(other -> Filters.overlap(levels, other)));
            Set<List<String>> asked = new HashSet<>(changed);
            asked.addAll(kept);
            this.then = allThen.withFilters(asked);
            this.now = allNow.withFilters(asked);
            long most = MOST_MATCHES / Math.max(1, asked.size());
            this.regions =
                    Filters.regionsOrNull(changed, kept, (int) Math.max(LEAST_REGIONS, Math.min(MOST_REGIONS, most)));
            this.mostLevels = Math.max(then.mostLevels(), now.mostLevels());
        }

        private Set<AccessRule> shared(List<AccessRule> rulesThen, List<AccessRule> rulesNow) {
            if (before.isOfRoles() != after.isOfRoles()) {
                return Set.of();
            }
            return before.isOfRoles()
                    ? SharedRules.inOrder(rulesThen, rulesNow)
                    : SharedRules.inAnyOrder(rulesThen, rulesNow);
        }

        private List<AccessRule> without(Set<AccessRule> shared, List<AccessRule> rules) {
            return new LinkedHashSet<>(rules)
                    .stream().filter(rule -> !shared.contains(rule)).toList();
        }

        Optional<Unfinished> unfinished() {
            return regions == null
                    ? Optional.of(new Unfinished(Optional.ofNullable(account), removed, added))
                    : Optional.empty();
        }

        void addTo(List<Change> changes) {
            if (regions == null) {
                return;
            }
            for (Access access : List.of(Access.PUBLISH, Access.RECEIVE)) {
                addTo(changes, regions, access, true);
                addTo(changes, regions, access, false);
            }
        }

        private void addTo(List<Change> changes, List<List<String>> regions, Access access, boolean gained) {
            Map<List<String>, String> changed = new LinkedHashMap<>();
            List<List<String>> unchanged = new ArrayList<>();
            for (List<String> region : regions) {
                Filters.samplesOf(region, mostLevels).stream()
                        .filter(topic -> differs(access, gained, topic))
                        .findFirst()
                        .ifPresentOrElse(topic -> changed.put(region, topic), () -> unchanged.add(region));
            }
            for (List<String> region : Filters.widest(List.copyOf(changed.keySet()))) {
                List<List<String>> within = unchanged.stream()
                        .filter(other -> Filters.covers(region, other))
                        .toList();
                String sample = Objects.requireNonNull(changed.get(region));
                changes.add(new Change(
                        Optional.ofNullable(account),
                        access,
                        gained,
                        String.join("/", region),
                        Filters.widest(within).stream()
                                .map(levels -> String.join("/", levels))
                                .toList(),
                        Optional.ofNullable(then.deciding(access, sample)),
                        Optional.ofNullable(now.deciding(access, sample))));
            }
        }

        private boolean differs(Access access, boolean gained, String topic) {
            boolean allowedThen = before.allows(then, access, topic);
            boolean allowedNow = after.allows(now, access, topic);
            return gained ? allowedNow && !allowedThen : allowedThen && !allowedNow;
        }
    }

    /** How many gains and losses there are, and for how many accounts that is not known. */
    @Override
    public String toString() {
        List<Change> changes = changes();
        int unfinished = unfinished().size();
        long gains = changes.stream().filter(Change::gained).count();
        return gains + " gains, " + (changes.size() - gains) + " losses"
                + (unfinished == 0 ? "" : ", not compared: " + unfinished);
    }
}
