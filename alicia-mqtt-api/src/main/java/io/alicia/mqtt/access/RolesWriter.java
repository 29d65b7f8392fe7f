package io.alicia.mqtt.access;

import io.alicia.mqtt.access.AccessRule.Kind;
import io.alicia.mqtt.access.AccessRule.Permission;
import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes the policy of an ACL file as clients and roles. Priorities keep the order in which Mosquitto asks the lines. */
final class RolesWriter {

    private static final String ANONYMOUS = "anonymous";

    private final AccessPolicy policy;
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private final List<JsonValue> clients = new ArrayList<>();
    private final List<JsonValue> roles = new ArrayList<>();

    RolesWriter(AccessPolicy policy, Iterable<Account> accounts) {
        this.policy = policy;
        accounts.forEach(account -> this.accounts.put(account.name(), account));
        TreeSet<String> names = new TreeSet<>(this.accounts.keySet());
        names.addAll(policy.accounts());
        names.forEach(this::client);
        role(ANONYMOUS, null, null);
    }

    JsonObject json() {
        JsonObject anonymousRole =
                JsonObject.builder().put("rolename", roleOf(null)).build();
        JsonObject anonymousGroup = JsonObject.builder()
                .put("groupname", ANONYMOUS)
                .put("roles", new JsonArray(List.of(anonymousRole)))
                .put("clients", new JsonArray(List.of()))
                .build();
        return JsonObject.builder()
                .put(
                        "defaultACLAccess",
                        JsonObject.builder()
                                .put("publishClientSend", false)
                                .put("publishClientReceive", false)
                                .put("subscribe", true)
                                .put("unsubscribe", true)
                                .build())
                .put("clients", new JsonArray(clients))
                .put("groups", new JsonArray(List.of(anonymousGroup)))
                .put("roles", new JsonArray(roles))
                .put("anonymousGroup", ANONYMOUS)
                .build();
    }

    private static String roleOf(@Nullable String account) {
        return account == null ? "clients without an account" : "account " + account;
    }

    private void client(String name) {
        Account account = accounts.getOrDefault(name, Account.withoutPassword(name));
        JsonObject.Builder client = JsonObject.builder().put("username", name);
        String identifier = null;
        if (account.clientIdentifiers().size() == 1) {
            identifier = account.clientIdentifiers().iterator().next();
            client.put("clientid", identifier);
        } else if (!account.clientIdentifiers().isEmpty()) {
            throw new IllegalArgumentException("\"" + Words.shown(name)
                    + "\" is bound to several client identifiers, and the plugin knows one for each client");
        }
        account.passwordHash().ifPresent(hash -> password(name, hash, client));
        JsonObject role = JsonObject.builder().put("rolename", roleOf(name)).build();
        clients.add(client.put("roles", new JsonArray(List.of(role))).build());
        role(name, name, identifier);
    }

    /** In the three parts that every version of the plugin reads, where they say it; else as 2.1 does. */
    private static void password(String name, PasswordHash hash, JsonObject.Builder client) {
        if (hash instanceof Pbkdf2Hash pbkdf2 && hash.saltBytes() == Pbkdf2Hash.SALT_BYTES) {
            client.put("password", pbkdf2.encodedHash())
                    .put("salt", pbkdf2.encodedSalt())
                    .put("iterations", (long) pbkdf2.iterations());
        } else if (hash.scheme() == PasswordHash.Scheme.PLAIN || hash.scheme() == PasswordHash.Scheme.SCRAM_SHA_256) {
            throw new IllegalArgumentException("the password of \"" + Words.shown(name) + "\" is kept as " + hash
                    + ", which Mosquitto does not read: make it again");
        } else {
            client.put("encoded_password", hash.encoded());
        }
    }

    private void role(String about, @Nullable String account, @Nullable String clientIdentifier) {
        // A role holds for all clients of an account: of what differs with their identifiers it can say a whole level.
        List<AccessRule> asked = (clientIdentifier == null
                        ? ClientRules.of(
                                policy.ownRulesOf(account),
                                withIdentifierAsLevel(policy.patterns()),
                                account,
                                RolePlaceholders.CLIENT)
                        : policy.rulesFor(account, clientIdentifier))
                .inOrder();
        List<JsonValue> acls = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            AccessRule rule = asked.get(i);
            long priority = asked.size() - (long) i;
            if ((rule.bits() & Access.PUBLISH.bit()) != 0) {
                acls.add(acl(Kind.PUBLISH_CLIENT_SEND, rule, priority));
            }
            if ((rule.bits() & Access.RECEIVE.bit()) != 0) {
                acls.add(acl(Kind.PUBLISH_CLIENT_RECEIVE, rule, priority));
            }
        }
        roles.add(JsonObject.builder()
                .put("rolename", roleOf(account))
                .put("textdescription", "what the ACL file gave to " + about)
                .put("acls", new JsonArray(acls))
                .build());
    }

    private static List<AccessRule> withIdentifierAsLevel(List<AccessRule> patterns) {
        return patterns.stream().filter(RolesWriter::canSay).toList();
    }

    /** Whether a role can say a pattern for clients with any identifier of one level. */
    static boolean canSay(AccessRule pattern) {
        return Filters.levels(pattern.filter()).stream()
                .allMatch(level -> level.equals(RolePlaceholders.CLIENT) || !level.contains(RolePlaceholders.CLIENT));
    }

    private static JsonObject acl(Kind kind, AccessRule rule, long priority) {
        return JsonObject.builder()
                .put("acltype", kind.word())
                .put("topic", rule.filter())
                .put("priority", priority)
                .put("allow", rule.permission() != Permission.DENY)
                .build();
    }
}
