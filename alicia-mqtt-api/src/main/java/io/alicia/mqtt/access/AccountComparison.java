package io.alicia.mqtt.access;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one account's clients gain and lose: first a client whose identifier no rule spells out, then those for whom the
 * rules meet in other ways, because a rule has their identifier in the place of a pattern's {@code %c}.
 *
 * <p>That finds all. Where a topic is decided differently for a client, one rule decided then and one decides now. Of the
 * names and topics that both rules match {@link Unifier} finds the most general; whatever other rules match there match in
 * every other case as well, so the same two rules decide there, too.
 */
final class AccountComparison {

    private final AccessPolicy before;
    private final AccessPolicy after;
    private final @Nullable String account;
    private final Set<AccessRule> shared;
    private final List<AccessRule> removed;
    private final List<AccessRule> added;
    private final SubscribeComparison subscriptions;
    private final List<DraftChange> drafts = new ArrayList<>();
    private boolean finished = true;

    /**
     * Compares.
     *
     * @param account null for anonymous clients, {@link StandIns#ACCOUNT} for every one that the policies do not name
     * @param clients the Client Identifiers that the account is bound to; empty for any
     */
    AccountComparison(
            AccessPolicy before,
            AccessPolicy after,
            @Nullable String account,
            Set<String> clients,
            Set<String> accounts) {
        this.before = before;
        this.after = after;
        this.account = account;
        ClientRules then = before.rulesFor(account, StandIns.CLIENT);
        ClientRules now = after.rulesFor(account, StandIns.CLIENT);
        this.shared = shared(then.asked(), now.asked());
        this.removed = without(shared, then.asked());
        this.added = without(shared, now.asked());
        // Under roles there is no account that they do not name.
        this.subscriptions = StandIns.ACCOUNT.equals(account)
                ? new SubscribeComparison(AccessPolicy.unrestricted(), AccessPolicy.unrestricted(), account)
                : new SubscribeComparison(before, after, account);
        if (clients.isEmpty()) {
            compareAnyClient(then, now, accounts);
        } else {
            clients.stream().sorted().forEach(this::compareOnly);
        }
    }

    private Set<AccessRule> shared(List<AccessRule> then, List<AccessRule> now) {
        if (before.isOfRoles() != after.isOfRoles()) {
            return Set.of();
        }
        return before.isOfRoles() ? SharedRules.inOrder(then, now) : SharedRules.inAnyOrder(then, now);
    }

    private static List<AccessRule> without(Set<AccessRule> shared, List<AccessRule> rules) {
        return new LinkedHashSet<>(rules)
                .stream().filter(rule -> !shared.contains(rule)).toList();
    }

    /** Empty for clients without an account. */
    private Optional<String> shownAccount(Names names) {
        return account == null ? Optional.empty() : Optional.of(names.account());
    }

    private Names names(String client) {
        return new Names(account == null ? "" : account, client);
    }

    private @Nullable ClientComparison compared(Names names, @Nullable Set<List<String>> within) {
        String asked = account == null ? null : names.account();
        ClientComparison comparison = ClientComparison.orNull(before, after, asked, names.client(), shared, within);
        finished &= comparison != null;
        return comparison;
    }

    private void add(Names names, ClientComparison comparison, ClientComparison.Found found, List<String> region) {
        String sample = found.sample(region);
        drafts.add(new DraftChange(
                names,
                found,
                region,
                comparison.decidingThen(found.access(), sample),
                comparison.decidingNow(found.access(), sample)));
    }

    private void compareOnly(String client) {
        Names names = names(client);
        ClientComparison comparison = compared(names, null);
        if (comparison != null) {
            comparison
                    .found()
                    .forEach(found -> found.widest().forEach(region -> add(names, comparison, found, region)));
        }
    }

    private void compareAnyClient(ClientRules then, ClientRules now, Set<String> accounts) {
        compareOnly(StandIns.CLIENT);
        Set<List<String>> changed = then.filterLevels(rule -> !shared.contains(rule));
        changed.addAll(now.filterLevels(rule -> !shared.contains(rule)));
        Set<List<String>> kept = then.filterLevels(shared::contains);
        List<List<String>> ofNames = Stream.concat(changed.stream(), kept.stream())
                .filter(StandIns::isIn)
                .toList();
        if (finished && !ofNames.isEmpty()) {
            compareSpecial(changed, kept, ofNames, accounts);
        }
        // A role holds whatever its clients are called: it gives none of them more than the account's others have.
        boolean patterns = before.isOfRoles() == after.isOfRoles()
                && !(before.patterns().isEmpty() && after.patterns().isEmpty());
        boolean own =
                Stream.concat(removed.stream(), added.stream()).anyMatch(rule -> rule.kind() == AccessRule.Kind.TOPIC);
        if (finished && patterns && own) {
            addWhatIsNotTold(names(Names.DANGEROUS_CLIENT), null);
        }
    }

    private void compareSpecial(
            Set<List<String>> changed, Set<List<String>> kept, List<List<String>> ofNames, Set<String> accounts) {
        long pairs = (long) ofNames.size() * (changed.size() + kept.size());
        if (pairs > ClientComparison.MOST_MATCHES) {
            finished = false;
            return;
        }
        List<Names> special = special(changed, kept, ofNames).stream()
                .filter(names ->
                        account == null || names.account().equals(account) || !accounts.contains(names.account()))
                .sorted(Comparator.comparing(Names::isOfOneLevel).reversed())
                .toList();
        if (special.size() * pairs > 4 * ClientComparison.MOST_MATCHES) {
            finished = false;
            return;
        }
        for (Names names : special) {
            Set<List<String>> within = new LinkedHashSet<>();
            ofNames.forEach(levels -> within.add(StandIns.with(levels, names.account(), names.client())));
            addWhatIsNotTold(names, within);
        }
    }

    private Set<Names> special(Set<List<String>> changed, Set<List<String>> kept, List<List<String>> ofNames) {
        Set<List<String>> all = new LinkedHashSet<>(changed);
        all.addAll(kept);
        int longest = all.stream().mapToInt(List::size).max().orElse(1);
        Unifier unifier = new Unifier(names(StandIns.CLIENT).account(), longest);
        Set<Names> special = new LinkedHashSet<>();
        for (List<String> pattern : ofNames) {
            boolean changes = changed.contains(pattern);
            if (changes) {
                boolean alone = standsAlone(pattern, names(StandIns.CLIENT), all);
                unifier.general(pattern).stream()
                        .filter(names -> !alone || !standsAlone(pattern, names, all))
                        .forEach(special::add);
            }
            for (List<String> other : changes ? all : changed) {
                special.addAll(unifier.meeting(pattern, other));
            }
        }
        return special;
    }

    /** Whether no other rule matches what the pattern matches with {@code names}. */
    private static boolean standsAlone(List<String> pattern, Names names, Set<List<String>> all) {
        List<String> filter = StandIns.with(pattern, names.account(), names.client());
        return all.stream()
                .noneMatch(other -> !other.equals(pattern)
                        && Filters.overlap(filter, StandIns.with(other, names.account(), names.client())));
    }

    /** What is gained and lost with {@code names} and does not follow from what was found before. */
    private void addWhatIsNotTold(Names names, @Nullable Set<List<String>> within) {
        ClientComparison comparison = compared(names, within);
        if (comparison == null) {
            return;
        }
        List<DraftChange> before = List.copyOf(drafts);
        boolean ofOneLevel = names.isOfOneLevel();
        for (ClientComparison.Found found : comparison.found()) {
            List<DraftChange> alike =
                    before.stream().filter(draft -> draft.isOf(found)).toList();
            if (ofOneLevel && within != null) {
                found.unchanged().forEach(region -> alike.forEach(draft -> draft.exceptFor(names, region)));
            }
            found.notIn(region -> alike.stream()
                            .anyMatch(draft -> draft.tells(names, region, found)
                                    || (!ofOneLevel && draft.speaksOf(names, region))))
                    .forEach(region -> add(names, comparison, found, region));
        }
    }

    private boolean isFinished() {
        return finished && subscriptions.isFinished();
    }

    /** What is gained and lost, if that could be found. */
    List<PolicyDiff.Change> changes() {
        if (!isFinished()) {
            return List.of();
        }
        List<PolicyDiff.Change> changes = new ArrayList<>();
        drafts.forEach(draft -> changes.add(draft.change(shownAccount(draft.names()))));
        changes.addAll(subscriptions.changes());
        return changes;
    }

    /** The rules that changed, if it could not be found what is gained and lost. */
    Optional<PolicyDiff.Unfinished> unfinished() {
        return isFinished()
                ? Optional.empty()
                : Optional.of(new PolicyDiff.Unfinished(
                        Optional.ofNullable(account).map(name -> StandIns.shown(name, "%u", "%c")),
                        both(removed, subscriptions.removed()),
                        both(added, subscriptions.added())));
    }

    private static List<AccessRule> both(List<AccessRule> messages, List<AccessRule> subscriptions) {
        return Stream.concat(messages.stream(), subscriptions.stream()).toList();
    }
}
