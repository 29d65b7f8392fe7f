package io.alicia.mqtt.access;

import static io.alicia.mqtt.access.CheckedFiles.kinds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** For whom the lines of an ACL file hold, and which of them never decide. */
class AclSectionFindingsTest {

    private CheckedFiles files = CheckedFiles.NONE;

    @BeforeEach
    void files(@TempDir Path folder) {
        files = new CheckedFiles(folder);
    }

    @Test
    void a_line_before_the_first_user_holds_for_anonymous_clients_alone() {
        assertThat(kinds(files.acl("topic read alicia/#", "user a", "topic read x")))
                .containsExactly("1 rules-before-first-user");
        assertThat(kinds(files.acl("topic read alicia/#", "topic write y")))
                .containsExactly("1 rules-before-first-user");
    }

    @Test
    void a_file_without_rules_is_not_one_that_allows_everything() {
        assertThat(kinds(files.acl("# still to be written"))).containsExactly("1 no-rules");
        assertThat(kinds(files.acl(""))).containsExactly("1 no-rules");
    }

    @Test
    void a_section_without_rules_is_pointed_at_unless_one_could_not_be_read() {
        assertThat(kinds(files.acl("user a", "user b", "topic read x", "user c", "topic read x # y")))
                .containsExactly("1 section-without-rules", "5 comment-behind-rule");
    }

    @Test
    void what_follows_a_broken_user_line_is_not_taken_for_rules_of_the_account_before() {
        assertThat(kinds(files.acl("user alicia", "topic readwrite #", "User esp32", "topic write alicia/sensors/#")))
                .containsExactly("3 refused-line");
    }

    @Test
    void names_that_other_brokers_take_for_everybody_or_for_several_accounts_are_pointed_at() {
        assertThat(kinds(files.acl(
                        "user *", "topic read x", "user anonymous", "topic read x", "user bob, eve", "topic read x")))
                .containsExactly("1 no-such-wildcard", "3 no-such-wildcard", "5 odd-account-name");
    }

    @Test
    void rules_that_say_nothing_new_or_match_nothing_are_pointed_at() {
        assertThat(kinds(files.acl(
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
                        "7 shadowed-rule",
                        "7 foreign-wildcard",
                        "8 quoted-filter",
                        "9 missing-filter",
                        "10 control-character",
                        "11 leading-slash",
                        "12 placeholder-in-topic");
    }

    @Test
    void patterns_that_hold_for_more_than_it_seems_are_pointed_at() {
        assertThat(kinds(files.acl(
                        "pattern write alicia/sensors/%c/#",
                        "user a",
                        "topic read x",
                        "pattern read alicia/%u/y",
                        "pattern read z",
                        "user a/+",
                        "topic read x")))
                .containsExactly("4 pattern-in-section", "5 pattern-without-placeholder", "6 dangerous-account-name");
        assertThat(kinds(files.acl("user a", "topic read x", "", "# every device", "pattern write alicia/%c/#")))
                .isEmpty();
        assertThat(kinds(files.acl("topic readwrite #", "user a", "topic read x", "pattern write #")))
                .contains("1 everything-for-anybody", "4 everything-for-anybody");
    }

    @Test
    void a_rule_of_a_section_that_a_pattern_says_for_every_account_is_pointed_at() {
        List<Finding> findings =
                files.acl("pattern read a/%u/#", "user bob", "topic read a/bob/x", "topic write a/bob/x");

        assertThat(kinds(findings)).containsExactly("3 shadowed-rule");
        assertThat(findings.get(0).today())
                .isEqualTo("changes nothing: line 1 `pattern read a/%u/#` already grants it to bob");
        assertThat(kinds(files.acl(
                        "pattern read a/%u/#",
                        "pattern deny a/%u/x", "user bob", "topic read a/bob/x", "topic write o")))
                .doesNotContain("4 shadowed-rule");
        assertThat(kinds(files.acl("pattern read a/%u/#", "user ann", "topic read a/bob/x")))
                .isEmpty();
    }

    @Test
    void a_placeholder_beside_other_text_is_said_to_be_none_for_mosquitto_2_1() {
        assertThat(kinds(files.acl("pattern read a/x%c", "pattern read a/%u/%c")))
                .containsExactly("1 not-for-mosquitto-2.1");
    }

    @Test
    void a_list_that_is_too_long_to_be_compared_is_said_to_be_and_its_denies_are_judged_nevertheless() {
        List<String> lines = new ArrayList<>(List.of("user a", "topic read x/#"));
        for (int i = 0; i < 1_000; i++) {
            lines.add("topic read x/" + i);
        }
        lines.add("topic deny #");

        List<Finding> findings = files.acl(lines.toArray(new String[0]));

        assertThat(kinds(findings)).containsExactly("2 not-compared", "1003 deny-in-one-section");
        assertThat(findings.get(0).today()).startsWith("this list has 1002 rules: more than 1000 are not held against");
    }
}
