package io.alicia.mqtt.access;

import io.alicia.mqtt.access.AccountRemarks.Remark;
import io.alicia.mqtt.access.Finding.Severity;
import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What is wrong with the roles of a dynamic-security file. */
final class RolesChecks {

    private static final Remark WITHOUT_RULES = new Remark(
            Severity.WARNING,
            "account-without-rules",
            "%s may neither publish nor receive anything: none of its roles has a rule for it",
            "%s may neither publish nor receive anything: none of their roles has a rule for it",
            "some role, or no such client");

    private static final Remark DISABLED = new Remark(
            Severity.NOTE,
            "disabled-client",
            "nobody can log in as %s: the client is disabled",
            "nobody can log in as %s: the clients are disabled",
            "the same, or to use it again");

    private static final Remark WITHOUT_PASSWORD = new Remark(
            Severity.NOTE,
            "client-without-password",
            "nobody can log in as %s: the client has no password",
            "nobody can log in as %s: the clients have no password",
            "a password, or to let it in by something else than the plugin");

    private static final Set<String> ONE_OF_TWO =
            Set.of(JsonPart.REPEATED, RolesReader.REPEATED_ROLE, RolesReader.CONTRADICTION);

    private final Findings findings;
    private final Set<String> told = new HashSet<>();

    RolesChecks(Findings findings) {
        this.findings = findings;
    }

    void run(String name, String text, List<Expectation> expectations) {
        JsonPart root;
        try {
            root = DynamicSecurity.root(name, text);
        } catch (AccessFileException e) {
            refused("refused-line", e);
            return;
        }
        RolesReader roles = new RolesReader(root, this::refused);
        AccessPolicy policy = roles.policy();
        Place defaultsPlace =
                tried(() -> root.part("defaultACLAccess")).map(JsonPart::place).orElse(Place.ofLine(1));
        if (roles.clients().isEmpty() && told.isEmpty()) {
            findings.warning(
                    "no-clients",
                    root.place(),
                    "the document has no clients: nobody can log in with an account",
                    "the JSON of Mosquitto's dynamic-security plugin with \"clients\" and \"roles\"",
                    "`mosquitto_ctrl dynsec init FILE ADMIN`, or `alicia-acl convert` of an ACL file");
        }
        defaults(policy, defaultsPlace);
        everythingForAnybody(policy);
        AccountNameChecks names = new AccountNameChecks(findings, AccountNameChecks.Wording.CLIENT);
        roles.clients()
                .forEach(client -> names.check(client.username(), client.part().place()));
        new RoleRulesChecks(roles.roles(), findings).run();
        new RoleOrderChecks(policy, roles.roles(), findings).run();
        rolesWithoutRules(root);
        clientsWithoutRules(policy, roles.clients());
        PasswordChecks.ofClients(roles.clients(), findings);
        halfPasswords(roles.clients());
        whoCannotLogIn(roles.clients());
        unusedRoles(root);
        groupsOfClients(roles.clients());
        root.remarks().forEach(remark -> {
            if (ONE_OF_TWO.contains(remark.kind())) {
                findings.warning(remark.kind(), remark.place(), remark.today(), "one of the two", remark.write());
            } else {
                findings.note(
                        remark.kind(),
                        remark.place(),
                        remark.today(),
                        remark.kind().equals(RolesReader.REPEATED_RULE)
                                ? "one of the two, or another topic"
                                : "the same",
                        remark.write());
            }
        });
        expectations.forEach(
                expectation -> ExpectationCheck.of(expectation, policy, policy.accounts(), defaultsPlace, findings));
    }

    private void refused(String kind, AccessFileException refusal) {
        // Some parts are read twice.
        if (!told.add(String.valueOf(refusal.getMessage()))) {
            return;
        }
        if (kind.equals("unusable-password")) {
            findings.error(
                    kind,
                    refusal,
                    "nobody can log in as this client: " + refusal.problem(),
                    "the hash of its password",
                    "`mosquitto_ctrl dynsec setClientPassword CLIENT`");
        } else {
            findings.error(
                    kind,
                    refusal,
                    "Mosquitto drops what it cannot use, or does not start: " + refusal.problem(),
                    "what was expected there",
                    "the file with `mosquitto_ctrl dynsec`, which writes it as the plugin reads it");
        }
    }

    /** What cannot be read is refused elsewhere. */
    private static <T> Optional<T> tried(Supplier<Optional<T>> read) {
        try {
            return read.get();
        } catch (AccessFileException e) {
            return Optional.empty();
        }
    }

    private void defaults(AccessPolicy policy, Place place) {
        if ((policy.defaultBits() & Access.PUBLISH.bit()) != 0) {
            findings.error(
                    "everything-for-anybody",
                    place,
                    "every client may publish every topic that no rule denies: defaultACLAccess allows publishClientSend",
                    "to allow what the roles allow",
                    "`mosquitto_ctrl dynsec setDefaultACLAccess publishClientSend deny`");
        }
        if ((policy.defaultBits() & Access.RECEIVE.bit()) != 0
                && (policy.defaultBits() & Access.SUBSCRIBE.bit()) != 0) {
            findings.warning(
                    "everything-for-anybody",
                    place,
                    "every client may receive every topic that no rule denies: defaultACLAccess allows subscribe and"
                            + " publishClientReceive",
                    "to allow what the roles allow",
                    "`mosquitto_ctrl dynsec setDefaultACLAccess publishClientReceive deny`");
        }
    }

    /** Clients without an account have the roles of the anonymous group. */
    private void everythingForAnybody(AccessPolicy policy) {
        for (AccessRule rule : policy.anonymousRules()) {
            if (rule.filter().equals("#") && rule.grants(Access.PUBLISH)) {
                findings.error(
                        "everything-for-anybody",
                        PlacedRule.ofRole(rule).place(),
                        "lets every client without an account publish every topic: the role \""
                                + Words.shown(rule.role().orElse("")) + "\" is one of the anonymous group",
                        "less, or only some account",
                        "a role with the topics that are needed, for the clients that need them");
            }
        }
    }

    /** Of roles that clients have themselves; the one of a group may keep a place, as for clients without an account. */
    private void rolesWithoutRules(JsonPart root) {
        Set<String> used = rolesOf(root, List.of("clients"));
        for (JsonPart role : tried(() -> Optional.of(root.parts("roles"))).orElse(List.of())) {
            String name = name(role.object());
            boolean empty = JsonPart.memberOrNull(role.object(), "acls") instanceof JsonArray acls
                    ? acls.values().isEmpty()
                    : JsonPart.memberOrNull(role.object(), "acls") == null;
            // One that refuses wildcards takes something away.
            boolean plain = tried(() -> Optional.of(role.flag("allowwildcardsubs", true)))
                    .orElse(true);
            if (!name.isEmpty() && used.contains(name) && empty && plain) {
                findings.note(
                        "role-without-rules",
                        role.place(),
                        "the role \"" + Words.shown(name) + "\" has no rule: it gives nothing to who has it",
                        "some rules for it",
                        "`mosquitto_ctrl dynsec addRoleACL " + ShellWords.of(name)
                                + " publishClientReceive FILTER allow`, or no such role");
            }
        }
    }

    private void clientsWithoutRules(AccessPolicy policy, Iterable<RolesReader.Client> clients) {
        // Who may subscribe by default, as `alicia-acl convert` writes it, receives nothing by that alone.
        if ((policy.defaultBits() & (Access.PUBLISH.bit() | Access.RECEIVE.bit())) == 0) {
            AccountRemarks remarks = new AccountRemarks();
            for (RolesReader.Client client : clients) {
                if (policy.rulesOf(client.username()).isEmpty()) {
                    remarks.add(WITHOUT_RULES, client.username(), client.part().place());
                }
            }
            remarks.report(
                    findings,
                    (remark, client) -> "`mosquitto_ctrl dynsec addClientRole " + ShellWords.of(client) + " ROLE`");
        }
    }

    private void whoCannotLogIn(Iterable<RolesReader.Client> clients) {
        AccountRemarks remarks = new AccountRemarks();
        for (RolesReader.Client client : clients) {
            JsonObject json = client.part().object();
            boolean passwordTold = JsonPart.memberOrNull(json, "password") != null
                    || JsonPart.memberOrNull(json, "encoded_password") != null;
            if (tried(() -> Optional.of(client.part().flag("disabled", false))).orElse(false)) {
                remarks.add(DISABLED, client.username(), client.part().place());
            } else if (client.hash() == null && !passwordTold) {
                remarks.add(WITHOUT_PASSWORD, client.username(), client.part().place());
            }
        }
        remarks.report(
                findings,
                (remark, client) -> "`mosquitto_ctrl dynsec "
                        + (remark.equals(DISABLED) ? "enableClient " : "setClientPassword ") + ShellWords.of(client)
                        + "`");
    }

    /** Written by hand: the plugin takes a client without one of the three for one that has no password. */
    private void halfPasswords(Iterable<RolesReader.Client> clients) {
        for (RolesReader.Client client : clients) {
            JsonObject json = client.part().object();
            if (client.hash() == null
                    && JsonPart.memberOrNull(json, "password") instanceof JsonString
                    && (JsonPart.memberOrNull(json, "salt") == null
                            || JsonPart.memberOrNull(json, "iterations") == null)) {
                findings.error(
                        "unusable-password",
                        client.part().place(),
                        "nobody can log in as \"" + Words.shown(client.username())
                                + "\": its password has no salt or no iterations",
                        "the hash of a password",
                        "`mosquitto_ctrl dynsec setClientPassword " + ShellWords.of(client.username()) + "`");
            }
        }
    }

    private void unusedRoles(JsonPart root) {
        Set<String> used = rolesOf(root, List.of("clients", "groups"));
        for (JsonPart role : tried(() -> Optional.of(root.parts("roles"))).orElse(List.of())) {
            String name = name(role.object());
            if (!name.isEmpty() && !used.contains(name)) {
                findings.note(
                        "unused-role",
                        role.place(),
                        "no client and no group has the role \"" + Words.shown(name) + "\"",
                        "to give it to somebody, or nothing",
                        "`mosquitto_ctrl dynsec addClientRole CLIENT " + ShellWords.of(name) + "`, or no such role");
            }
        }
    }

    /** The plugin writes the clients of a group into the group, and reads them there alone. */
    private void groupsOfClients(Collection<RolesReader.Client> clients) {
        for (RolesReader.Client client : clients) {
            JsonValue groups = JsonPart.memberOrNull(client.part().object(), "groups");
            if (groups != null
                    && !(groups instanceof JsonArray array && array.values().isEmpty())) {
                findings.warning(
                        "groups-in-client",
                        client.part().place(),
                        "\"groups\" of a client has no effect: Mosquitto's plugin reads the clients of a group in the group",
                        "the client in these groups",
                        "`mosquitto_ctrl dynsec addGroupClient GROUP " + ShellWords.of(client.username())
                                + "`, which writes it below \"clients\" of the group");
            }
        }
    }

    private static Set<String> rolesOf(JsonPart root, List<String> owners) {
        Set<String> used = new HashSet<>();
        for (String list : owners) {
            objects(root.object(), list)
                    .forEach(owner -> objects(owner, "roles").forEach(role -> used.add(name(role))));
        }
        return used;
    }

    private static List<JsonObject> objects(JsonObject in, String name) {
        return JsonPart.memberOrNull(in, name) instanceof JsonArray array
                ? array.values().stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList()
                : List.of();
    }

    private static String name(JsonObject role) {
        JsonValue name = JsonPart.memberOrNull(role, "rolename");
        return name instanceof JsonString text ? text.value() : "";
    }
}
