package io.alicia.mqtt.access;

import static io.alicia.mqtt.access.CheckedFiles.kinds;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.topic.TopicName;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with the roles and clients of dynamic-security JSON. */
class RolesFindingsTest {

    private CheckedFiles files = CheckedFiles.NONE;

    @BeforeEach
    void files(@TempDir Path folder) {
        files = new CheckedFiles(folder);
    }

    @Test
    void roles_that_allow_more_than_it_seems_or_nothing_are_pointed_at() {
        List<Finding> findings = files.check("""
                {"defaultACLAccess": {"publishClientSend": true, "publishClientReceive": true, "subscribe": true},
                 "clients": [{"username": "a", "roles": [{"rolename": "r"}]}],
                 "roles": [{"rolename": "r", "acls": [
                   {"acltype": "publishClientSend", "topic": "homeassistant/#", "allow": false}]},
                   {"rolename": "unused", "acls": []}]}
                """, null, List.of("nobody may publish homeassistant/#"));

        assertThat(kinds(findings))
                .containsExactly(
                        "1 everything-for-anybody",
                        "1 everything-for-anybody",
                        "1 expectation-broken",
                        "5 unused-role");
        assertThat(findings.get(2).today()).startsWith("a client without an account may publish homeassistant/#");
        assertThat(kinds(files.check("{\"roles\": [\n{\"rolename\": 5}]}", null, List.of())))
                .containsExactly("2 refused-line");
        assertThat(kinds(files.check("{\"clients\": [{\"username\": \"a\"}]}", null, List.of())))
                .containsExactly("1 account-without-rules");
        assertThat(kinds(files.check(
                        "{\"defaultACLAccess\": {\"subscribe\": true}, \"clients\": [{\"username\": \"a\"}]}",
                        null,
                        List.of())))
                .containsExactly("1 account-without-rules");
    }

    @Test
    void a_role_that_only_refuses_wildcards_is_not_said_to_give_nothing() {
        String document = """
                {"clients": [{"username": "a", "roles": [{"rolename": "r"}, {"rolename": "plain"}]}],
                 "roles": [{"rolename": "r", "acls": [
                   {"acltype": "publishClientSend", "topic": "x", "allow": true}]},
                   {"rolename": "plain", "allowwildcardsubs": %s}]}
                """;

        assertThat(kinds(files.check(document.formatted(false), null, List.of())))
                .doesNotContain("4 role-without-rules");
        assertThat(kinds(files.check(document.formatted(true), null, List.of())))
                .contains("4 role-without-rules");
    }

    @Test
    void what_the_plugin_reads_in_spite_of_its_spelling_is_read_and_pointed_at() {
        String document = """
                {"clients": [{"username": "a", "clientId": "esp-1", "iterations": 30000,
                "salt": "AAAAAAAAAAAAAAAA", "password": "%s==", "Roles": [{"rolename": "r"}]},
                             {"username": "z", "Disabled": true, "roles": [{"rolename": "r", "priority": 1.9}]}],
                 "roles": [{"rolename": "r", "acls": [
                   {"acltype": "publishClientSend", "Topic": "x", "topic": "y", "allow": true}]}]}
                """.formatted("B" + "A".repeat(85));

        DynamicSecurity read = DynamicSecurity.parse("roles.json", document);
        List<Finding> findings = files.check(document, null, List.of());

        assertThat(read.logIns().get("a"))
                .isNotNull()
                .satisfies(logIn -> assertThat(logIn.hindrance("other"))
                        .hasValueSatisfying(reason -> assertThat(reason).contains("esp-1")));
        assertThat(read.logIns().get("z"))
                .isNotNull()
                .satisfies(logIn -> assertThat(logIn.hindrance("z"))
                        .hasValueSatisfying(reason -> assertThat(reason).contains("disabled")));
        assertThat(read.policy()
                        .decide("a", "esp-1", Access.PUBLISH, TopicName.of("x"))
                        .allowed())
                .isTrue();
        assertThat(kinds(findings))
                .contains(
                        "1 misspelt-member",
                        "2 misspelt-member",
                        "3 misspelt-member",
                        "3 odd-number",
                        "5 repeated-member");
        assertThat(findings.toString())
                .contains("\"clientId\" is read as \"clientid\"")
                .contains("\"Topic\" counts and \"topic\" does not")
                .contains("1.9 is read as 1");
    }

    @Test
    void a_member_that_stands_there_again_does_not_count_and_is_pointed_at() {
        String document = """
                {"clients": [{"username": "a", "roles": [{"rolename": "r"}]}],
                 "roles": [{"rolename": "r", "acls": [
                   {"acltype": "publishClientSend", "topic": "x", "allow": false,
                    "allow": true, "topic": "#"}]}],
                 "roles": [{"rolename": "r", "rolename": "s"}]}
                """;

        AccessPolicy read = DynamicSecurity.parse("roles.json", document).policy();
        List<Finding> findings = files.check(document, null, List.of());

        assertThat(read.decide("a", "c", Access.PUBLISH, TopicName.of("x")))
                .asString()
                .isEqualTo("denied PUBLISH x by a (client c): roles.json:3 `publishClientSend x deny` of role r");
        List<Finding> repeated = findings.stream()
                .filter(finding -> finding.kind().equals("repeated-member"))
                .toList();
        assertThat(kinds(repeated)).containsExactly("4 repeated-member", "4 repeated-member", "5 repeated-member");
        assertThat(repeated).allMatch(finding -> finding.severity() == Finding.Severity.WARNING);
        assertThat(repeated.get(0).column()).isEqualTo(5);
        assertThat(repeated.get(0).today())
                .isEqualTo(
                        "\"allow\" stands there again (/roles/0/acls/0/allow): the first counts to Mosquitto and this"
                                + " does not, while other programs take the last");
        assertThat(repeated.get(2).today()).startsWith("\"roles\" stands there again (/roles):");
    }

    @Test
    void groups_in_a_client_are_said_to_have_no_effect() {
        List<Finding> findings = files.check("""
                {"clients": [
                  {"username": "a", "roles": [{"rolename": "r"}], "groups": [{"groupname": "none"}]}],
                 "groups": [],
                 "roles": [{"rolename": "r", "acls": [
                   {"acltype": "publishClientSend", "topic": "x", "allow": true}]}]}
                """, null, List.of());

        assertThat(kinds(findings)).containsExactly("2 groups-in-client");
        assertThat(findings.get(0).write()).startsWith("`mosquitto_ctrl dynsec addGroupClient GROUP a`");
    }

    @Test
    void passwords_of_clients_are_judged_as_those_of_a_password_file() {
        String hash = "B" + "A".repeat(85) + "==";

        List<Finding> findings = files.check("""
                {"clients": [
                  {"username": "a", "iterations": 101, "salt": "AAAAAAAAAAAAAAAA", "password": "%1$s",
                   "roles": [{"rolename": "r"}]},
                  {"username": "b", "iterations": 2, "salt": "AAAAAAAAAAAAAAAB", "password": "%1$s",
                   "roles": [{"rolename": "r"}]},
                  {"username": "c", "iterations": 30000, "salt": "AAAAAAAA", "password": "%1$s",
                   "roles": [{"rolename": "r"}]},
                  {"username": "d", "iterations": 30000, "salt": "AAAAAAAAAAAAAAAA",
                   "password": "plaintext", "roles": [{"rolename": "r"}]},
                  {"username": "e", "password": "plaintext", "roles": [{"rolename": "r"}]},
                  {"username": "f", "encoded_password": "$6$AAAAAAAAAAAAAAAA$%1$s", "disabled": true,
                   "roles": [{"rolename": "r"}]},
                  {"username": "g", "roles": [{"rolename": "r"}]}
                 ],
                 "roles": [{"rolename": "r", "acls": [
                   {"acltype": "publishClientSend", "topic": "x", "allow": true}]}]}
                """.formatted(hash), null, List.of());

        assertThat(kinds(findings))
                .containsExactly(
                        "2 weak-hash",
                        "4 weak-hash",
                        "6 hand-made-hash",
                        "9 unusable-password",
                        "10 unusable-password",
                        "11 weak-hash",
                        "11 disabled-client");
        assertThat(findings.get(0).today()).startsWith("the password of \"a\" has 101 iterations");
        assertThat(findings.toString()).doesNotContain("plaintext").doesNotContain("AAAA");
    }

    @Test
    void everything_that_the_plugin_cannot_use_is_pointed_at_and_not_only_the_first() {
        List<Finding> findings = files.check("""
                {"clients": [
                  {"username": "a", "roles": [{"rolename": "gone"}]},
                  {"username": "a"},
                  {"user": "b"}],
                 "groups": [{"groupname": "g", "clients": [
                   {"username": "nobody"}]}],
                 "roles": [{"rolename": "r", "acls": [
                   {"acltype": "publishClientSend", "topic": "a/#/b", "allow": true},
                   {"acltype": "publish", "topic": "x"},
                   {"acltype": "publishClientSend",
                    "topic": "x", "priority": "high", "allow": true}
                 ]}],
                 "anonymousGroup": "guests"
                }
                """, null, List.of());

        assertThat(kinds(findings).stream().filter(kind -> kind.endsWith("refused-line")))
                .containsExactly(
                        "2 refused-line",
                        "3 refused-line",
                        "4 refused-line",
                        "6 refused-line",
                        "8 refused-line",
                        "9 refused-line",
                        "11 refused-line",
                        "13 refused-line");
    }

    @Test
    void a_rule_that_does_its_work_for_one_client_is_not_pointed_at_for_another() {
        List<Finding> findings = files.check("""
                {"clients": [
                  {"username": "reader", "roles": [{"rolename": "read"}]},
                  {"username": "both", "roles": [{"rolename": "read"}, {"rolename": "subscribe"}]},
                  {"username": "limited", "roles": [{"rolename": "write"}, {"rolename": "limit", "priority": 1}]},
                  {"username": "late", "roles": [{"rolename": "write"}, {"rolename": "zlimit", "priority": -1}]}],
                 "roles": [
                  {"rolename": "read", "acls": [{"acltype": "publishClientReceive", "topic": "a/#", "allow": true}]},
                  {"rolename": "subscribe", "acls": [{"acltype": "subscribePattern", "topic": "#", "allow": true}]},
                  {"rolename": "write", "acls": [{"acltype": "publishClientSend", "topic": "a/#", "allow": true}]},
                  {"rolename": "limit", "acls": [{"acltype": "publishClientSend", "topic": "a/b", "allow": false}]},
                  {"rolename": "zlimit", "acls": [
                    {"acltype": "publishClientSend", "topic": "a/b", "allow": false}]}]}
                """, null, List.of());

        assertThat(kinds(findings)).containsExactly("12 deny-never-asked");
        assertThat(findings.get(0).today())
                .startsWith("`publishClientSend a/b deny` never decides for late: line 9")
                .contains("allows the same topics");
    }

    @Test
    void a_deny_is_told_to_go_only_where_it_keeps_no_more_than_the_rule_behind_it() {
        String roles = """
                {"defaultACLAccess": {"subscribe": true, "publishClientReceive": %s},
                 "clients": [{"username": "a", "roles": [{"rolename": "r"}]}],
                 "roles": [{"rolename": "r", "acls": [
                   {"acltype": "publishClientReceive", "topic": "v/#", "priority": 1, "allow": false},
                   {"acltype": "publishClientReceive", "topic": "v/response", "allow": true},
                   {"acltype": "publishClientReceive", "topic": "%s", "allow": true}]}]}
                """;
        String higher = "a higher priority for this rule, or for its role, than for the other";

        assertThat(denyBeforeAllow(roles.formatted("false", "#")).write()).isEqualTo(higher);
        assertThat(denyBeforeAllow(roles.formatted("true", "other/#")).write()).isEqualTo(higher);
        assertThat(denyBeforeAllow(roles.formatted("false", "other/#")).write())
                .isEqualTo("no deny at all, as the default denies; or " + higher);
    }

    private Finding denyBeforeAllow(String roles) {
        return files.check(roles, null, List.of()).stream()
                .filter(finding -> finding.kind().equals("deny-before-allow"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_role_without_wildcards_is_said_to_need_mosquitto_2_1() {
        String roles = """
                {"defaultACLAccess": {"subscribe": true},
                 "clients": [{"username": "a", "roles": [{"rolename": "r"}]}],
                 "roles": [{"rolename": "r", "allowwildcardsubs": %s, "acls": [
                   {"acltype": "publishClientReceive", "topic": "x", "allow": true}]}]}
                """;

        assertThat(files.check(roles.formatted("false"), null, List.of()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo("not-for-mosquitto-2.0");
                    assertThat(finding.line()).isEqualTo(3);
                    assertThat(finding.severity()).isEqualTo(Finding.Severity.NOTE);
                });
        assertThat(files.check(roles.formatted("true"), null, List.of())).isEmpty();
        assertThat(AccessConversion.toAclFile("a.acl", DynamicSecurity.parse("d.json", roles.formatted("false")))
                        .differences())
                .extracting(PolicyDiff.Change::toString)
                .containsExactly(
                        "a gains SUBSCRIBE # except filters without a wildcard (until now: d.json:3 `allowwildcardsubs"
                                + " false` of role r; now: allowed without a rule)",
                        "a gains SUBSCRIBE $…/# except filters without a wildcard (until now: d.json:3 `allowwildcardsubs"
                                + " false` of role r; now: allowed without a rule)");
    }

    @Test
    void a_literal_with_a_wildcard_in_a_role_that_refuses_them_never_decides() {
        List<Finding> findings = files.check("""
                {"clients": [{"username": "a", "roles": [{"rolename": "r"}]}],
                 "roles": [{"rolename": "r", "allowwildcardsubs": false, "acls": [
                   {"acltype": "subscribeLiteral", "topic": "x/#", "allow": true},
                   {"acltype": "publishClientReceive", "topic": "x/#", "allow": true},
                   {"acltype": "subscribeLiteral", "topic": "x/y", "allow": true}]}]}
                """, null, List.of());

        assertThat(kinds(findings)).contains("3 deny-before-allow").doesNotContain("5 deny-before-allow");
        assertThat(findings.stream().filter(finding -> finding.kind().equals("deny-before-allow")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.today()).contains("`allowwildcardsubs false` is asked before it");
                    assertThat(finding.write()).contains("a higher priority for a role of its own than for the other");
                });
    }

    @Test
    void what_stands_there_twice_and_differently_is_pointed_at() {
        List<Finding> findings = files.check("""
                {"clients": [{"username": "a", "roles": [
                   {"rolename": "r"},
                   {"rolename": "r", "priority": 5}]}],
                 "groups": [{"groupname": "g", "roles": [{"rolename": "r"}], "clients": [
                   {"username": "a"},
                   {"username": "a", "priority": 3}]}],
                 "roles": [{"rolename": "r", "acls": [
                   {"acltype": "publishClientSend", "topic": "x", "priority": 1, "allow": true},
                   {"acltype": "publishClientSend", "topic": "x", "allow": false}]}]}
                """, null, List.of());

        assertThat(kinds(findings))
                .contains("3 repeated-role", "6 repeated-role", "9 contradicting-rules")
                .doesNotContain("2 repeated-role");
        assertThat(findings.stream().filter(finding -> finding.kind().equals("contradicting-rules")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING))
                .extracting(Finding::today)
                .asString()
                .isEqualTo(
                        "line 8 says the opposite of the same topic in the same role: this broker and Mosquitto 2.1 go by"
                                + " what stands first in the file, Mosquitto 2.0 by the higher priority");
    }

    @Test
    void a_right_to_receive_that_nobody_can_subscribe_to_names_what_is_missing() {
        List<Finding> findings = files.check("""
                {"clients": [{"username": "a", "roles": [{"rolename": "r"}]}],
                 "roles": [{"rolename": "r", "acls": [
                   {"acltype": "publishClientReceive", "topic": "a/#", "allow": true},
                   {"acltype": "publishClientReceive", "topic": "b/x", "allow": true},
                   {"acltype": "subscribePattern", "topic": "b/#", "allow": false},
                   {"acltype": "subscribeLiteral", "topic": "a/x", "allow": true}]}]}
                """, null, List.of());

        assertThat(kinds(findings)).containsExactly("4 receive-without-subscribe", "5 deny-without-grant");
        assertThat(findings.get(0).write()).startsWith("`subscribePattern b/x allow` besides");
    }

    @Test
    void a_document_without_clients_is_pointed_at() {
        for (String text : List.of("{}", "{\"foo\": 1}")) {
            List<Finding> findings = files.check(text, null, List.of());
            assertThat(kinds(findings)).containsExactly("1 no-clients");
            assertThat(findings.get(0).today()).contains("nobody can log in");
        }
        List<Finding> list = files.check("[]", null, List.of());
        assertThat(kinds(list)).containsExactly("1 refused-line");
        assertThat(list.get(0).today()).contains("expected a JSON object, found a JSON array");
        assertThat(list.get(0).write()).doesNotContain("topic read");
    }

    @Test
    void clients_that_nobody_can_log_in_as_are_pointed_at() {
        Path file = files.written("d.json", """
                {"clients": [
                  {"username": "gone", "disabled": true, "roles": [{"rolename": "r"}]},
                  {"username": "a", "roles": [{"rolename": "r"}]},
                  {"username": "b", "roles": [{"rolename": "r"}]}],
                 "roles": [{"rolename": "r", "acls": [
                   {"acltype": "publishClientSend", "topic": "x", "allow": true}]}]}
                """);

        List<Finding> findings = AccessChecker.of(file, null).check();

        assertThat(kinds(findings)).containsExactly("2 disabled-client", "3 client-without-password");
        assertThat(findings).extracting(Finding::severity).containsOnly(Finding.Severity.NOTE);
        assertThat(findings.get(0).today()).isEqualTo("nobody can log in as \"gone\": the client is disabled");
        assertThat(findings.get(1).today()).contains("\"a\" (line 3), \"b\" (line 4)");
        assertThat(findings.get(1).furtherLines()).containsExactly(4);
    }
}
