package io.alicia.mqtt.access;

import static io.alicia.mqtt.access.RolesFixture.HOUSE;
import static io.alicia.mqtt.access.RolesFixture.decide;
import static io.alicia.mqtt.access.RolesFixture.decides;
import static io.alicia.mqtt.access.RolesFixture.subscribes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DynamicSecurityTest {

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

    /** Mosquitto 2.1.2, seen. */
    @Test
    void of_two_rules_of_a_role_for_one_filter_the_first_counts_whatever_their_priorities() {
        AccessPolicy policy = DynamicSecurity.parse("d.json", """
                {"clients": [{"username": "hall", "roles": [{"rolename": "r"}]}],
                 "roles": [{"rolename": "r", "acls": [
                  {"acltype": "subscribeLiteral", "topic": "a", "priority": 1, "allow": true},
                  {"acltype": "subscribeLiteral", "topic": "a", "priority": 5, "allow": false},
                  {"acltype": "subscribePattern", "topic": "p", "priority": 1, "allow": false},
                  {"acltype": "subscribePattern", "topic": "p", "priority": 5, "allow": true},
                  {"acltype": "publishClientSend", "topic": "s", "allow": true},
                  {"acltype": "publishClientSend", "topic": "s", "priority": 5, "allow": false}]}]}
                """).policy();

        assertThat(subscribes(policy, "c", "a")).isTrue();
        assertThat(subscribes(policy, "c", "p")).isFalse();
        assertThat(decides(policy, "hall", "c", Access.PUBLISH, "s")).isTrue();
    }

    /** The release notes of Mosquitto 2.1, and 2.1.2 seen: asked before the role's other rules. */
    @Test
    void a_role_may_refuse_wildcards() {
        AccessPolicy policy = DynamicSecurity.parse("d.json", """
                {"defaultACLAccess": {"subscribe": true},
                 "clients": [{"username": "hall", "roles": [{"rolename": "r"}, {"rolename": "first", "priority": 5}]}],
                 "roles": [
                  {"rolename": "r", "allowwildcardsubs": false, "acls": [
                   {"acltype": "subscribeLiteral", "topic": "a/#", "allow": true},
                   {"acltype": "subscribePattern", "topic": "b/+", "allow": true}]},
                  {"rolename": "first", "acls": [
                   {"acltype": "subscribePattern", "topic": "c/#", "allow": true}]}]}
                """).policy();

        assertThat(subscribes(policy, "c", "a/#")).isFalse();
        assertThat(subscribes(policy, "c", "b/+")).isFalse();
        assertThat(subscribes(policy, "c", "$SYS/#")).isFalse();
        assertThat(subscribes(policy, "c", "b/x")).isTrue();
        assertThat(subscribes(policy, "c", "other")).isTrue();
        assertThat(subscribes(policy, "c", "c/#")).isTrue();
        assertThat(policy.decideSubscribe("hall", "c", TopicFilter.of("other/#")))
                .hasToString(
                        "denied SUBSCRIBE other/# by hall (client c): d.json:4 `allowwildcardsubs false` of role r");
    }

    /** Mosquitto 2.1.2, seen; 2.0 answers the first five with yes. */
    @ParameterizedTest
    @CsvSource({
        "#,$SYS/#,false",
        "+/#,$SYS/x,false",
        "+,$x,false",
        "/#,#,false",
        "+/#,#,false",
        "#,#,true",
        "#,/#,true",
        "$SYS/#,$SYS/+,true",
        "a/#,a,true",
        "+/#,a,true",
        "a/+,a/,true",
        "a/+,a/#,false",
        "a/+/#,a/#,false",
        "a/#,#,false",
        "a,a/b,false"
    })
    void a_pattern_speaks_of_what_lies_within_it(String pattern, String filter, boolean speaks) {
        assertThat(SubscribeRules.covers(pattern, filter)).isEqualTo(speaks);
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
}
