package io.alicia.mqtt.access;

import static io.alicia.mqtt.access.RolesFixture.HOUSE;
import static io.alicia.mqtt.access.RolesFixture.decide;
import static io.alicia.mqtt.access.RolesFixture.decides;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.topic.TopicName;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of an ACL file as roles, and of roles as an ACL file. */
class RolesConversionTest {

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
                        "an anonymous client gains SUBSCRIBE $…/# (until now: no rule; now: allowed without a rule)",
                        "app loses RECEIVE $…/# (until now: allowed without a rule; now: no rule)",
                        "app gains SUBSCRIBE # except house/#, exactly secret/# (until now: no rule; now: allowed without a rule)",
                        "app gains SUBSCRIBE $…/# (until now: no rule; now: allowed without a rule)",
                        "b loses RECEIVE $…/# (until now: allowed without a rule; now: no rule)",
                        "b gains SUBSCRIBE # (until now: no rule; now: allowed without a rule)",
                        "b gains SUBSCRIBE $…/# (until now: no rule; now: allowed without a rule)");
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
