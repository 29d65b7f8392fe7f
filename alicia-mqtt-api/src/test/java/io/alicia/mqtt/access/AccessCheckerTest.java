package io.alicia.mqtt.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessCheckerTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path folder;

    private List<Finding> acl(String... lines) {
        return check(String.join("\n", lines), null, List.of());
    }

    private List<Finding> check(@Nullable String acl, @Nullable String passwords, List<String> expectations) {
        try {
            Path aclFile = acl == null ? null : Files.writeString(folder.resolve("house.acl"), acl);
            Path passwordFile = null;
            if (passwords != null) {
                passwordFile = folder.resolve("passwords");
                Files.writeString(passwordFile, passwords);
                Files.setPosixFilePermissions(passwordFile, PosixFilePermissions.fromString("rw-------"));
            }
            AccessChecker checker = AccessChecker.of(aclFile, passwordFile);
            for (String expectation : expectations) {
                checker = checker.expecting(Expectation.parse(expectation));
            }
            return checker.check();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String lines(String... lines) {
        return String.join("\n", lines);
    }

    private static List<String> kinds(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.line() + " " + finding.kind())
                .toList();
    }

    private static String strong(String account) {
        return account + ":"
                + PasswordHash.pbkdf2Sha512(new byte[] {1}, 21_000, RANDOM).encoded() + "\n";
    }

    @Test
    void a_deny_at_the_end_of_the_file_that_locks_out_the_administrator_alone_is_pointed_at() {
        String[] house = {
            "user esp32", // 1
            "topic write alicia/sensors/#", // 2
            "", // 3
            "user admin", // 4
            "topic readwrite #", // 5
            "", // 6
            "# nobody else", // 7
            "topic deny alicia/#" // 8
        };

        List<Finding> findings = acl(house);

        assertThat(kinds(findings)).containsExactly("8 deny-in-one-section");
        assertThat(findings.get(0).today()).contains("holds for admin alone");
        assertThat(findings.get(0).write()).contains("remove the line");
        house[4] = "topic readwrite alicia/+/status";
        assertThat(acl(house).get(0).today()).contains("locks it out").contains("line 5 never decides");
    }

    @Test
    void a_deny_that_takes_a_part_out_of_a_grant_is_fine() {
        assertThat(acl("user a", "topic alicia/#", "topic deny alicia/lock/#", "", "user b", "topic read x"))
                .isEmpty();
    }

    @Test
    void a_deny_of_the_whole_house_is_pointed_at_wherever_it_stands() {
        List<Finding> findings = acl(
                "user admin",
                "topic readwrite #",
                "topic deny alicia/#",
                "",
                "user esp32",
                "topic write alicia/sensors/#");

        assertThat(kinds(findings)).containsExactly("3 deny-in-one-section");
        assertThat(findings.get(0).severity()).isEqualTo(Finding.Severity.WARNING);
        assertThat(findings.get(0).today()).contains("holds for admin alone").contains("every topic of the house");
        assertThat(kinds(acl("user admin", "topic readwrite #", "topic deny alicia/#")))
                .containsExactly("3 deny-in-one-section");
    }

    @Test
    void a_filter_that_leaves_the_device_out_is_pointed_at() {
        List<Finding> findings = acl(
                "user a",
                "topic read alicia/devices/command",
                "topic read alicia/sensors",
                "topic read alicia/devices/heartbeat",
                "topic read alicia/voice/command",
                "topic write alicia/sensors/hall");

        assertThat(kinds(findings)).containsExactly("2 misspelt-topic", "3 misspelt-topic");
        assertThat(findings.get(0).write()).isEqualTo("`topic read alicia/devices/+/command`");
        assertThat(findings.get(1).write()).isEqualTo("`topic read alicia/sensors/#`");
    }

    @Test
    void what_follows_a_broken_user_line_is_not_taken_for_rules_of_the_account_before() {
        assertThat(kinds(acl("user alicia", "topic readwrite #", "User esp32", "topic write alicia/sensors/#")))
                .containsExactly("3 refused-line");
    }

    @Test
    void an_account_with_a_comment_in_its_name_is_looked_up_without_it() {
        assertThat(kinds(check(lines("user voice # the Pi", "topic read x"), strong("voice"), List.of())))
                .containsExactly("1 comment-behind-rule", "1 account-without-rules");
    }

    @Test
    void an_account_by_the_beginning_of_its_name_is_taken_for_the_one_without_a_section() {
        List<Finding> findings = check(lines("user sonos", "topic read x"), strong("sonos_speaker"), List.of());

        assertThat(findings.get(0).write()).isEqualTo("`user sonos_speaker`");
    }

    @Test
    void an_empty_hash_is_not_taken_for_a_password_and_no_advice_costs_the_other_accounts() {
        List<Finding> findings = check(null, "# the house\nguest:\n" + strong("alicia"), List.of());

        assertThat(kinds(findings)).containsExactly("2 unusable-password");
        assertThat(findings.get(0).today()).contains("nothing stands there").doesNotContain("password itself");
        assertThat(findings.get(0).write()).doesNotContain("mosquitto_passwd");
    }

    @Test
    void a_deny_that_takes_nothing_is_pointed_at() {
        assertThat(kinds(acl("user a", "topic read x", "topic deny y", "user b", "topic read y")))
                .containsExactly("3 deny-without-grant");
    }

    @Test
    void a_deny_is_taken_for_what_its_place_says() {
        List<Finding> first = acl("user a", "topic deny alicia/#", "topic read alicia/x", "user b", "topic read y");
        List<Finding> last = acl("user a", "topic read alicia/x", "topic deny #", "user b", "topic read y");

        assertThat(kinds(first)).containsExactly("2 deny-in-one-section");
        assertThat(first.get(0).meant()).isEqualTo("to deny what the lines below do not grant");
        assertThat(kinds(last)).containsExactly("3 deny-in-one-section");
        assertThat(last.get(0).meant()).isEqualTo("to deny what the lines above do not grant");
        assertThat(kinds(acl(
                        "user a",
                        "topic read x",
                        "user admin",
                        "topic readwrite #",
                        "topic deny alicia/#",
                        "topic deny homeassistant/#")))
                .containsExactly("5 deny-in-one-section", "6 deny-in-one-section");
        assertThat(kinds(acl("user a", "topic read x", "pattern read y/%c", "pattern deny x/#")))
                .containsExactly("3 pattern-in-section", "4 deny-without-grant");
    }

    @Test
    void a_deny_before_the_first_user_is_no_default_for_everybody() {
        List<Finding> findings = acl("topic deny #", "user a", "topic read x");

        assertThat(kinds(findings)).containsExactly("1 rules-before-first-user");
        assertThat(findings.get(0).today()).endsWith("every account keeps what its section grants");
        assertThat(findings.get(0).write()).isEqualTo("no line at all: what no rule grants is denied");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "topic rw alicia/x;                refused-line; `topic readwrite alicia/x`",
                "topic publish alicia/x;           refused-line; `topic write alicia/x`",
                "topic alicia/x read;              refused-line; `topic read alicia/x`",
                "subscribe alicia/x;               refused-line; `topic read alicia/x`",
                "Topic read alicia/x;              refused-line; `topic read alicia/x`",
                "topic Read alicia/x;              refused-line; `topic read alicia/x`",
                "user: bob;                        refused-line; `user bob`",
                "topic read alicia/#/status;       refused-line; `topic read alicia/+/status`",
                "topic read alicia/sensor+;        refused-line; `topic read alicia/sensor/+`",
                "topic read #/status;              refused-line; `topic read +/status`",
                "listener 1883;                    refused-line; a line such as `topic read alicia/sensors/#`",
                "topic read alicia/x # why;        comment-behind-rule; |`topic read alicia/x`, and the comment on a line of its own|",
                "topic read alicia/;               empty-level; `topic read alicia` or `topic read alicia/#`",
                "topic read alicia//x;             empty-level; `topic read alicia/x`",
                "topic write alicia/{device_id}/x; unknown-placeholder; |`pattern write alicia/%c/x` with %c for the client identifier or %u for the account, or `topic write alicia/+/x` for any device|",
                "topic readwrite $SYS/broker/x;    matches-nothing; `topic read $SYS/broker/x`"
            })
    void a_line_that_cannot_be_meant_so_is_written_anew(String line, String kind, String write) {
        List<Finding> findings = acl("user a", "topic read ok", line);

        assertThat(kinds(findings)).containsExactly("3 " + kind);
        assertThat(findings.get(0).write()).isEqualTo(write);
    }

    @Test
    void a_section_without_rules_is_pointed_at_unless_one_could_not_be_read() {
        assertThat(kinds(acl("user a", "user b", "topic read x", "user c", "topic read x # y")))
                .containsExactly("1 section-without-rules", "5 comment-behind-rule");
    }

    @Test
    void topics_that_are_spelt_almost_as_the_houses_are_pointed_at_and_topics_of_ones_own_are_not() {
        List<Finding> findings = acl(
                "user a",
                "topic read alicia/sensor/#",
                "topic read alicia/Devices/+/status",
                "topic write alicai/commands/#",
                "topic write homeassistent/status",
                "topic write alicia/logs/x",
                "topic write alicia/+/y",
                "topic write zigbee2mqtt/#");

        assertThat(kinds(findings))
                .containsExactly("2 misspelt-topic", "3 misspelt-topic", "4 misspelt-topic", "5 misspelt-topic");
        assertThat(findings.get(0).write()).isEqualTo("`topic read alicia/sensors/#`");
        assertThat(acl("user a", "topic read home/sensor/#")).isEmpty();
    }

    @Test
    void characters_that_cannot_be_seen_are_shown() {
        List<Finding> findings =
                acl("user a", "topic read\u00a0alicia/#", "topic read alicia/y\u200b", "user b\u00a0c");

        assertThat(kinds(findings))
                .containsExactly(
                        "2 invisible-character",
                        "3 invisible-character",
                        "4 invisible-character",
                        "4 section-without-rules");
        assertThat(findings.get(0).today()).endsWith("read\\u00a0alicia/#");
        assertThat(findings.get(0).write()).isEqualTo("`topic read alicia/#`");
    }

    @Test
    void names_that_other_brokers_take_for_everybody_or_for_several_accounts_are_pointed_at() {
        assertThat(kinds(acl(
                        "user *", "topic read x", "user anonymous", "topic read x", "user bob, eve", "topic read x")))
                .containsExactly("1 no-such-wildcard", "3 no-such-wildcard", "5 odd-account-name");
    }

    @Test
    void hashes_of_other_programs_are_told_from_passwords_in_the_clear() {
        List<Finding> findings = check(
                null,
                lines(
                        "a:secret", // 1
                        "b:$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy", // 2
                        "c:$6$abcdefghijklmnop$"
                                + "4MjOne1jVRKP4IuHRPFedC4vlQHNjvcBfQJVlfB8ciQ5"
                                        .repeat(2)
                                        .substring(0, 86), // 3
                        "d:$1$abc$def"), // 4
                List.of());

        assertThat(kinds(findings))
                .containsExactly(
                        "1 unusable-password", "2 unusable-password", "3 unusable-password", "4 unusable-password");
        assertThat(findings.get(0).today()).contains("it looks like the password itself");
        assertThat(findings.get(1).today()).contains("this is bcrypt");
        assertThat(findings.get(2).today()).contains("crypt(3)");
        assertThat(findings.get(3).today()).contains("a hash of another program");
        assertThat(findings.toString()).doesNotContain("secret").doesNotContain("N9qo8u");
    }

    @Test
    void a_comment_behind_a_filter_or_a_name_is_pointed_at_whether_mosquitto_refuses_the_file_or_not() {
        List<Finding> findings = acl(
                "user admin # the boss",
                "topic read alicia/# # read only",
                "topic read alicia/x // read only",
                "  # indented",
                "topic read fine");

        assertThat(kinds(findings))
                .containsExactly(
                        "1 comment-behind-rule",
                        "2 comment-behind-rule",
                        "3 comment-behind-rule",
                        "4 comment-behind-rule");
        assertThat(findings.get(1).write()).isEqualTo("`topic read alicia/#`, and the comment on a line of its own");
        assertThat(findings.get(0).write()).startsWith("`user admin`");
    }

    @Test
    void a_line_before_the_first_user_holds_for_anonymous_clients_alone() {
        assertThat(kinds(acl("topic read alicia/#", "user a", "topic read x")))
                .containsExactly("1 rules-before-first-user");
        assertThat(kinds(acl("topic read alicia/#", "topic write y"))).containsExactly("1 rules-before-first-user");
    }

    @Test
    void a_password_file_made_by_hand_is_pointed_at_without_showing_what_stands_there() {
        List<Finding> findings =
                check(lines("user alicia", "topic #"), "alicia:$7$101$plaintext\n" + strong("alicia2"), List.of());

        assertThat(kinds(findings)).containsExactly("1 unusable-password", "2 account-without-rules");
        assertThat(findings.get(0).toString())
                .contains("expected $6$salt$hash or $7$iterations$salt$hash")
                .doesNotContain("plaintext");
    }

    @Test
    void weak_and_copied_hashes_are_pointed_at() {
        String sha512 = PasswordHash.sha512(new byte[] {1}, RANDOM).encoded();
        String quick = PasswordHash.pbkdf2Sha512(new byte[] {1}, 2, RANDOM).encoded();
        String usual = PasswordHash.pbkdf2Sha512(new byte[] {1}, 101, RANDOM).encoded();
        String longSalt = "$7$30000$" + "A".repeat(32) + "$" + "A".repeat(86) + "==";
        String by21 = "$7$30000$" + "A".repeat(86) + "==$" + "B".repeat(86) + "==";

        List<Finding> findings = check(
                "pattern write x/%c\n",
                "a:" + sha512 + "\nb:" + quick + "\nc:" + usual + "\nd:" + usual + "\ne:" + longSalt + "\n"
                        + strong("f") + "g:" + by21 + "\n",
                List.of());

        assertThat(kinds(findings))
                .containsExactly(
                        "1 weak-hash",
                        "2 weak-hash",
                        "3 weak-hash",
                        "4 copied-hash",
                        "4 weak-hash",
                        "5 hand-made-hash",
                        "7 not-for-mosquitto-2.0");
        assertThat(findings.get(2).severity()).isEqualTo(Finding.Severity.NOTE);
        assertThat(findings.toString()).doesNotContain(sha512.substring(4));
    }

    @Test
    void accounts_that_only_one_of_the_files_knows_are_pointed_at_with_the_name_that_was_meant() {
        List<Finding> findings = check(
                lines("user Mobile_app", "topic read x", "user gone", "topic read x"), strong("mobile_app"), List.of());

        assertThat(kinds(findings))
                .containsExactly("1 unknown-account", "3 unknown-account", "1 account-without-rules");
        assertThat(findings.get(0).write()).isEqualTo("`user mobile_app`");
    }

    @Test
    void rules_that_say_nothing_new_or_match_nothing_are_pointed_at() {
        assertThat(kinds(acl(
                        "user a",
                        "topic read alicia/#",
                        "topic read alicia/x",
                        "topic read alicia/#",
                        "topic write $SYS/#x".replace("#x", "broker/uptime"),
                        "topic read $share/g/alicia/#",
                        "topic read alicia/*/x",
                        "topic read \"x\"",
                        "topic read",
                        "topic read y\u0001z",
                        "topic read /x",
                        "topic read %c/x")))
                .containsExactly(
                        "3 shadowed-rule",
                        "4 repeated-rule",
                        "5 matches-nothing",
                        "6 matches-nothing",
                        "7 foreign-wildcard",
                        "7 shadowed-rule",
                        "8 quoted-filter",
                        "9 missing-filter",
                        "10 control-character",
                        "11 leading-slash",
                        "12 placeholder-in-topic");
    }

    @Test
    void patterns_that_hold_for_more_than_it_seems_are_pointed_at() {
        assertThat(kinds(acl(
                        "pattern write alicia/sensors/%c/#",
                        "user a",
                        "topic read x",
                        "pattern read alicia/%u/y",
                        "pattern read z",
                        "user a/+",
                        "topic read x")))
                .containsExactly("4 pattern-in-section", "5 pattern-without-placeholder", "6 dangerous-account-name");
        assertThat(kinds(acl("user a", "topic read x", "", "# every device", "pattern write alicia/%c/#")))
                .isEmpty();
        assertThat(kinds(acl("topic readwrite #", "user a", "topic read x", "pattern write #")))
                .contains("1 everything-for-anybody", "4 everything-for-anybody");
    }

    @Test
    void an_expectation_names_every_rule_that_breaks_it() {
        List<Finding> findings = check(
                lines(
                        "user alicia",
                        "topic #",
                        "user esp32",
                        "topic write homeassistant/+/+/config",
                        "user app",
                        "topic readwrite #",
                        "topic deny homeassistant/#",
                        "user voice",
                        "topic read homeassistant/#"),
                null,
                List.of("only alicia may publish homeassistant/#", "nobody may receive alicia/secret"));

        assertThat(kinds(findings).stream().filter(kind -> kind.endsWith("expectation-broken")))
                .containsExactly("2 expectation-broken", "4 expectation-broken", "6 expectation-broken");
        assertThat(findings.toString()).contains("esp32 may publish homeassistant/+/+/config by `topic write");
    }

    @Test
    void a_file_that_everybody_may_write_is_pointed_at() throws IOException {
        Path acl = folder.resolve("open.acl");
        Path passwords = folder.resolve("open.passwords");
        Files.writeString(acl, lines("user a", "topic read x"));
        Files.writeString(passwords, strong("a"));
        Files.setPosixFilePermissions(acl, PosixFilePermissions.fromString("rw-r--rw-"));
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(kinds(AccessChecker.of(acl, passwords).check()))
                .containsExactly("0 world-writable", "0 world-readable");
    }

    @Test
    void a_file_that_is_no_text_is_a_finding_with_its_place() throws IOException {
        Path acl = folder.resolve("latin.acl");
        Files.write(acl, "user a\ntopic read k\u00fcche\n".getBytes(ISO_8859_1));
        List<Finding> findings = AccessChecker.of(acl, folder.resolve("none")).check();

        assertThat(kinds(findings)).containsExactly("2 unreadable-file", "0 unreadable-file");
        assertThat(findings.get(0).today()).isEqualTo("expected text in UTF-8, found the byte 0xfc");
        Files.write(acl, "\uFEFFuser a\ntopic read x\n".getBytes(UTF_8));
        assertThat(kinds(AccessChecker.of(acl, null).check())).containsExactly("1 byte-order-mark");
    }

    @Test
    void roles_that_allow_more_than_it_seems_or_nothing_are_pointed_at() {
        List<Finding> findings = check("""
                {"defaultACLAccess": {"publishClientSend": true, "publishClientReceive": true, "subscribe": true},
                 "clients": [{"username": "a", "roles": [{"rolename": "r"}]}],
                 "roles": [{"rolename": "r", "acls": [
                   {"acltype": "publishClientSend", "topic": "homeassistant/#", "allow": false}]},
                   {"rolename": "unused", "acls": []}]}
                """, null, List.of("nobody may publish homeassistant/#"));

        assertThat(kinds(findings))
                .containsExactly(
                        "0 everything-for-anybody",
                        "0 everything-for-anybody",
                        "0 unused-role",
                        "0 expectation-broken");
        assertThat(findings.get(3).today()).startsWith("a client without an account may publish homeassistant/#");
        assertThat(kinds(check("{\"roles\": [\n{\"rolename\": 5}]}", null, List.of())))
                .containsExactly("2 refused-line");
        assertThat(kinds(check("{\"clients\": [{\"username\": \"a\"}]}", null, List.of())))
                .containsExactly("0 account-without-rules");
        assertThat(kinds(check(
                        "{\"defaultACLAccess\": {\"subscribe\": true}, \"clients\": [{\"username\": \"a\"}]}",
                        null,
                        List.of())))
                .containsExactly("0 account-without-rules");
    }

    @Test
    void the_standard_policy_has_no_findings() {
        for (AccessPolicy policy : List.of(
                StandardPolicy.of(),
                StandardPolicy.of(StandardPolicy.Option.SONOS_SPEAKER),
                StandardPolicy.of(StandardPolicy.Option.PER_DEVICE))) {
            assertThat(acl(AclFile.of("house.acl", policy).toString())).isEmpty();
        }
    }
}
