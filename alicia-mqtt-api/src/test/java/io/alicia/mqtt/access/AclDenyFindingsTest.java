package io.alicia.mqtt.access;

import static io.alicia.mqtt.access.CheckedFiles.kinds;
import static io.alicia.mqtt.access.CheckedFiles.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.topic.TopicName;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What denies do that nobody expects of them. */
class AclDenyFindingsTest {

    private CheckedFiles files = CheckedFiles.NONE;

    @BeforeEach
    void files(@TempDir Path folder) {
        files = new CheckedFiles(folder);
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

        List<Finding> findings = files.acl(house);

        assertThat(kinds(findings)).containsExactly("8 deny-in-one-section");
        assertThat(findings.get(0).today()).contains("holds for admin alone");
        assertThat(findings.get(0).write()).contains("remove the line");
        house[4] = "topic readwrite alicia/+/status";
        assertThat(files.acl(house).get(0).today()).contains("locks it out").contains("line 5 never decides");
    }

    @Test
    void a_deny_that_keeps_more_than_the_exception_within_it_is_not_told_to_go() {
        List<Finding> findings = files.acl(
                "user mobile_app",
                "topic read alicia/#",
                "topic read alicia/voice/response",
                "topic deny alicia/voice/#",
                "user other",
                "topic read x");

        assertThat(kinds(findings)).containsExactly("3 deny-before-allow");
        assertThat(findings.get(0).today())
                .isEqualTo("`topic read alicia/voice/response` never decides for mobile_app: line 4 `topic deny"
                        + " alicia/voice/#` is asked before it, as every deny is, and denies the same topics");
        assertThat(findings.get(0).write())
                .isEqualTo(
                        "a `topic deny` for each of the other topics instead of line 4, which keeps more from it than"
                                + " this one; or no rule here");
        assertThat(kinds(files.acl(
                        "pattern read a/#", "pattern read a/%c/x", "pattern deny a/%c/#", "user a", "topic read b")))
                .contains("2 deny-before-allow")
                .doesNotContain("3 deny-in-one-section");
    }

    @Test
    void a_deny_that_takes_a_part_out_of_a_grant_is_fine() {
        assertThat(files.acl("user a", "topic alicia/#", "topic deny alicia/lock/#", "", "user b", "topic read x"))
                .isEmpty();
    }

    @Test
    void a_deny_of_the_whole_house_is_pointed_at_wherever_it_stands() {
        List<Finding> findings = files.acl(
                "user admin",
                "topic readwrite #",
                "topic deny alicia/#",
                "",
                "user esp32",
                "topic write alicia/sensors/#");

        assertThat(kinds(findings)).containsExactly("3 deny-in-one-section");
        assertThat(findings.get(0).severity()).isEqualTo(Finding.Severity.WARNING);
        assertThat(findings.get(0).today()).contains("holds for admin alone").contains("every topic of the house");
        assertThat(kinds(files.acl("user admin", "topic readwrite #", "topic deny alicia/#")))
                .containsExactly("3 deny-in-one-section");
    }

    @Test
    void a_deny_that_takes_nothing_is_pointed_at() {
        assertThat(kinds(files.acl("user a", "topic read x", "topic deny y", "user b", "topic read y")))
                .containsExactly("3 deny-without-grant");
    }

    @Test
    void a_deny_is_taken_for_what_its_place_says() {
        List<Finding> first =
                files.acl("user a", "topic deny alicia/#", "topic read alicia/x", "user b", "topic read y");
        List<Finding> last = files.acl("user a", "topic read alicia/x", "topic deny #", "user b", "topic read y");

        assertThat(kinds(first)).containsExactly("2 deny-in-one-section");
        assertThat(first.get(0).meant()).isEqualTo("to deny what the lines below do not grant");
        assertThat(kinds(last)).containsExactly("3 deny-in-one-section");
        assertThat(last.get(0).meant()).isEqualTo("to deny what the lines above do not grant");
        assertThat(kinds(files.acl("user a", "topic read x", "pattern read y/%c", "pattern deny x/#")))
                .containsExactly("3 pattern-in-section", "4 deny-without-grant");
    }

    @Test
    void a_deny_of_a_whole_tree_at_the_end_is_told_what_it_does_and_not_to_go() {
        String[] house = {
            "user esp32", // 1
            "topic write alicia/sensors/#", // 2
            "user admin", // 3
            "topic readwrite #", // 4
            "topic deny secret/#" // 5
        };

        List<Finding> findings = files.acl(house);

        // Asked of Mosquitto: the deny wins although it stands last, and without it admin would read the secrets.
        assertThat(AclFile.parse("house.acl", lines(house))
                        .policy()
                        .decide("admin", "c", Access.RECEIVE, TopicName.of("secret/x"))
                        .denied())
                .isTrue();
        assertThat(kinds(findings)).containsExactly("5 deny-in-one-section");
        assertThat(findings.get(0).severity()).isEqualTo(Finding.Severity.NOTE);
        assertThat(findings.get(0).today())
                .endsWith("takes these topics from admin, and no other account has them: nobody may use them");
        assertThat(findings.get(0).write())
                .isEqualTo("the line as it is, if nobody is to use them; no such line, if admin is to: the others are"
                        + " denied what no rule grants");
        house[1] = "topic write secret/#";
        assertThat(files.acl(house).get(0).today()).endsWith("holds for admin alone; esp32 keeps these topics");
        house[1] = "topic write secret/esp32";
        assertThat(files.acl(house)).as("who has a part has it on purpose").isEmpty();
        assertThat(kinds(files.acl(
                        "user a",
                        "topic read x",
                        "user admin",
                        "topic readwrite #",
                        "topic deny alicia/#",
                        "topic deny homeassistant/#")))
                .containsExactly("5 deny-in-one-section", "6 deny-in-one-section");
    }

    @Test
    void a_deny_before_the_first_user_is_no_default_for_everybody() {
        List<Finding> findings = files.acl("topic deny #", "user a", "topic read x");

        assertThat(kinds(findings)).containsExactly("1 rules-before-first-user");
        assertThat(findings.get(0).today()).endsWith("every account keeps what its section grants");
        assertThat(findings.get(0).write()).isEqualTo("no line at all: what no rule grants is denied");
    }

    @Test
    void a_deny_that_reaches_nobody_is_not_said_to_be_needless_where_rules_grant_what_it_denies() {
        String[] house = {
            "# nobody may see the secrets", // 1
            "topic deny alicia/secret/#", // 2
            "user mobile_app", // 3
            "topic read alicia/#", // 4
            "user alicia", // 5
            "topic readwrite #", // 6
            "user guest", // 7
            "topic read alicia/#", // 8
            "topic deny alicia/secret/#" // 9
        };

        List<Finding> findings = files.acl(house);

        assertThat(kinds(findings)).startsWith("2 rules-before-first-user");
        assertThat(findings.get(0).write())
                .isEqualTo("`topic deny alicia/secret/#` in the section of mobile_app, alicia, which grant such topics,"
                        + " or narrower grants there");
        house[1] = "";
        house[7] = "topic read guests/#";
        assertThat(files.acl(house).get(0).write())
                .as("in the section of an account that has nothing of it")
                .startsWith("`topic deny alicia/secret/#` in the section of mobile_app, alicia, which");
    }

    @Test
    void a_pattern_that_denies_what_no_pattern_grants_but_a_section_does_is_no_deny_that_takes_nothing() {
        List<Finding> findings =
                files.acl("user mobile_app", "topic read alicia/#", "", "# nobody", "pattern deny alicia/secret/#");

        assertThat(kinds(findings)).containsExactly("5 pattern-overridden");
        assertThat(findings.get(0).write()).startsWith("`topic deny` with the account's own topic in that section");
    }

    @Test
    void a_deny_of_a_tree_of_ones_own_is_no_default_for_everybody() {
        assertThat(files.acl("topic deny secret/#", "user alicia", "topic readwrite #")
                        .get(0)
                        .write())
                .startsWith("`topic deny secret/#` in the section of alicia, which grants such topics");
        assertThat(kinds(files.acl("user alicia", "topic readwrite #", "", "# nobody", "pattern deny secret/#")))
                .containsExactly("5 pattern-overridden");
    }

    @Test
    void a_pattern_that_grants_what_a_deny_does_not_reach_is_named_itself() {
        String[] house = {
            "topic deny alicia/secret/#", // 1
            "pattern read alicia/%c/#", // 2
            "user x", // 3
            "topic read foo" // 4
        };

        assertThat(files.acl(house).get(0).write())
                .isEqualTo("`pattern deny alicia/secret/#`, as line 2 `pattern read alicia/%c/#` grants such topics to"
                        + " every account");
        house[3] = "topic read alicia/#";
        assertThat(files.acl(house).get(0).write())
                .startsWith("`topic deny alicia/secret/#` in the section of x, which grants such topics,")
                .endsWith("; and `pattern deny alicia/secret/#`, as line 2 `pattern read alicia/%c/#` grants such"
                        + " topics to every account");
        house[0] = "pattern deny alicia/secret/#";
        house[3] = "topic read foo";
        assertThat(kinds(files.acl(house))).as("the advice, taken").isEmpty();
    }

    @Test
    void a_pattern_with_the_accounts_name_grants_its_own_topics_alone() {
        String[] house = {
            "pattern readwrite alicia/%u/#", "user admin", "topic deny alicia/sensors/#",
        };

        assertThat(kinds(files.acl(house))).contains("3 deny-without-grant");
        house[2] = "topic deny alicia/admin/keys";
        assertThat(kinds(files.acl(house))).doesNotContain("3 deny-without-grant");
        house[1] = "user a+b";
        assertThat(kinds(files.acl("pattern read x/%u", "pattern deny x/%u/y", "user a+b", "topic read x/#")))
                .as("a name that could be a wildcard")
                .contains("2 pattern-overridden");
    }

    @Test
    void parts_that_the_last_account_is_not_to_have_are_no_mistake() {
        assertThat(files.acl(
                        "user esp32",
                        "topic write alicia/sensors/#",
                        "",
                        "user guest",
                        "topic read alicia/#",
                        "topic deny alicia/voice/#",
                        "topic deny alicia/devices/cameras/#"))
                .isEmpty();
    }

    @Test
    void a_deny_of_the_house_at_the_end_is_an_error_also_above_patterns() {
        List<Finding> findings = files.acl(
                "user esp32",
                "topic write alicia/sensors/#",
                "",
                "user admin",
                "topic readwrite #",
                "topic deny alicia/#",
                "",
                "pattern write logs/%c/#");

        assertThat(kinds(findings)).containsExactly("6 deny-in-one-section");
        assertThat(findings.get(0).severity()).isEqualTo(Finding.Severity.ERROR);
    }

    @Test
    void a_deny_that_a_wider_one_makes_useless_is_pointed_at() {
        List<Finding> findings = files.acl("user a", "topic read x/#", "topic deny x/z", "topic deny x/+");

        assertThat(kinds(findings)).containsExactly("3 shadowed-rule");
        assertThat(findings.get(0).today()).isEqualTo("changes nothing: line 4 `topic deny x/+` already denies it");
    }

    @Test
    void a_pattern_that_denies_what_a_section_grants_is_pointed_at() {
        List<Finding> findings = files.acl(
                "user a", "topic read alicia/#", "user b", "pattern deny alicia/locks/%u", "pattern read alicia/%u/#");

        assertThat(kinds(findings)).contains("4 pattern-overridden");
        assertThat(findings.toString())
                .contains("does not hold for a: sections are asked before patterns, and line 2 grants such topics")
                .contains("holds for every client whose section does not grant the topic, although");
        assertThat(kinds(files.acl(
                        "user a",
                        "topic read alicia/#",
                        "topic deny alicia/locks/a",
                        "",
                        "# everybody",
                        "pattern deny alicia/locks/%u",
                        "pattern read alicia/%u/#")))
                .doesNotContain("6 pattern-overridden");
    }

    @Test
    void a_deny_at_the_end_of_what_others_keep_is_noted() {
        String[] house = {
            "user admin",
            "topic readwrite alicia/#",
            "topic readwrite homeassistant/#",
            "user bob",
            "topic readwrite alicia/#",
            "topic deny alicia/commands/#"
        };

        List<Finding> findings = files.acl(house);

        assertThat(kinds(findings)).containsExactly("6 deny-in-one-section");
        assertThat(findings.get(0).severity()).isEqualTo(Finding.Severity.NOTE);
        assertThat(findings.get(0).today()).endsWith("holds for bob alone; admin keeps these topics");
        house[2] = "topic deny alicia/commands/lock";
        assertThat(files.acl(house))
                .as("who denies it elsewhere, too, knows what a deny is")
                .isEmpty();
    }
}
