package io.alicia.mqtt.access;

import static io.alicia.mqtt.access.CheckedFiles.kinds;
import static io.alicia.mqtt.access.CheckedFiles.lines;
import static io.alicia.mqtt.access.CheckedFiles.strong;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What ACL and password files say about each other. */
class AccountFindingsTest {

    private CheckedFiles files = CheckedFiles.NONE;

    @BeforeEach
    void files(@TempDir Path folder) {
        files = new CheckedFiles(folder);
    }

    @Test
    void accounts_that_only_one_of_the_files_knows_are_pointed_at_with_the_name_that_was_meant() {
        List<Finding> findings = files.check(
                lines("user Mobile_app", "topic read x", "user gone", "topic read x"), strong("mobile_app"), List.of());

        assertThat(kinds(findings))
                .containsExactly("1 unknown-account", "3 unknown-account", "1 account-without-rules");
        assertThat(findings.get(0).write()).isEqualTo("`user mobile_app`");
    }

    @Test
    void an_account_with_a_comment_in_its_name_is_looked_up_without_it() {
        assertThat(kinds(files.check(lines("user voice # the Pi", "topic read x"), strong("voice"), List.of())))
                .containsExactly("1 comment-behind-rule", "1 account-without-rules");
    }

    @Test
    void an_account_by_the_beginning_of_its_name_is_taken_for_the_one_without_a_section() {
        List<Finding> findings = files.check(lines("user sonos", "topic read x"), strong("sonos_speaker"), List.of());

        assertThat(findings.get(0).write()).isEqualTo("`user sonos_speaker`");
    }

    @Test
    void several_files_are_held_against_each_other_as_one_brokers() {
        List<Path> acls = List.of(
                files.written("inside.acl", lines("user app", "topic read x", "user ghost", "topic read x")),
                files.written("outside.acl", lines("user guest", "topic read x")));
        List<Path> passwords = List.of(
                files.written("inside", strong("app")), files.written("outside", strong("guest") + strong("idle")));

        List<Finding> findings = AccessChecker.ofAll(acls, passwords).check();

        assertThat(kinds(findings)).containsExactly("3 unknown-account", "2 account-without-rules");
        assertThat(findings.get(0).file()).endsWith("inside.acl");
        assertThat(findings.get(0).today()).contains("no password file has an account \"ghost\"");
        assertThat(findings.get(1).file()).endsWith("outside");
    }

    @Test
    void an_account_whose_line_lacks_its_colon_is_not_taken_for_an_unknown_one() {
        assertThat(kinds(files.check(lines("user kitchen", "topic read x"), "kitchen $7$101$abc", List.of())))
                .containsExactly("1 unusable-password");
    }

    @Test
    void accounts_that_patterns_alone_hold_for_are_pointed_at_where_others_have_sections() {
        String sections = lines("user app", "topic read x", "", "# devices", "pattern write logs/%c");

        List<Finding> findings = files.check(sections, strong("hall") + strong("app") + strong("attic"), List.of());

        assertThat(kinds(findings)).containsExactly("1 account-without-section");
        assertThat(findings.get(0).furtherLines()).containsExactly(3);
        assertThat(findings.get(0).today()).startsWith("\"hall\" (line 1), \"attic\" (line 3) have no section");
        assertThat(files.check("pattern write logs/%c\n", strong("hall"), List.of()))
                .isEmpty();
    }

    @Test
    @Timeout(60)
    void files_of_tens_of_thousands_of_accounts_are_held_against_each_other_in_moments() {
        int accounts = 30_000;
        String hash = strong("x").substring(1);
        StringBuilder sections = new StringBuilder();
        StringBuilder passwords = new StringBuilder();
        for (int i = 0; i < accounts; i++) {
            sections.append("user section-").append(i).append("\ntopic read x\n");
            passwords.append("password-").append(i).append(hash);
        }

        assertThat(files.check(sections.toString(), passwords.toString(), List.of()))
                .as("a finding for each section, and one for all passwords, which are copies besides")
                .hasSize(accounts + 1 + accounts - 1);
    }
}
