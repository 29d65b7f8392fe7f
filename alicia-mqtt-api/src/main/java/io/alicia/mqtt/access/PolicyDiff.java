package io.alicia.mqtt.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** An account that has only what the patterns give to everyone. */
    private static final String ANY_OTHER_ACCOUNT = "%u";

    private static final String ANY_CLIENT = "%c";
    private static final int MOST_REGIONS = 1_000;

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

    /** Whether anybody gains or loses anything. */
    public boolean isEmpty() {
        return changes().isEmpty();
    }

    /** Who gains and who loses what. Computed with each call; seconds for a policy that changed thousands of accounts. */
    public List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        addChanges(null, changes);
        Set<String> accounts = accounts();
        accounts.forEach(account -> addChanges(account, changes));
        if (!accounts.contains(ANY_OTHER_ACCOUNT)) {
            addChanges(ANY_OTHER_ACCOUNT, changes);
        }
        return List.copyOf(changes);
    }

    /**
     * What clients of one account gain and lose.
     *
     * @param account null for anonymous clients
     */
    public List<Change> changesOf(@Nullable String account) {
        List<Change> changes = new ArrayList<>();
        addChanges(account, changes);
        return List.copyOf(changes);
    }

    private static boolean allowsWithoutRule(AccessPolicy policy) {
        return policy.isUnrestricted() || policy.defaultBits() != 0;
    }

    private void addChanges(@Nullable String account, List<Change> changes) {
        if (affects(account)) {
            new Comparison(account).addTo(changes);
        }
    }

    /** One account's rules then and now, over the topics that the rules tell apart. */
    private final class Comparison {

        private final @Nullable String account;
        private final ClientRules then;
        private final ClientRules now;
        private final List<List<String>> regions;
        private final int mostLevels;

        Comparison(@Nullable String account) {
            this.account = account;
            this.then = before.rulesFor(account, ANY_CLIENT);
            this.now = after.rulesFor(account, ANY_CLIENT);
            List<List<String>> filters = new ArrayList<>();
            if (allowsWithoutRule(before) || allowsWithoutRule(after)) {
                filters.add(List.of("#"));
                filters.add(List.of("$SYS", "#"));
            }
            filters.addAll(then.filterLevels());
            filters.addAll(now.filterLevels());
            this.regions = Filters.regions(filters, MOST_REGIONS);
            this.mostLevels = Math.max(then.mostLevels(), now.mostLevels());
        }

        void addTo(List<Change> changes) {
            for (Access access : List.of(Access.PUBLISH, Access.RECEIVE)) {
                addTo(changes, access, true);
                addTo(changes, access, false);
            }
        }

        private void addTo(List<Change> changes, Access access, boolean gained) {
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

    /** How many gains and losses there are. */
    @Override
    public String toString() {
        List<Change> changes = changes();
        long gains = changes.stream().filter(Change::gained).count();
        return gains + " gains, " + (changes.size() - gains) + " losses";
    }
}
