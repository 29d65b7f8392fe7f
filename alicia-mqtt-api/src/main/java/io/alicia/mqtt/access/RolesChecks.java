package io.alicia.mqtt.access;

import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with the roles of a dynamic-security file. */
final class RolesChecks {

    private final Findings findings;

    RolesChecks(Findings findings) {
        this.findings = findings;
    }

    void run(String name, String text, List<Expectation> expectations) {
        DynamicSecurity roles;
        try {
            roles = DynamicSecurity.parse(name, text);
        } catch (AccessFileException e) {
            String problem = String.valueOf(e.getMessage());
            findings.error(
                    "refused-line",
                    e.line(),
                    "Mosquitto drops what it cannot use, or does not start: "
                            + problem.substring(problem.indexOf(": ") + 2),
                    "what was expected there",
                    "the file with `mosquitto_ctrl dynsec`, which writes it as the plugin reads it");
            return;
        }
        AccessPolicy policy = roles.policy();
        defaults(policy);
        clientsWithoutRules(policy);
        unusedRoles(roles.json());
        for (Expectation expectation : expectations) {
            ExpectationCheck.of(expectation, policy, findings);
        }
    }

    private void defaults(AccessPolicy policy) {
        if ((policy.defaultBits() & Access.PUBLISH.bit()) != 0) {
            findings.error(
                    "everything-for-anybody",
                    0,
                    "every client may publish every topic that no rule denies: defaultACLAccess allows publishClientSend",
                    "to allow what the roles allow",
                    "`mosquitto_ctrl dynsec setDefaultACLAccess publishClientSend deny`");
        }
        if ((policy.defaultBits() & Access.RECEIVE.bit()) != 0
                && (policy.defaultBits() & Access.SUBSCRIBE.bit()) != 0) {
            findings.warning(
                    "everything-for-anybody",
                    0,
                    "every client may receive every topic that no rule denies: defaultACLAccess allows subscribe and"
                            + " publishClientReceive",
                    "to allow what the roles allow",
                    "`mosquitto_ctrl dynsec setDefaultACLAccess publishClientReceive deny`");
        }
    }

    private void clientsWithoutRules(AccessPolicy policy) {
        // Who may subscribe by default, as `alicia-acl convert` writes it, receives nothing by that alone.
        if ((policy.defaultBits() & (Access.PUBLISH.bit() | Access.RECEIVE.bit())) == 0) {
            for (String account : policy.accounts()) {
                if (policy.rulesOf(account).isEmpty()) {
                    findings.warning(
                            "account-without-rules",
                            0,
                            "\"" + Words.shown(account) + "\" can log in, but may neither publish nor receive anything",
                            "some role for it, or no account",
                            "`mosquitto_ctrl dynsec addClientRole " + Words.shown(account) + " ROLE`");
                }
            }
        }
    }

    private void unusedRoles(JsonObject json) {
        Set<String> used = new HashSet<>();
        for (String list : List.of("clients", "groups")) {
            objects(json, list).forEach(owner -> objects(owner, "roles").forEach(role -> used.add(name(role))));
        }
        for (JsonObject role : objects(json, "roles")) {
            if (!used.contains(name(role))) {
                findings.note(
                        "unused-role",
                        0,
                        "no client and no group has the role \"" + Words.shown(name(role)) + "\"",
                        "to give it to somebody, or nothing",
                        "`mosquitto_ctrl dynsec addClientRole CLIENT " + Words.shown(name(role))
                                + "`, or no such role");
            }
        }
    }

    private static List<JsonObject> objects(JsonObject in, String name) {
        return in.getOrNull(name) instanceof JsonArray array
                ? array.values().stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList()
                : List.of();
    }

    private static String name(JsonObject role) {
        JsonValue name = role.getOrNull("rolename");
        return name instanceof JsonString text ? text.value() : "";
    }
}
