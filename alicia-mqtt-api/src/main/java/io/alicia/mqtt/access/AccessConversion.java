package io.alicia.mqtt.access;

import io.alicia.mqtt.access.AccessRule.Kind;
import io.alicia.mqtt.access.AccessRule.Permission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says a policy in the other of Mosquitto's two forms, ACL file or roles, and what the other form cannot say: {@link
 * #differences()} is found by comparing what both allow, not by looking at words.
 *
 * @param <T> the other form
 */
public final class AccessConversion<T> {

    private final T result;
    private final List<PolicyDiff.Change> differences;
    private final List<PolicyDiff.Unfinished> unfinished;
    private final List<String> losses;
    private final List<String> remarks;

    private AccessConversion(
            T result,
            List<PolicyDiff.Change> differences,
            List<PolicyDiff.Unfinished> unfinished,
            List<String> losses,
            List<String> remarks) {
        this.result = result;
        this.differences = List.copyOf(differences);
        this.unfinished = List.copyOf(unfinished);
        this.losses = List.copyOf(losses);
        this.remarks = List.copyOf(remarks);
    }

    /**
     * The roles of an ACL file: one role for each account with its rules and what patterns give to it, and one for
     * clients without an account. {@code %c} becomes the Client Identifier of an account that is bound to one; for others
     * a role can say it where it is a level by itself. That roles, unlike patterns, hold for identifiers with {@code +} or
     * {@code #} as well is no difference; that {@code %c} is no identifier with a slash there is one of the {@link
     * #remarks()}, and so is, where accounts are given, what patterns give to others.
     *
     * @param name what the document is called
     * @param accounts the accounts with their passwords; those that only {@code policy} knows get none. If there are any,
     *     others cannot log in
     * @throws IllegalArgumentException if {@code policy} is not that of an ACL file, or a password is kept in a form that
     *     the plugin does not read: {@code $7$} is what each version reads, {@code $6$} and argon2id since 2.1
     */
    public static AccessConversion<DynamicSecurity> toDynamicSecurity(
            String name, AccessPolicy policy, Iterable<Account> accounts) {
        if (policy.isUnrestricted() || policy.isOfRoles()) {
            throw new IllegalArgumentException("expected the policy of an ACL file, found " + policy);
        }
        DynamicSecurity roles = DynamicSecurity.parse(name, PrettyJson.of(new RolesWriter(policy, accounts).json()));
        PolicyDiff diff = PolicyDiff.between(policy, roles.policy(), accounts);
        Set<String> clients = roles.policy().accounts();
        boolean closed = accounts.iterator().hasNext();
        List<PolicyDiff.Change> differences = new ArrayList<>();
        boolean forNobodyElse = false;
        for (PolicyDiff.Change change : diff.changes()) {
            if (closed
                    && change.account()
                            .filter(account -> !clients.contains(account))
                            .isPresent()) {
                forNobodyElse = true;
            } else if (!isOfSeveralLevels(change)) {
                differences.add(change);
            }
        }
        List<String> remarks = new ArrayList<>();
        if (forNobodyElse) {
            remarks.add(
                    "what patterns give to other accounts is left out: accounts that are in neither file cannot log in");
        }
        List<AccessRule> ofClients = policy.patterns().stream()
                .filter(rule -> rule.filter().contains(RolePlaceholders.CLIENT) && RolesWriter.canSay(rule))
                .toList();
        if (!ofClients.isEmpty()) {
            remarks.add("%c in a role is one level, so client identifiers with a slash have no part in "
                    + ofClients.stream().map(AccessRule::toString).collect(Collectors.joining(", "))
                    + " any more; Mosquitto 2.0 takes it for two letters, 2.1 and this broker do not");
        }
        return new AccessConversion<>(roles, differences, diff.unfinished(), List.of(), remarks);
    }

    /** A client whose identifier is no level has less of a rule whose {@code %c} is one in a role. */
    private static boolean isOfSeveralLevels(PolicyDiff.Change change) {
        return !change.gained()
                && change.clientIdentifier()
                        .filter(client -> client.indexOf('/') >= 0)
                        .isPresent()
                && change.before()
                        .filter(rule -> rule.kind() == Kind.PATTERN
                                && rule.filter().contains(RolePlaceholders.CLIENT)
                                && RolesWriter.canSay(rule))
                        .isPresent();
    }

    /**
     * The ACL file of roles: a section for each client. What the roles refuse of subscriptions is a difference, because
     * Mosquitto accepts each with an ACL file, and so is a client's binding to an identifier.
     *
     * @param name what the file is called
     * @throws IllegalArgumentException if a client's name cannot stand in an ACL file
     */
    public static AccessConversion<AclFile> toAclFile(String name, DynamicSecurity roles) {
        return toAclFile(name, roles.policy(), roles.beyondAclFile());
    }

    /**
     * The ACL file of a policy of roles, without looking at who may use which account.
     *
     * @param name what the file is called
     * @throws IllegalArgumentException if {@code policy} is not that of roles, or a client's name cannot stand in an ACL
     *     file
     */
    public static AccessConversion<AclFile> toAclFile(String name, AccessPolicy policy) {
        return toAclFile(name, policy, List.of());
    }

    private static AccessConversion<AclFile> toAclFile(String name, AccessPolicy policy, List<String> losses) {
        if (!policy.isOfRoles()) {
            throw new IllegalArgumentException("expected the policy of roles, found " + policy);
        }
        Map<String, List<AccessRule>> accounts = new LinkedHashMap<>();
        for (String account : policy.accounts()) {
            List<AccessRule> rules = RolePlaceholders.forAnyClientOf(account, policy.rulesOf(account));
            accounts.put(account, lines(rules, policy.defaultBits()));
        }
        List<AccessRule> anonymous =
                lines(RolePlaceholders.forAnyClientOf(null, policy.anonymousRules()), policy.defaultBits());
        AclFile file = AclFile.of(name, AccessPolicy.of(accounts, anonymous, List.of()));
        PolicyDiff diff = PolicyDiff.between(policy, file.policy());
        return new AccessConversion<>(file, diff.changes(), diff.unfinished(), losses, List.of());
    }

    private static List<AccessRule> lines(List<AccessRule> rules, int defaultBits) {
        Set<AccessRule> lines = new LinkedHashSet<>();
        for (int i = 0; i < rules.size(); i++) {
            AccessRule rule = rules.get(i);
            for (Access access : List.of(Access.PUBLISH, Access.RECEIVE)) {
                if (rule.grants(access)) {
                    lines.add(rule.asTopic(access == Access.PUBLISH ? Permission.WRITE : Permission.READ));
                } else if (rule.denies(access) && takesAnything(rules, i, access, defaultBits)) {
                    lines.add(rule.asTopic(Permission.DENY));
                }
            }
        }
        for (String all : List.of("#", "$SYS/#")) {
            if ((defaultBits & Access.PUBLISH.bit()) != 0 && !all.startsWith("$")) {
                lines.add(AccessRule.topic(Permission.WRITE, all));
            }
            if ((defaultBits & Access.RECEIVE.bit()) != 0) {
                lines.add(AccessRule.topic(Permission.READ, all));
            }
        }
        return joined(new ArrayList<>(lines));
    }

    /**
     * A deny that nothing after it contradicts says what is so anyway, and one behind a rule that decides on all of its
     * topics is never asked; an ACL file would ask it first.
     */
    private static boolean takesAnything(List<AccessRule> rules, int deny, Access access, int defaultBits) {
        List<String> denied = Filters.levels(rules.get(deny).filter());
        boolean decided = rules.subList(0, deny).stream()
                .anyMatch(rule -> (rule.grants(access) || rule.denies(access))
                        && Filters.covers(Filters.levels(rule.filter()), denied));
        if (decided) {
            return false;
        }
        return (defaultBits & access.bit()) != 0
                || rules.subList(deny + 1, rules.size()).stream()
                        .anyMatch(
                                rule -> rule.grants(access) && Filters.overlap(denied, Filters.levels(rule.filter())));
    }

    /** The same lines, where reading and writing of one filter is one line. */
    private static List<AccessRule> joined(List<AccessRule> lines) {
        Set<AccessRule> joined = new LinkedHashSet<>();
        for (AccessRule line : lines) {
            boolean both = line.permission() != Permission.DENY
                    && lines.contains(AccessRule.topic(Permission.READ, line.filter()))
                    && lines.contains(AccessRule.topic(Permission.WRITE, line.filter()));
            joined.add(both ? line.asTopic(Permission.READWRITE) : line);
        }
        return List.copyOf(joined);
    }

    /** The other form. */
    public T result() {
        return result;
    }

    /** Who gains or loses what by the other form. */
    public List<PolicyDiff.Change> differences() {
        return differences;
    }

    /** For whom that was not compared, as there are too many rules that overlap. */
    public List<PolicyDiff.Unfinished> unfinished() {
        return unfinished;
    }

    /** Sentences on what the other form has no place for and that is no topic: who may use an account, unsubscribing. */
    public List<String> losses() {
        return losses;
    }

    /** Sentences on what is different for nobody that is known: worth a look, and no reason to refuse the other form. */
    public List<String> remarks() {
        return remarks;
    }

    /** Whether the other form certainly says the same, but for what the {@link #remarks()} speak of. */
    public boolean isExact() {
        return differences.isEmpty() && unfinished.isEmpty() && losses.isEmpty();
    }
}
