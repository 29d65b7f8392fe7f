package io.alicia.mqtt.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DynamicSecurityTest {

    private static final String HOUSE = """
            {
              "defaultACLAccess": {"publishClientSend": false, "publishClientReceive": true, "subscribe": true},
              "clients": [
                {"username": "app", "roles": [{"rolename": "reader"}, {"rolename": "first", "priority": 5}]},
                {"username": "hall", "clientid": "hall-1", "textname": "kept"},
                {"username": "gone", "disabled": true, "roles": []}
              ],
              "groups": [
                {"groupname": "devices", "roles": [{"rolename": "reader"}], "clients": [{"username": "hall"}]},
                {"groupname": "guests", "roles": [{"rolename": "reader"}]}
              ],
              "roles": [
                {"rolename": "reader", "acls": [
                  {"acltype": "publishClientReceive", "topic": "secret/#", "allow": false},
                  {"acltype": "publishClientReceive", "topic": "secret/open", "priority": 3, "allow": true},
                  {"acltype": "subscribePattern", "topic": "secret/#", "allow": false},
                  {"acltype": "subscribeLiteral", "topic": "secret/#", "allow": true},
                  {"acltype": "unsubscribePattern", "topic": "#", "allow": false}
                ]},
                {"rolename": "first", "acls": [{"acltype": "publishClientSend", "topic": "app/#", "allow": true}]}
              ],
              "anonymousGroup": "guests",
              "unknown": [1]
            }
            """;

    private static Decision decide(DynamicSecurity roles, String account, Access access, String topic) {
        return roles.policy().decide(account, "c", access, TopicName.of(topic));
    }

    @Test
    void rules_are_asked_by_priority_and_named_with_line_and_role() {
        DynamicSecurity house = DynamicSecurity.parse("dynamic-security.json", HOUSE);

        assertThat(decide(house, "app", Access.RECEIVE, "secret/open").allowed())
                .isTrue();
        assertThat(decide(house, "app", Access.RECEIVE, "secret/x"))
                .hasToString("denied RECEIVE secret/x by app (client c): dynamic-security.json:14 "
                        + "`publishClientReceive secret/# deny` of role reader");
        assertThat(decide(house, "app", Access.RECEIVE, "other").reason()).isEqualTo(Decision.Reason.DEFAULT_ACCESS);
        assertThat(decide(house, "app", Access.PUBLISH, "app/x").allowed()).isTrue();
        assertThat(decide(house, "hall", Access.PUBLISH, "app/x").denied()).isTrue();
        assertThat(decide(house, "hall", Access.RECEIVE, "secret/x").denied()).isTrue();
        assertThat(decide(house, "nobody", Access.RECEIVE, "other").denied()).isTrue();
        assertThat(house.policy()
                        .decide(null, "c", Access.RECEIVE, TopicName.of("secret/x"))
                        .denied())
                .isTrue();
    }

    /** Mosquitto 2.0.11 and 2.1.2, seen: a role that a client or group has already is not taken again. */
    @Test
    void a_role_or_group_that_somebody_has_twice_counts_the_first_time() {
        String roles = """
                "roles": [
                 {"rolename": "yes", "acls": [{"acltype": "publishClientSend", "topic": "a", "allow": true}]},
                 {"rolename": "no", "acls": [{"acltype": "publishClientSend", "topic": "a", "allow": false}]}]}
                """;
        AccessPolicy own = DynamicSecurity.parse("d.json", """
                {"clients": [{"username": "c", "roles": [{"rolename": "yes"}, {"rolename": "no", "priority": -2},
                  {"rolename": "no", "priority": 5}]}],
                """ + roles).policy();
        AccessPolicy ofGroups = DynamicSecurity.parse("d.json", """
                {"clients": [{"username": "c"}],
                 "groups": [
                  {"groupname": "g1", "roles": [{"rolename": "no"}],
                   "clients": [{"username": "c", "priority": -1}, {"username": "c", "priority": 5}]},
                  {"groupname": "g2", "roles": [{"rolename": "yes"}], "clients": [{"username": "c", "priority": 0}]}],
                """ + roles).policy();

        assertThat(decides(own, "c", "x", Access.PUBLISH, "a")).isTrue();
        assertThat(decides(ofGroups, "c", "x", Access.PUBLISH, "a")).isTrue();
    }

    /** Mosquitto 2.0.11, seen. */
    @Test
    void of_two_rules_for_one_filter_alone_the_last_counts_and_of_others_the_higher_priority() {
        AccessPolicy policy = DynamicSecurity.parse("d.json", """
                {"clients": [{"username": "hall", "roles": [{"rolename": "r"}]}],
                 "roles": [{"rolename": "r", "acls": [
                  {"acltype": "subscribeLiteral", "topic": "a", "priority": 5, "allow": true},
                  {"acltype": "subscribeLiteral", "topic": "a", "priority": 1, "allow": false},
                  {"acltype": "subscribeLiteral", "topic": "b", "priority": 1, "allow": false},
                  {"acltype": "subscribeLiteral", "topic": "b", "priority": 5, "allow": true},
                  {"acltype": "subscribePattern", "topic": "p", "priority": 5, "allow": true},
                  {"acltype": "subscribePattern", "topic": "p", "priority": 1, "allow": false}]}]}
                """).policy();

        assertThat(subscribes(policy, "c", "a")).isFalse();
        assertThat(subscribes(policy, "c", "b")).isTrue();
        assertThat(subscribes(policy, "c", "p")).isTrue();
    }

    @Test
    void an_acl_file_lacks_what_the_default_gives_of_topics_that_begin_with_a_dollar_sign() {
        DynamicSecurity roles = DynamicSecurity.parse("d.json", """
                {"defaultACLAccess": {"publishClientSend": true, "publishClientReceive": true, "subscribe": true},
                 "clients": [{"username": "c"}]}
                """);
        assertThat(decide(roles, "c", Access.PUBLISH, "$house/x").allowed()).isTrue();

        assertThat(AccessConversion.toAclFile("d.acl", roles).differences())
                .extracting(PolicyDiff.Change::toString)
                .contains("c loses PUBLISH $…/# (until now: allowed without a rule; now: no rule)")
                .allMatch(change -> change.contains(" $…/# "));
    }

    @Test
    void subscriptions_have_rules_of_their_own() {
        AccessPolicy policy =
                DynamicSecurity.parse("dynamic-security.json", HOUSE).policy();

        assertThat(policy.decideSubscribe("app", "c", TopicFilter.of("secret/#"))
                        .allowed())
                .isTrue();
        assertThat(policy.decideSubscribe("app", "c", TopicFilter.of("secret/+")))
                .hasToString("denied SUBSCRIBE secret/+ by app (client c): dynamic-security.json:16 "
                        + "`subscribePattern secret/# deny` of role reader");
        assertThat(policy.accessOf("app", "c").maySubscribe(TopicFilter.of("other")))
                .isTrue();
        assertThat(policy.accessOf("app", "c").maySubscribe(TopicFilter.of("$CONTROL/x")))
                .isFalse();
    }

    /** The release notes of Mosquitto 2.1: in all ACLs except for subscribeLiteral and unsubscribeLiteral. */
    @Test
    void placeholders_stand_for_the_clients_own_names_as_a_level_by_themselves() {
        AccessPolicy policy = DynamicSecurity.parse("d.json", """
                {"clients": [{"username": "hall", "roles": [{"rolename": "r"}]}],
                 "groups": [{"groupname": "g", "roles": [{"rolename": "r"}]}], "anonymousGroup": "g",
                 "roles": [{"rolename": "r", "acls": [
                  {"acltype": "publishClientSend", "topic": "s/%c/#", "allow": true},
                  {"acltype": "publishClientSend", "topic": "%c/x", "allow": true},
                  {"acltype": "publishClientSend", "topic": "me-%c", "allow": true},
                  {"acltype": "publishClientReceive", "topic": "s/%u/+", "allow": true},
                  {"acltype": "subscribePattern", "topic": "s/%c/#", "allow": true},
                  {"acltype": "subscribeLiteral", "topic": "l/%c", "allow": true}]}]}
                """).policy();

        assertThat(decides(policy, "hall", "esp", Access.PUBLISH, "s/esp/x")).isTrue();
        assertThat(decides(policy, "hall", "esp", Access.PUBLISH, "s/other/x")).isFalse();
        assertThat(decides(policy, "hall", "esp", Access.PUBLISH, "me-esp")).isFalse();
        assertThat(decides(policy, "hall", "esp", Access.PUBLISH, "me-%c")).isTrue();
        assertThat(decides(policy, "hall", "a/b", Access.PUBLISH, "s/a/b")).isFalse();
        assertThat(decides(policy, "hall", "+", Access.PUBLISH, "s/other")).isFalse();
        assertThat(decides(policy, "hall", "$x", Access.PUBLISH, "$x/x")).isFalse();
        assertThat(decides(policy, "hall", "esp", Access.PUBLISH, "esp/x")).isTrue();
        assertThat(decides(policy, "hall", "esp", Access.RECEIVE, "s/hall/x")).isTrue();
        assertThat(decides(policy, null, "esp", Access.RECEIVE, "s/hall/x")).isFalse();
        assertThat(subscribes(policy, "esp", "s/esp/+")).isTrue();
        assertThat(subscribes(policy, "esp", "s/other/+")).isFalse();
        assertThat(subscribes(policy, "#", "s/#")).isFalse();
        assertThat(subscribes(policy, "esp", "l/esp")).isFalse();
        assertThat(subscribes(policy, "esp", "l/%c")).isTrue();
    }

    @Test
    void an_acl_file_of_roles_has_the_accounts_name_for_its_placeholder_and_says_that_it_lacks_the_clients() {
        AccessPolicy policy = DynamicSecurity.parse("d.json", """
                {"defaultACLAccess": {"subscribe": true},
                 "clients": [{"username": "hall", "roles": [{"rolename": "r"}]}],
                 "roles": [{"rolename": "r", "acls": [
                  {"acltype": "publishClientSend", "topic": "s/%u/#", "allow": true},
                  {"acltype": "publishClientSend", "topic": "c/%c/#", "allow": true}]}]}
                """).policy();

        AccessConversion<AclFile> acl = AccessConversion.toAclFile("house.acl", policy);

        assertThat(acl.result().policy().rulesOf("hall"))
                .containsExactly(AccessRule.topic(AccessRule.Permission.WRITE, "s/hall/#"));
        assertThat(acl.differences()).singleElement().asString().startsWith("hall loses PUBLISH c/%c/#");
    }

    private static boolean decides(
            AccessPolicy policy, @Nullable String account, String client, Access access, String topic) {
        boolean decided =
                policy.decide(account, client, access, TopicName.of(topic)).allowed();
        AccountAccess compiled = policy.accessOf(account, client);
        assertThat(access == Access.PUBLISH ? compiled.mayPublish(topic) : compiled.mayReceive(topic))
                .isEqualTo(decided);
        return decided;
    }

    private static boolean subscribes(AccessPolicy policy, String client, String filter) {
        return policy.accessOf("hall", client).maySubscribe(TopicFilter.of(filter));
    }

    @Test
    void passwords_are_read_and_written_in_the_shapes_of_both_versions() {
        SecureRandom random = new SecureRandom();
        byte[] secret = "secret".getBytes(UTF_8);
        List<PasswordHash> hashes = List.of(
                PasswordHash.pbkdf2Sha512(secret, 3, random),
                PasswordHash.sha512(secret, random),
                PasswordHash.parse(
                        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"));
        AccessPolicy policy =
                AccessPolicy.builder().account("a").mayReceive("x").build();
        for (PasswordHash hash : hashes) {
            DynamicSecurity roles = AccessConversion.toDynamicSecurity("d.json", policy, List.of(Account.of("a", hash)))
                    .result();

            assertThat(roles.accounts()).containsExactly(Account.of("a", hash));
            assertThat(roles.text().contains("encoded_password"))
                    .isEqualTo(hash.scheme() != PasswordHash.Scheme.PBKDF2_SHA512);
        }
        assertThatThrownBy(() -> AccessConversion.toDynamicSecurity(
                        "d.json", policy, List.of(Account.of("a", PasswordHash.plain("secret")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> DynamicSecurity.parse(
                        "d.json", "{\"clients\": [\n{\"username\": \"a\", \"encoded_password\": \"secret\"}]}"))
                .hasMessageStartingWith("d.json:2:39: \"encoded_password\": expected $6$salt$hash")
                .hasMessageNotContaining(": secret");
    }

    @Test
    void what_is_not_known_stays_and_reads_back(@TempDir Path folder) throws IOException {
        DynamicSecurity house = DynamicSecurity.parse("a.json", HOUSE);
        Path file = folder.resolve("a.json");

        house.write(file);

        assertThat(DynamicSecurity.read(file).json()).isEqualTo(house.json());
        assertThat(Files.readString(file)).contains("  \"unknown\": [\n    1\n  ]");
    }

    @Test
    void only_clients_that_can_log_in_are_accounts() {
        String text = HOUSE.replace(
                "\"textname\": \"kept\"",
                "\"iterations\": 101, \"salt\": \"OeLFrPPzLfYp/1YW\", \"password\": \"sx1MMwbFDvbFG6E0yA34MUkg6O5mAZIPZJ"
                        + "TZysbNJQXu0bIDPHDI8Hozp2uuSC1sxOVIB3K0LlIdohrB6+rQPw==\"");

        List<Account> accounts = DynamicSecurity.parse("a.json", text).accounts();

        assertThat(accounts).extracting(Account::name).containsExactly("hall");
        assertThat(accounts.get(0).clientIdentifiers()).containsExactly("hall-1");
        assertThat(accounts.get(0).passwordHash().orElseThrow().matches("geheim ö".getBytes(UTF_8)))
                .isTrue();
    }

    @Test
    void what_the_plugin_would_drop_in_silence_is_refused_with_its_line() {
        assertRefused(
                HOUSE.replace("\"subscribeLiteral\"", "\"subscribe\""), "a.json:17:19: expected \"acltype\" to be");
        assertRefused(HOUSE.replace("[{\"rolename\": \"reader\"}]", "[{\"rolename\": \"x\"}]"), "there is no \"x\"");
        assertRefused(HOUSE.replace("\"priority\": 3", "\"priority\": \"3\""), "expected \"priority\" to be a number");
        assertRefused(
                HOUSE.replace("\"anonymousGroup\": \"guests\"", "\"anonymousGroup\": \"others\""),
                "expected \"anonymousGroup\" to be a group");
        assertRefused(
                HOUSE.replace("\"topic\": \"app/#\"", "\"topic\": \"app/#/x\""), "a.json:20:78: expected a topic");
        assertRefused(
                HOUSE.replace("{\"username\": \"app\"", "{\"user\": \"app\""), "a.json:4:5: expected \"username\"");
        assertRefused("[]", "expected a JSON object, found a JSON array");
        assertRefused("{\"roles\": [}", "a.json:1:12: expected JSON: ");
    }

    private static void assertRefused(String text, String problem) {
        assertThatThrownBy(() -> DynamicSecurity.parse("a.json", text))
                .isInstanceOf(AccessFileException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void an_acl_file_becomes_roles_that_decide_the_same() {
        AccessPolicy policy = AclFile.parse("house.acl", """
                        topic read hello
                        user a
                        topic readwrite x/#
                        topic deny x/secret
                        pattern write logs/%u/#
                        """).policy();
        PasswordHash hash = PasswordHash.pbkdf2Sha512(new byte[] {1}, 101, new SecureRandom());

        AccessConversion<DynamicSecurity> roles = AccessConversion.toDynamicSecurity(
                "a.json", policy, List.of(Account.of("a", hash), Account.of("b", hash)));

        assertThat(roles.isExact()).isTrue();
        assertThat(roles.remarks())
                .containsExactly(
                        "what patterns give to other accounts is left out: accounts that are in neither file cannot log in");
        assertThat(AccessConversion.toDynamicSecurity("a.json", policy, List.of())
                        .differences())
                .hasToString(
                        "[%u loses PUBLISH logs/%u/# (until now: house.acl:5 `pattern write logs/%u/#`; now: no rule)]");
        DynamicSecurity document = roles.result();
        assertThat(document.accounts()).extracting(Account::name).containsExactly("a", "b");
        assertThat(decide(document, "a", Access.PUBLISH, "x/secret").denied()).isTrue();
        assertThat(decide(document, "b", Access.PUBLISH, "logs/b/1").allowed()).isTrue();
        assertThat(Json.parse(PrettyJson.of(document.json()))).isEqualTo(document.json());
    }

    @Test
    void a_client_identifier_in_a_pattern_is_said_for_accounts_that_are_bound_to_one() {
        AccessPolicy policy =
                AclFile.parse("house.acl", "user a\npattern write x/%c\n").policy();
        PasswordHash hash = PasswordHash.pbkdf2Sha512(new byte[] {1}, 101, new SecureRandom());

        DynamicSecurity roles = AccessConversion.toDynamicSecurity(
                        "a.json", policy, List.of(Account.of("a", hash).boundTo(List.of("hall-1"))))
                .result();

        assertThat(roles.accounts().get(0).clientIdentifiers()).containsExactly("hall-1");
        assertThat(roles.policy()
                        .decide("a", "hall-1", Access.PUBLISH, TopicName.of("x/hall-1"))
                        .allowed())
                .isTrue();
    }

    @Test
    void roles_become_an_acl_file_and_what_it_cannot_say_is_told() {
        AccessPolicy there = AclFile.parse(
                        "house.acl",
                        "topic read hello\nuser a\ntopic readwrite x/#\ntopic deny x/secret\nuser b\ntopic write y\n")
                .policy();
        AccessPolicy roles = AccessConversion.toDynamicSecurity("a.json", there, List.of())
                .result()
                .policy();

        AccessConversion<AclFile> back = AccessConversion.toAclFile("back.acl", roles);

        assertThat(back.differences()).isEmpty();
        assertThat(back.result())
                .hasToString(
                        "topic read hello\n\nuser a\ntopic deny x/secret\ntopic readwrite x/#\n\nuser b\ntopic write y\n");
        AccessConversion<AclFile> lossy = AccessConversion.toAclFile(
                "back.acl", DynamicSecurity.parse("a.json", HOUSE).policy());
        assertThat(lossy.isExact()).isFalse();
        assertThat(lossy.differences().toString()).contains("app loses RECEIVE secret/open");
    }

    @Test
    void a_client_identifier_that_is_a_level_is_said_for_whoever_has_one() {
        AccessPolicy policy = AclFile.parse(
                        "house.acl",
                        "pattern read own/%c/#\npattern read all/#\npattern write %u/%c\nuser a\ntopic read x\n")
                .policy();

        AccessConversion<DynamicSecurity> roles =
                AccessConversion.toDynamicSecurity("roles.json", policy, List.of(Account.withoutPassword("a")));

        assertThat(roles.differences()).isEmpty();
        assertThat(roles.remarks())
                .contains("%c in a role is one level, so client identifiers with a slash have no part in house.acl:1"
                        + " `pattern read own/%c/#`, house.acl:3 `pattern write %u/%c` any more; Mosquitto 2.0 takes it for"
                        + " two letters, 2.1 and this broker do not");
        AccessPolicy converted = roles.result().policy();
        assertThat(decides(converted, "a", "c1", Access.RECEIVE, "own/c1/x")).isTrue();
        assertThat(decides(converted, "a", "c1", Access.RECEIVE, "own/c2/x")).isFalse();
        assertThat(decides(converted, null, "c1", Access.RECEIVE, "own/c1/x")).isTrue();
        assertThat(decides(converted, "a", "c1", Access.PUBLISH, "a/c1")).isTrue();
        assertThat(decides(converted, null, "c1", Access.PUBLISH, "a/c1")).isFalse();
    }

    @Test
    void a_client_identifier_beside_other_letters_cannot_be_said() {
        AccessConversion<DynamicSecurity> roles = AccessConversion.toDynamicSecurity(
                "roles.json",
                AclFile.parse("house.acl", "pattern read own/x%c\npattern deny no/x%c\ntopic read no/#\n")
                        .policy(),
                List.of());

        assertThat(roles.differences().toString())
                .contains("an anonymous client loses RECEIVE own/x%c")
                .doesNotContain("no/");
        assertThat(roles.remarks()).isEmpty();
    }

    @Test
    void the_strict_policy_of_a_house_becomes_roles() {
        AccessPolicy policy = StandardPolicy.of(StandardPolicy.Option.PER_DEVICE);

        AccessConversion<DynamicSecurity> roles = AccessConversion.toDynamicSecurity(
                "roles.json", policy, List.of(Account.withoutPassword("esp32_device")));

        assertThat(roles.isExact()).as("%s", roles.differences()).isTrue();
        assertThat(decides(roles.result().policy(), "esp32_device", "hall", Access.PUBLISH, "alicia/sensors/hall/t"))
                .isTrue();
        assertThat(decides(roles.result().policy(), "esp32_device", "hall", Access.PUBLISH, "alicia/sensors/den/t"))
                .isFalse();
    }

    @Test
    void a_name_or_filter_that_an_acl_file_cannot_say_is_named_with_its_role() {
        String document = """
                {"clients": [{"username": "%s", "roles": [{"rolename": "r"}]}],
                 "roles": [{"rolename": "r", "acls": [
                  {"acltype": "publishClientSend", "topic": "%s", "allow": true}]}]}
                """;
        for (String name : List.of(" a", "a ", "a\\u000ab")) {
            AccessPolicy policy = DynamicSecurity.parse("d.json", document.formatted(name, "x"))
                    .policy();
            assertThatThrownBy(() -> AccessConversion.toAclFile("a.acl", policy))
                    .hasMessage(
                            "the account \"" + name + "\" begins or ends with a blank or contains a line break, which"
                                    + " an ACL file cannot say");
        }
        AccessPolicy policy =
                DynamicSecurity.parse("d.json", document.formatted("a", " x/y")).policy();
        assertThatThrownBy(() -> AccessConversion.toAclFile("a.acl", policy))
                .hasMessageStartingWith("the filter of d.json:3 `topic write  x/y` of role r begins or ends");
    }

    @Test
    void a_house_larger_than_any_message_becomes_roles_and_is_read_again() {
        AccessPolicy.Builder policy = AccessPolicy.builder();
        for (int account = 0; account < 140; account++) {
            policy.account("account-" + account).mayPublishAndReceive("house/" + "x".repeat(60_000) + account + "/#");
        }

        AccessConversion<DynamicSecurity> roles =
                AccessConversion.toDynamicSecurity("roles.json", policy.build(), List.of());

        assertThat(roles.result().text().length()).isGreaterThan(Json.MAX_LENGTH);
        assertThat(roles.isExact()).isTrue();
    }

    @Test
    void what_roles_refuse_of_subscriptions_is_gained_with_an_acl_file_which_refuses_none() {
        AccessConversion<AclFile> converted =
                AccessConversion.toAclFile("back.acl", DynamicSecurity.parse("a.json", """
                        {
                          "defaultACLAccess": {"publishClientReceive": true, "subscribe": false, "unsubscribe": true},
                          "clients": [{"username": "app", "roles": [{"rolename": "r"}]}, {"username": "b", "roles": []}],
                          "roles": [{"rolename": "r", "acls": [
                            {"acltype": "subscribeLiteral", "topic": "secret/#", "allow": true},
                            {"acltype": "subscribePattern", "topic": "house/#", "allow": true}
                          ]}]
                        }
                        """));

        assertThat(converted.isExact()).isFalse();
        assertThat(converted.differences())
                .extracting(PolicyDiff.Change::toString)
                .containsExactly(
                        "an anonymous client loses RECEIVE $…/# (until now: allowed without a rule; now: no rule)",
                        "an anonymous client gains SUBSCRIBE # (until now: no rule; now: allowed without a rule)",
                        "app loses RECEIVE $…/# (until now: allowed without a rule; now: no rule)",
                        "app gains SUBSCRIBE # except house/#, exactly secret/# (until now: no rule; now: allowed without a rule)",
                        "b loses RECEIVE $…/# (until now: allowed without a rule; now: no rule)",
                        "b gains SUBSCRIBE # (until now: no rule; now: allowed without a rule)");
    }

    @Test
    void a_change_of_the_rights_to_subscribe_is_told_with_its_rule() {
        AccessPolicy before = DynamicSecurity.parse("old.json", HOUSE).policy();

        assertThat(changes(
                        before,
                        HOUSE.replace(
                                "\"subscribePattern\", \"topic\": \"secret/#\"",
                                "\"subscribePattern\", \"topic\": \"secret/+\"")))
                .contains("app gains SUBSCRIBE secret/# except secret/+, exactly secret/# (until now: old.json:16 "
                        + "`subscribePattern secret/# deny` of role reader; now: allowed without a rule)");
        assertThat(changes(
                        before,
                        HOUSE.replace(
                                "\"subscribeLiteral\", \"topic\": \"secret/#\"",
                                "\"subscribeLiteral\", \"topic\": \"x\"")))
                .contains(
                        "hall loses SUBSCRIBE exactly secret/# (until now: old.json:17 `subscribeLiteral secret/# allow` of role "
                                + "reader; now: new.json:16 `subscribePattern secret/# deny` of role reader)");
        assertThat(changes(before, HOUSE.replace("\"subscribe\": true", "\"subscribe\": false")))
                .contains("gone loses SUBSCRIBE # (until now: allowed without a rule; now: no rule)");
    }

    private static List<String> changes(AccessPolicy before, String after) {
        return PolicyDiff.between(
                        before, DynamicSecurity.parse("new.json", after).policy())
                .changes()
                .stream()
                .map(PolicyDiff.Change::toString)
                .toList();
    }

    @Test
    void every_filter_that_is_accepted_differently_lies_in_a_change() {
        long seed = 20_261_127L;
        SplittableRandom random = new SplittableRandom(seed);
        int different = 0;
        for (int round = 0; round < 500; round++) {
            AccessPolicy before = randomRoles(random);
            AccessPolicy after = randomRoles(random);
            List<PolicyDiff.Change> changes = PolicyDiff.between(before, after).changesOf("a");
            for (int question = 0; question < 30; question++) {
                String filter = randomFilter(random);
                boolean then =
                        before.decideSubscribe("a", "c", TopicFilter.of(filter)).allowed();
                boolean now =
                        after.decideSubscribe("a", "c", TopicFilter.of(filter)).allowed();
                if (then != now) {
                    different++;
                    assertThat(changes)
                            .as("seed %d, round %d: %s", seed, round, filter)
                            .anyMatch(change -> change.access() == Access.SUBSCRIBE
                                    && change.gained() == now
                                    && (change.literal()
                                            ? change.topicFilter().equals(filter)
                                            : SubscribeRules.covers(change.topicFilter(), filter))
                                    && change.except().stream()
                                            .noneMatch(gap -> gap.startsWith("exactly ")
                                                    ? gap.equals("exactly " + filter)
                                                    : SubscribeRules.covers(gap, filter)));
                } else {
                    assertThat(changes)
                            .as("seed %d, round %d: exactly %s", seed, round, filter)
                            .noneMatch(change ->
                                    change.literal() && change.topicFilter().equals(filter));
                }
            }
        }
        assertThat(different).as("filters that are accepted differently").isGreaterThan(1_000);
    }

    private static AccessPolicy randomRoles(SplittableRandom random) {
        List<AccessRule> rules = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            rules.add(AccessRule.ofRole(
                    random.nextBoolean() ? AccessRule.Kind.SUBSCRIBE_LITERAL : AccessRule.Kind.SUBSCRIBE_PATTERN,
                    random.nextBoolean(),
                    randomFilter(random),
                    null,
                    "r"));
        }
        return AccessPolicy.ofRoles(Map.of("a", rules), List.of(), random.nextBoolean() ? Access.SUBSCRIBE.bit() : 0);
    }

    private static String randomFilter(SplittableRandom random) {
        List<String> levels = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            levels.add(List.of("a", "b", "+", "$x", "").get(random.nextInt(5)));
        }
        if (random.nextInt(3) == 0) {
            levels.add("#");
        }
        String filter = String.join("/", levels);
        return filter.isEmpty() ? "#" : filter;
    }

    @Test
    void an_acl_file_leaves_out_a_deny_that_stands_behind_what_allows_all_of_it() {
        AccessPolicy house = AclFile.parse("house.acl", """
                user bob
                topic readwrite u/#
                pattern deny u/%u/no
                pattern read u/%u/#
                """).policy();
        AccessConversion<DynamicSecurity> roles = AccessConversion.toDynamicSecurity("d.json", house, List.of());

        AccessConversion<AclFile> back = AccessConversion.toAclFile("house.acl", roles.result());

        assertThat(back.differences()).isEmpty();
        assertThat(back.isExact()).isTrue();
        assertThat(back.result().policy().rulesOf("bob")).noneMatch(rule -> rule.denies(Access.PUBLISH));
    }
}
