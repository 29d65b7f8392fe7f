package io.alicia.mqtt.access;

import io.alicia.mqtt.access.AccessRule.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads clients, groups and roles, and puts each client's rules into the order in which Mosquitto's plugin asks them: the
 * client's own roles, then those of its groups; of several the higher priority first and then by name; within a role the
 * higher priority first and then as they stand.
 */
final class RolesReader {

    private static final List<Kind> KINDS = List.of(
            Kind.PUBLISH_CLIENT_SEND, Kind.PUBLISH_CLIENT_RECEIVE, Kind.SUBSCRIBE_LITERAL, Kind.SUBSCRIBE_PATTERN);
    private static final List<String> KINDS_WITHOUT_EFFECT = List.of("unsubscribeliteral", "unsubscribepattern");

    /** A role or group with the priority that it has for somebody. */
    private record Ranked(int priority, String name, List<AccessRule> rules) {

        static final Comparator<Ranked> ORDER =
                Comparator.comparingInt(Ranked::priority).reversed().thenComparing(Ranked::name);
    }

    /** Takes what the plugin cannot use; where it does not throw, reading goes on without that. */
    @FunctionalInterface
    interface Problems {

        /** The first one refuses the document. */
        Problems REFUSED = (kind, problem) -> {
            throw problem;
        };

        /** A finding's stable name, and what is wrong where. */
        void add(String kind, AccessFileException problem);
    }

    /**
     * A client of the document.
     *
     * @param hash its password, null if it has none that can be used
     */
    record Client(String username, JsonPart part, @Nullable PasswordHash hash) {}

    private static final String REFUSED_LINE = "refused-line";

    /** A role or group that somebody has twice, of which the first counts. */
    static final String REPEATED_ROLE = "repeated-role";

    /** What Mosquitto 2.0 takes for something else. */
    static final String NOT_FOR_2_0 = "not-for-mosquitto-2.0";

    /** A rule that a role has twice. */
    static final String REPEATED_RULE = "repeated-rule";

    /** Two rules of a role about the same, of which Mosquitto's versions take one or the other. */
    static final String CONTRADICTION = "contradicting-rules";

    /** Mosquitto's PRIORITY_MAX; what is beyond counts as much. */
    private static final int MOST_PRIORITY = 100_000;

    private final Problems problems;
    private final Map<String, List<AccessRule>> roles = new LinkedHashMap<>();
    private final Map<String, List<Ranked>> groupsOfClients = new LinkedHashMap<>();
    private final Map<String, List<AccessRule>> groups = new LinkedHashMap<>();
    private final Map<String, List<AccessRule>> clients = new LinkedHashMap<>();
    private final Map<String, Client> passwords = new LinkedHashMap<>();
    private final List<Account> accounts = new ArrayList<>();
    private final List<String> beyondAclFile = new ArrayList<>();
    private final AccessPolicy policy;

    RolesReader(JsonPart root, Problems problems) {
        this.problems = problems;
        each(root, "roles", this::role);
        each(root, "clients", client -> clients.put(client.requiredText("username"), List.of()));
        each(root, "groups", this::group);
        clients.clear();
        each(root, "clients", this::client);
        Optional<List<AccessRule>> anonymous = tried(REFUSED_LINE, () -> anonymous(root));
        Optional<Integer> defaults = tried(
                REFUSED_LINE,
                () -> root.part("defaultACLAccess").map(this::defaults).orElse(0));
        this.policy = AccessPolicy.ofRoles(clients, anonymous.orElse(List.of()), defaults.orElse(0));
    }

    private void each(JsonPart owner, String name, Consumer<JsonPart> reader) {
        tried(REFUSED_LINE, () -> owner.parts(name))
                .ifPresent(parts -> parts.forEach(part -> tried(REFUSED_LINE, () -> {
                    reader.accept(part);
                    return part;
                })));
    }

    private <T> Optional<T> tried(String kind, Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (AccessFileException e) {
            problems.add(kind, e);
            return Optional.empty();
        }
    }

    private List<AccessRule> anonymous(JsonPart root) {
        String name = root.text("anonymousGroup").orElse("");
        List<AccessRule> rules = name.isEmpty() ? List.<AccessRule>of() : groups.get(name);
        if (rules == null) {
            throw root.refusal(
                    "anonymousGroup",
                    "expected \"anonymousGroup\" to be a group, there is no \"" + Words.shown(name) + "\"");
        }
        return rules;
    }

    AccessPolicy policy() {
        return policy;
    }

    List<Account> accounts() {
        return accounts;
    }

    /** The rules of each role in the order in which they are asked. */
    Map<String, List<AccessRule>> roles() {
        return roles;
    }

    /** All clients, disabled ones included, in their order. */
    Collection<Client> clients() {
        return passwords.values();
    }

    /** Sentences on what is neither a rule nor a password and so has no place in Mosquitto's two files. */
    List<String> beyondAclFile() {
        return beyondAclFile;
    }

    /** Who may log in as which client, in their order. */
    Map<String, ClientLogIn> logIns() {
        Map<String, ClientLogIn> logIns = new LinkedHashMap<>();
        passwords.forEach((username, client) -> logIns.put(
                username,
                new ClientLogIn(
                        username,
                        client.part().flag("disabled", false),
                        client.hash() != null && !client.hash().isPlaceholder(),
                        client.part().text("clientid"))));
        return Collections.unmodifiableMap(logIns);
    }

    private int defaults(JsonPart access) {
        if (!access.flag("unsubscribe", true)) {
            beyondAclFile.add(
                    "UNSUBSCRIBE is refused by default (" + access.source() + "); with an ACL file each is accepted");
        }
        return (access.flag("publishClientSend", false) ? Access.PUBLISH.bit() : 0)
                | (access.flag("publishClientReceive", false) ? Access.RECEIVE.bit() : 0)
                | (access.flag("subscribe", false) ? Access.SUBSCRIBE.bit() : 0);
    }

    private void role(JsonPart role) {
        String name = role.requiredText("rolename");
        List<AccessRule> rules = new ArrayList<>();
        if (!role.flag("allowwildcardsubs", true)) {
            rules.add(AccessRule.withoutWildcards(role.source(), name));
            role.remark(
                    NOT_FOR_2_0,
                    "Mosquitto 2.0 does not know \"allowwildcardsubs\" and accepts each subscription with a wildcard that"
                            + " the rules allow; this broker and Mosquitto 2.1 refuse it",
                    "the same, or subscribeLiteral rules alone where Mosquitto 2.0 has to read the file");
        }
        Map<Kind, List<JsonPart>> byKind = new LinkedHashMap<>();
        Map<String, JsonPart> mentioned = new HashMap<>();
        each(
                role,
                "acls",
                acl -> kindOf(acl)
                        .ifPresentOrElse(
                                kind -> add(
                                        kind, acl, byKind.computeIfAbsent(kind, none -> new ArrayList<>()), mentioned),
                                () -> unsubscribing(acl, name)));
        for (Kind kind : KINDS) {
            byKind.getOrDefault(kind, List.of()).stream()
                    .sorted(Comparator.comparingInt(this::priority).reversed())
                    .forEach(acl ->
                            tried(REFUSED_LINE, () -> rule(kind, acl, name)).ifPresent(rules::add));
        }
        if (roles.putIfAbsent(name, rules) != null) {
            throw role.refusal("rolename", "expected each role once, found \"" + Words.shown(name) + "\" again");
        }
    }

    /**
     * As Mosquitto 2.1, which takes the first rule of a kind for a topic and no other.
     *
     * @param mentioned the first rule of each kind and topic
     */
    private static void add(Kind kind, JsonPart acl, List<JsonPart> others, Map<String, JsonPart> mentioned) {
        JsonPart first = mentioned.putIfAbsent(kind + " " + acl.text("topic").orElse(""), acl);
        if (first == null) {
            others.add(acl);
            return;
        }
        boolean alike = first.flag("allow", false) == acl.flag("allow", false);
        acl.remark(
                alike ? REPEATED_RULE : CONTRADICTION,
                "line " + first.place().line() + " says " + (alike ? "it already" : "the opposite")
                        + " of the same topic in the same role: this broker and Mosquitto 2.1 go by what stands first in the"
                        + " file, Mosquitto 2.0 by "
                        + (kind == Kind.SUBSCRIBE_LITERAL ? "what stands last" : "the higher priority"),
                "the rule once");
    }

    private void unsubscribing(JsonPart acl, String role) {
        if (!acl.flag("allow", false)) {
            beyondAclFile.add("role " + Words.shown(role) + " refuses UNSUBSCRIBE "
                    + Words.shown(acl.text("topic").orElse("")) + " (" + acl.source()
                    + "); with an ACL file each is accepted");
        }
    }

    private int priority(JsonPart acl) {
        return tried(REFUSED_LINE, () -> bounded(acl, 0)).orElse(0);
    }

    private static int bounded(JsonPart part, int absent) {
        return Math.max(-MOST_PRIORITY, Math.min(part.number("priority", absent), MOST_PRIORITY));
    }

    private static Optional<Kind> kindOf(JsonPart acl) {
        String type = acl.requiredText("acltype");
        Optional<Kind> kind = KINDS.stream()
                .filter(candidate -> JsonPart.sameName(candidate.word(), type))
                .findFirst();
        if (kind.isEmpty() && !KINDS_WITHOUT_EFFECT.contains(type.toLowerCase(Locale.ROOT))) {
            throw acl.refusal(
                    "acltype",
                    "expected \"acltype\" to be publishClientSend, publishClientReceive, subscribeLiteral, "
                            + "subscribePattern, unsubscribeLiteral or unsubscribePattern, found \"" + Words.shown(type)
                            + "\"");
        }
        return kind;
    }

    private static AccessRule rule(Kind kind, JsonPart acl, String role) {
        try {
            return AccessRule.ofRole(kind, acl.flag("allow", false), acl.requiredText("topic"), acl.source(), role);
        } catch (IllegalArgumentException e) {
            throw acl.refusal("topic", "expected a topic filter: " + Words.shown(String.valueOf(e.getMessage())));
        }
    }

    private List<AccessRule> rulesOf(JsonPart owner) {
        List<Ranked> ranked = new ArrayList<>();
        each(owner, "roles", part -> {
            String name = part.requiredText("rolename");
            List<AccessRule> rules = roles.get(name);
            if (rules == null) {
                throw part.refusal(
                        "rolename", "expected the name of a role, there is no \"" + Words.shown(name) + "\"");
            }
            // As the plugin, which goes by the first mention, whatever the priority of another one.
            if (ranked.stream().anyMatch(earlier -> earlier.name().equals(name))) {
                again(part, "the role", name);
            } else {
                ranked.add(new Ranked(bounded(part, -1), name, rules));
            }
        });
        return inOrder(ranked);
    }

    private static void again(JsonPart part, String what, String name) {
        part.remark(
                REPEATED_ROLE,
                what + " \"" + Words.shown(name) + "\" stands there again: the first mention counts, with its priority",
                "it once, with the priority that is meant");
    }

    private static List<AccessRule> inOrder(List<Ranked> ranked) {
        return ranked.stream()
                .sorted(Ranked.ORDER)
                .flatMap(each -> each.rules().stream())
                .toList();
    }

    private void group(JsonPart group) {
        String name = group.requiredText("groupname");
        List<AccessRule> rules = rulesOf(group);
        if (groups.putIfAbsent(name, rules) != null) {
            throw group.refusal("groupname", "expected each group once, found \"" + Words.shown(name) + "\" again");
        }
        each(group, "clients", client -> {
            String username = client.requiredText("username");
            if (!clients.containsKey(username)) {
                throw client.refusal(
                        "username", "expected the name of a client, there is no \"" + Words.shown(username) + "\"");
            }
            List<Ranked> of = groupsOfClients.computeIfAbsent(username, none -> new ArrayList<>());
            if (of.stream().anyMatch(earlier -> earlier.name().equals(name))) {
                again(client, "the client", username);
            } else {
                of.add(new Ranked(bounded(client, -1), name, rules));
            }
        });
    }

    private void client(JsonPart client) {
        String username = client.requiredText("username");
        List<AccessRule> rules = new ArrayList<>(rulesOf(client));
        rules.addAll(inOrder(groupsOfClients.getOrDefault(username, List.of())));
        if (clients.putIfAbsent(username, rules) != null) {
            throw client.refusal(
                    "username", "expected each client once, found \"" + Words.shown(username) + "\" again");
        }
        Optional<PasswordHash> hash =
                tried("unusable-password", () -> password(client)).flatMap(Function.identity());
        passwords.put(username, new Client(username, client, hash.orElse(null)));
        client.text("clientid")
                .ifPresent(identifier -> beyondAclFile.add(Words.shown(username) + " is bound to the client identifier "
                        + Words.shown(identifier) + " (" + client.source()
                        + "); with an ACL file and a password file any client may use the account"));
        if (!client.flag("disabled", false)) {
            hash.ifPresent(known -> accounts.add(client.text("clientid")
                    .map(identifier -> Account.of(username, known).boundTo(List.of(identifier)))
                    .orElseGet(() -> Account.of(username, known))));
        }
    }

    private static Optional<PasswordHash> password(JsonPart client) {
        Optional<String> encoded = client.text("encoded_password");
        if (encoded.isPresent()) {
            // As Mosquitto 2.1 writes it.
            try {
                return Optional.of(PasswordHash.parse(encoded.get()));
            } catch (IllegalArgumentException e) {
                throw client.refusal("encoded_password", "\"encoded_password\": " + e.getMessage());
            }
        }
        Optional<String> hash = client.text("password");
        Optional<String> salt = client.text("salt");
        int iterations = client.number("iterations", 0);
        if (hash.isEmpty() || salt.isEmpty() || iterations == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(Pbkdf2Hash.of(String.valueOf(iterations), salt.get(), hash.get()));
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw client.refusal(
                    "password",
                    "expected \"password\" and \"salt\" as mosquitto_ctrl writes them; "
                            + message.substring(message.indexOf("; ") + 2));
        }
    }
}
