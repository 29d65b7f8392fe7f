package io.alicia.mqtt.access;

import io.alicia.mqtt.access.AccessRule.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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

    private final Map<String, List<AccessRule>> roles = new LinkedHashMap<>();
    private final Map<String, List<Ranked>> groupsOfClients = new LinkedHashMap<>();
    private final Map<String, List<AccessRule>> groups = new LinkedHashMap<>();
    private final Map<String, List<AccessRule>> clients = new LinkedHashMap<>();
    private final List<Account> accounts = new ArrayList<>();
    private final AccessPolicy policy;

    RolesReader(JsonPart root) {
        root.parts("roles").forEach(this::role);
        root.parts("clients").forEach(client -> clients.put(client.requiredText("username"), List.of()));
        root.parts("groups").forEach(this::group);
        clients.clear();
        root.parts("clients").forEach(this::client);
        Optional<String> anonymousGroup = root.text("anonymousGroup").filter(name -> !name.isEmpty());
        anonymousGroup.filter(name -> !groups.containsKey(name)).ifPresent(name -> {
            throw root.refusal("expected \"anonymousGroup\" to be a group, there is no \"" + Words.shown(name) + "\"");
        });
        this.policy = AccessPolicy.ofRoles(
                clients,
                anonymousGroup.map(groups::get).orElse(List.of()),
                root.part("defaultACLAccess").map(RolesReader::defaults).orElse(0));
    }

    AccessPolicy policy() {
        return policy;
    }

    List<Account> accounts() {
        return accounts;
    }

    private static int defaults(JsonPart access) {
        return (access.flag("publishClientSend", false) ? Access.PUBLISH.bit() : 0)
                | (access.flag("publishClientReceive", false) ? Access.RECEIVE.bit() : 0)
                | (access.flag("subscribe", false) ? Access.SUBSCRIBE.bit() : 0);
    }

    private void role(JsonPart role) {
        String name = role.requiredText("rolename");
        Map<Kind, List<JsonPart>> byKind = new LinkedHashMap<>();
        for (JsonPart acl : role.parts("acls")) {
            kindOf(acl)
                    .ifPresent(kind -> byKind.computeIfAbsent(kind, none -> new ArrayList<>())
                            .add(acl));
        }
        List<AccessRule> rules = new ArrayList<>();
        for (Kind kind : KINDS) {
            byKind.getOrDefault(kind, List.of()).stream()
                    .sorted(Comparator.comparingInt((JsonPart acl) -> acl.number("priority", 0))
                            .reversed())
                    .forEach(acl -> rules.add(rule(kind, acl, name)));
        }
        if (roles.putIfAbsent(name, rules) != null) {
            throw role.refusal("expected each role once, found \"" + Words.shown(name) + "\" again");
        }
    }

    private static Optional<Kind> kindOf(JsonPart acl) {
        String type = acl.requiredText("acltype");
        Optional<Kind> kind = KINDS.stream()
                .filter(candidate -> candidate.word().equalsIgnoreCase(type))
                .findFirst();
        if (kind.isEmpty() && !KINDS_WITHOUT_EFFECT.contains(type.toLowerCase(Locale.ROOT))) {
            throw acl.refusal("expected \"acltype\" to be publishClientSend, publishClientReceive, subscribeLiteral, "
                    + "subscribePattern, unsubscribeLiteral or unsubscribePattern, found \"" + Words.shown(type)
                    + "\"");
        }
        return kind;
    }

    private static AccessRule rule(Kind kind, JsonPart acl, String role) {
        try {
            return AccessRule.ofRole(kind, acl.flag("allow", false), acl.requiredText("topic"), acl.source(), role);
        } catch (IllegalArgumentException e) {
            throw acl.refusal("expected a topic filter: " + Words.shown(String.valueOf(e.getMessage())));
        }
    }

    private List<AccessRule> rulesOf(JsonPart owner) {
        List<Ranked> ranked = new ArrayList<>();
        for (JsonPart part : owner.parts("roles")) {
            String name = part.requiredText("rolename");
            List<AccessRule> rules = roles.get(name);
            if (rules == null) {
                throw part.refusal("expected the name of a role, there is no \"" + Words.shown(name) + "\"");
            }
            ranked.add(new Ranked(part.number("priority", -1), name, rules));
        }
        return inOrder(ranked);
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
            throw group.refusal("expected each group once, found \"" + Words.shown(name) + "\" again");
        }
        for (JsonPart client : group.parts("clients")) {
            String username = client.requiredText("username");
            if (!clients.containsKey(username)) {
                throw client.refusal("expected the name of a client, there is no \"" + Words.shown(username) + "\"");
            }
            groupsOfClients
                    .computeIfAbsent(username, none -> new ArrayList<>())
                    .add(new Ranked(client.number("priority", -1), name, rules));
        }
    }

    private void client(JsonPart client) {
        String username = client.requiredText("username");
        List<AccessRule> rules = new ArrayList<>(rulesOf(client));
        rules.addAll(inOrder(groupsOfClients.getOrDefault(username, List.of())));
        if (clients.putIfAbsent(username, rules) != null) {
            throw client.refusal("expected each client once, found \"" + Words.shown(username) + "\" again");
        }
        if (!client.flag("disabled", false)) {
            password(client)
                    .ifPresent(hash -> accounts.add(client.text("clientid")
                            .map(identifier -> Account.of(username, hash).boundTo(List.of(identifier)))
                            .orElseGet(() -> Account.of(username, hash))));
        }
    }

    private static Optional<PasswordHash> password(JsonPart client) {
        Optional<String> encoded = client.text("encoded_password");
        if (encoded.isPresent()) {
            // As Mosquitto 2.1 writes it.
            try {
                return Optional.of(PasswordHash.parse(encoded.get()));
            } catch (IllegalArgumentException e) {
                throw client.refusal("\"encoded_password\": " + e.getMessage());
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
            throw client.refusal("expected \"password\" and \"salt\" as mosquitto_ctrl writes them; "
                    + message.substring(message.indexOf("; ") + 2));
        }
    }
}
