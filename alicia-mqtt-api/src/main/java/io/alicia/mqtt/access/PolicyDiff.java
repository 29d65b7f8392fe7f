package io.alicia.mqtt.access;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a newer policy gives to whom and takes from whom, in topics, not in lines: a rule that moved without effect is
 * no change. Immutable.
 *
 * <p>A Client Identifier stands as {@code %c} in topics that differ from client to client. Clients that have other topics
 * than that, because a rule has their identifier where a pattern has {@code %c}, have changes of their own.
 */
public final class PolicyDiff {

    /**
     * One account's gain or loss.
     *
     * @param account the account; empty for clients without one, {@code %u} for each that no rule names
     * @param clientIdentifier the only client of the account that is meant; empty for each. {@code …} in it is any text
     *     without a slash, and {@code +} alone is each identifier that contains {@code +} or {@code #}, for which patterns do
     *     not hold
     * @param access what it may or may no longer do
     * @param gained whether it may now; otherwise it may no longer
     * @param topicFilter the topics, with {@code %c} for the Client Identifier and {@code %u} for the account; of a
     *     subscription the filters within it
     * @param literal whether a {@code %c} or {@code %u} in a filter is just these letters, as Mosquitto takes them in a
     *     {@code topic} line (the names then stand as {@code <client identifier>} and {@code <account>}); of a subscription
     *     whether it is this one filter
     * @param except filters within {@code topicFilter} where nothing is gained or lost; of a subscription one that begins
     *     with {@code exactly} and a blank is the one filter after it, and {@code filters with a wildcard} or {@code filters
     *     without a wildcard} stands for all of these; of what is received below
     *     {@code $CONTROL} {@code topics that do not end with /response} does
     * @param exceptFor filters where nothing is gained or lost by single clients, by their identifier
     * @param before the rule that decided until now, if any
     * @param after the rule that decides now, if any
     */
    public record Change(
            Optional<String> account,
            Optional<String> clientIdentifier,
            Access access,
            boolean gained,
            String topicFilter,
            boolean literal,
            List<String> except,
            Map<String, List<String>> exceptFor,
            Optional<AccessRule> before,
            Optional<AccessRule> after) {

        static final String CLIENT_BESIDE_LITERAL = "<client identifier>";
        static final String ACCOUNT_BESIDE_LITERAL = "<account>";

        /** Copies the lists. */
        public Change {
            except = List.copyOf(except);
            exceptFor = Collections.unmodifiableMap(new TreeMap<>(exceptFor));
        }

        /**
         * Whether a client of the account has part in it, if its identifier {@linkplain PolicyDiff#isOfOneLevel is of one
         * level}. For others ask {@link PolicyDiff#changesOf(String, String)}.
         */
        public boolean concerns(String identifier) {
            List<String> topics = Filters.levels(of(identifier, topicFilter));
            return clientIdentifier.filter(only -> !only.equals(identifier)).isEmpty()
                    && Stream.concat(except.stream(), exceptFor.getOrDefault(identifier, List.of()).stream())
                            .noneMatch(gap -> Filters.covers(Filters.levels(of(identifier, gap)), topics));
        }

        private String of(String identifier, String filter) {
            return filter.replace(literal ? CLIENT_BESIDE_LITERAL : "%c", identifier);
        }

        /** {@code mobile_app loses RECEIVE alicia/sensors/# (until now: old.acl:3 `…`; now: no rule)}. */
        @Override
        public String toString() {
            List<String> gaps = new ArrayList<>();
            except.forEach(gap -> gaps.add(Words.shown(gap)));
            exceptFor.forEach((client, filters) ->
                    filters.forEach(gap -> gaps.add(Words.shown(gap) + " for client " + Words.shown(client))));
            return account.map(Words::shown).orElse("an anonymous client")
                    + clientIdentifier.map(Change::shownClient).orElse("")
                    + (gained ? " gains " : " loses ") + access + " "
                    + (literal && access == Access.SUBSCRIBE ? "exactly " : "")
                    + Words.shown(topicFilter)
                    + (gaps.isEmpty() ? "" : " except " + String.join(", ", gaps))
                    + (literal && access != Access.SUBSCRIBE ? " (%c and %u as they stand)" : "")
                    + " (until now: " + shown(before, !gained) + "; now: " + shown(after, gained) + ")";
        }

        private static String shownClient(String client) {
            return client.equals(Names.DANGEROUS_CLIENT)
                    ? " (client identifiers with + or #)"
                    : " (client " + Words.shown(client) + ")";
        }

        private static String shown(Optional<AccessRule> rule, boolean allowed) {
            return rule.map(AccessRule::toString).orElse(allowed ? "allowed without a rule" : "no rule");
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

    private static final int MOST_SHOWN = 20;

    private record Outcome(List<Change> changes, List<Unfinished> unfinished) {}

    private final AccessPolicy before;
    private final AccessPolicy after;

    private final Map<String, Set<String>> bound;
    private final Set<String> accounts;
    private volatile @Nullable Outcome outcome;

    private PolicyDiff(AccessPolicy before, AccessPolicy after, Map<String, Set<String>> bound) {
        this.before = before;
        this.after = after;
        this.bound = bound;
        Set<String> either = new LinkedHashSet<>(before.accounts());
        either.addAll(after.accounts());
        this.accounts = Collections.unmodifiableSet(either);
    }

    /** What {@code after} changes against {@code before}. */
    public static PolicyDiff between(AccessPolicy before, AccessPolicy after) {
        return between(before, after, List.of());
    }

    /**
     * What {@code after} changes against {@code before}, where no other clients use an account than those that it is
     * {@linkplain Account#boundTo bound} to.
     */
    public static PolicyDiff between(AccessPolicy before, AccessPolicy after, Iterable<Account> accounts) {
        Map<String, Set<String>> bound = new HashMap<>();
        accounts.forEach(account -> bound.put(account.name(), account.clientIdentifiers()));
        return new PolicyDiff(before, after, bound);
    }

    /** Whether rules changed that hold for every client: patterns, or what is decided where no rule matches. Quick. */
    boolean affectsEverybody() {
        return !before.asksLike(after) || !before.patterns().equals(after.patterns());
    }

    /**
     * Whether a client of {@code account} has other rules than before and so needs a new {@link AccountAccess}. Quick.
     *
     * @param account null for an anonymous client
     */
    public boolean affects(@Nullable String account) {
        return affectsEverybody()
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
        return accounts.stream().filter(this::affects).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether certainly nobody gains or loses anything. */
    public boolean isEmpty() {
        return changes().isEmpty() && unfinished().isEmpty();
    }

    /**
     * Who gains and who loses what, but for the accounts that are {@link #unfinished()}. Computed with the first call;
     * seconds for a policy that changed thousands of accounts.
     */
    public List<Change> changes() {
        return outcome().changes();
    }

    /**
     * What clients of one account gain and lose; nothing where that is {@linkplain #unfinishedOf unfinished}.
     *
     * @param account null for anonymous clients
     */
    public List<Change> changesOf(@Nullable String account) {
        return affects(account) ? comparison(account).changes() : List.of();
    }

    /**
     * Whether a Client Identifier is like most: no slash in it, no wildcard, no leading dollar sign. What such a client gains
     * and loses is among the {@linkplain #changesOf(String) changes of its account}, those that {@linkplain Change#concerns
     * concern} it.
     */
    public static boolean isOfOneLevel(String clientIdentifier) {
        return !clientIdentifier.startsWith("$")
                && clientIdentifier.chars().noneMatch(c -> c == '/' || c == '+' || c == '#');
    }

    /**
     * What one client gains and loses, with its Client Identifier in the topics; nothing where that is {@linkplain
     * #unfinishedOf unfinished}.
     *
     * @param account null for an anonymous client
     */
    public List<Change> changesOf(@Nullable String account, String clientIdentifier) {
        return affects(account)
                ? new AccountComparison(before, after, account, Set.of(clientIdentifier), Set.of()).changes()
                : List.of();
    }

    /**
     * The accounts whose rules changed and overlap in so many ways that it is not computed what they gain or lose.
     * Empty for all but policies with thousands of rules for one account, or hundreds with wildcards.
     */
    public List<Unfinished> unfinished() {
        return outcome().unfinished();
    }

    /**
     * The account, if it is one of the {@link #unfinished()}.
     *
     * @param account null for anonymous clients
     */
    public Optional<Unfinished> unfinishedOf(@Nullable String account) {
        return affects(account) ? comparison(account).unfinished() : Optional.empty();
    }

    private Stream<Optional<String>> affected() {
        Set<Optional<String>> subjects = new LinkedHashSet<>();
        subjects.add(Optional.empty());
        accounts.forEach(account -> subjects.add(Optional.of(account)));
        subjects.add(Optional.of(StandIns.ACCOUNT));
        return subjects.stream().filter(account -> affects(account.orElse(null)));
    }

    private Outcome outcome() {
        Outcome known = outcome;
        if (known == null) {
            List<Change> changes = new ArrayList<>();
            List<Unfinished> unfinished = new ArrayList<>();
            affected().forEach(account -> {
                AccountComparison comparison = comparison(account.orElse(null));
                changes.addAll(comparison.changes());
                comparison.unfinished().ifPresent(unfinished::add);
            });
            known = new Outcome(List.copyOf(changes), List.copyOf(unfinished));
            outcome = known;
        }
        return known;
    }

    private AccountComparison comparison(@Nullable String account) {
        return new AccountComparison(
                before, after, account, account == null ? Set.of() : bound.getOrDefault(account, Set.of()), accounts);
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
