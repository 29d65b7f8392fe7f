package io.alicia.mqtt.broker;

import io.alicia.mqtt.access.AccessDiff;
import io.alicia.mqtt.access.PolicyDiff;
import io.alicia.mqtt.broker.security.AccessRules;
import io.alicia.mqtt.broker.security.RulesChange;
import io.alicia.mqtt.broker.security.Security;
import io.alicia.mqtt.broker.session.Administration;
import io.alicia.mqtt.broker.session.Reviewed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replaces the rules of listeners that run, and says in the log who of their clients notices. */
final class AccessReloads {

    private static final Logger LOG = LoggerFactory.getLogger(AccessReloads.class);

    private final Administration administration;

    AccessReloads(Administration administration) {
        this.administration = administration;
    }

    /**
     * What replacing the rules led to.
     *
     * @param report what changed, and whom it disconnected
     * @param tell says so in the log; takes seconds if thousands of accounts changed, so it waits for what is more urgent
     */
    record Replaced(ReloadReport report, Runnable tell) {}

    /**
     * Replaces all, then looks at the clients.
     *
     * @param names the listeners' names by what they are guarded by; several where they share it
     * @param rules the new rules, all of them made before the first is replaced
     */
    synchronized Replaced replace(Map<Security, Set<String>> names, Map<Security, AccessRules> rules) {
        administration.requireElsewhere();
        Map<Security, RulesChange> changes = new LinkedHashMap<>();
        rules.forEach((security, other) -> changes.put(security, security.replace(other)));
        List<Reviewed> clients = new ArrayList<>(administration.review(changes));
        clients.sort(Comparator.comparing(Reviewed::clientIdentifier));
        Map<String, AccessDiff> diffs = new TreeMap<>();
        changes.forEach((security, change) ->
                names.getOrDefault(security, Set.of()).forEach(name -> diffs.put(name, change.diff())));
        List<ReloadReport.Disconnected> disconnected = new ArrayList<>();
        for (Reviewed client : clients) {
            String dismissal = client.dismissal();
            if (dismissal != null) {
                disconnected.add(new ReloadReport.Disconnected(
                        client.clientIdentifier(), Optional.ofNullable(client.account()), dismissal));
            }
        }
        return new Replaced(new ReloadReport(diffs, disconnected), () -> tell(diffs, clients));
    }

    private static void tell(Map<String, AccessDiff> diffs, List<Reviewed> clients) {
        diffs.forEach((listener, diff) -> LOG.info("access rules of {} read again: {}", listener, diff));
        Map<PolicyDiff.Change, Set<String>> noticed = new LinkedHashMap<>();
        Map<PolicyDiff.Unfinished, Set<String>> concerned = new LinkedHashMap<>();
        Map<String, Map<Optional<String>, Told>> known = new TreeMap<>();
        for (Reviewed client : clients) {
            AccessDiff diff = diffs.get(client.listener());
            String dismissal = client.dismissal();
            if (dismissal != null) {
                LOG.warn("{} is disconnected: {}", described(client), dismissal);
            } else if (diff != null) {
                Told told = known.computeIfAbsent(client.listener(), listener -> new LinkedHashMap<>())
                        .computeIfAbsent(Optional.ofNullable(client.account()), account -> Told.of(diff, account));
                told.changesOf(client.clientIdentifier())
                        .forEach(change -> noticed.computeIfAbsent(change, none -> new TreeSet<>())
                                .add(client.clientIdentifier()));
                told.unfinished()
                        .ifPresent(unfinished -> concerned
                                .computeIfAbsent(unfinished, none -> new TreeSet<>())
                                .add(client.clientIdentifier()));
            }
        }
        concerned.forEach((unfinished, identifiers) -> LOG.warn("{}; connected: {}", unfinished, identifiers));
        noticed.forEach((change, identifiers) -> {
            if (change.gained()) {
                LOG.info("{}; connected: {}", change, identifiers);
            } else {
                LOG.warn("{}; connected: {}", change, identifiers);
            }
        });
    }

    /** What is to be told of one account. */
    private record Told(
            PolicyDiff policies,
            Optional<String> account,
            List<PolicyDiff.Change> changes,
            Optional<PolicyDiff.Unfinished> unfinished) {

        static Told of(AccessDiff diff, Optional<String> account) {
            PolicyDiff policies = diff.policyDiff();
            return new Told(
                    policies,
                    account,
                    policies.changesOf(account.orElse(null)),
                    policies.unfinishedOf(account.orElse(null)));
        }

        /** Of clients with unusual identifiers what each gains and loses; of all others the same line for many. */
        List<PolicyDiff.Change> changesOf(String clientIdentifier) {
            return PolicyDiff.isOfOneLevel(clientIdentifier)
                    ? changes.stream()
                            .filter(change -> change.concerns(clientIdentifier))
                            .toList()
                    : policies.changesOf(account.orElse(null), clientIdentifier);
        }
    }

    private static String described(Reviewed client) {
        return client.clientIdentifier()
                + (client.account() == null ? " (without an account)" : " (account " + client.account() + ")");
    }
}
