package io.alicia.mqtt.access;

import static io.alicia.mqtt.access.CheckedFiles.kinds;
import static io.alicia.mqtt.access.CheckedFiles.lines;
import static io.alicia.mqtt.access.CheckedFiles.strong;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords that nobody can use, or that are too easy to guess. */
class PasswordFindingsTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    private CheckedFiles files = CheckedFiles.NONE;

    @BeforeEach
    void files(@TempDir Path folder) {
        files = new CheckedFiles(folder);
    }

    @Test
    void a_password_file_made_by_hand_is_pointed_at_without_showing_what_stands_there() {
        List<Finding> findings = files.check(
                lines("user alicia", "topic #"), "alicia:$7$101$plaintext\n" + strong("alicia2"), List.of());

        assertThat(kinds(findings)).containsExactly("1 unusable-password", "2 account-without-rules");
        assertThat(findings.get(0).toString())
                .contains("expected $6$salt$hash or $7$iterations$salt$hash")
                .doesNotContain("plaintext");
    }

    @Test
    void an_empty_hash_is_not_taken_for_a_password_and_no_advice_costs_the_other_accounts() {
        List<Finding> findings = files.check(null, "# the house\nguest:\n" + strong("alicia"), List.of());

        assertThat(kinds(findings)).containsExactly("2 unusable-password");
        assertThat(findings.get(0).today()).contains("nothing stands there").doesNotContain("password itself");
        assertThat(findings.get(0).write()).doesNotContain("mosquitto_passwd");
    }

    @Test
    void hashes_of_other_programs_are_told_from_passwords_in_the_clear() {
        List<Finding> findings = files.check(
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
    void weak_and_copied_hashes_are_pointed_at() {
        String sha512 = PasswordHash.sha512(new byte[] {1}, RANDOM).encoded();
        String quick = PasswordHash.pbkdf2Sha512(new byte[] {1}, 2, RANDOM).encoded();
        String usual = PasswordHash.pbkdf2Sha512(new byte[] {1}, 101, RANDOM).encoded();
        String longSalt = "$7$30000$" + "A".repeat(32) + "$" + "A".repeat(86) + "==";
        String by21 = "$7$30000$" + "A".repeat(86) + "==$" + "B".repeat(86) + "==";

        List<Finding> findings = files.check(
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
                        "5 hand-made-hash",
                        "7 not-for-mosquitto-2.0");
        assertThat(findings.get(2).severity()).isEqualTo(Finding.Severity.NOTE);
        assertThat(findings.toString()).doesNotContain(sha512.substring(4));
    }

    @Test
    void what_is_to_be_said_of_many_passwords_is_said_once_with_the_line_of_each() {
        StringBuilder passwords = new StringBuilder("# the house\n");
        for (int i = 0; i < 25; i++) {
            passwords.append("device-").append(i).append(':').append(usual()).append('\n');
        }
        String text = passwords
                .append(strong("app"))
                .append("hall:")
                .append(usual())
                .append("\n")
                .toString();

        List<Finding> findings = files.check(null, text, List.of());

        assertThat(kinds(findings)).containsExactly("2 weak-hash");
        assertThat(findings.get(0).furtherLines()).hasSize(25).startsWith(3, 4).endsWith(26, 28);
        assertThat(findings.get(0).today())
                .startsWith("the passwords of \"device-0\" (line 2), \"device-1\" (line 3), ")
                .contains("\"device-19\" (line 21) and 6 more (lines 22-26, 28) have 101 iterations");
        assertThat(findings.get(0).write())
                .startsWith("`alicia-acl passwd change ")
                .contains("passwords ACCOUNT`");
        List<Finding> one = files.check(null, "hall:" + usual() + "\n", List.of());
        assertThat(one.get(0).today()).startsWith("the password of \"hall\" has 101 iterations");
        assertThat(one.get(0).write()).contains("passwords hall`, which takes 210000 iterations");
    }

    private static String usual() {
        return PasswordHash.pbkdf2Sha512(new byte[] {1}, 101, RANDOM).encoded();
    }

    @Test
    void the_advice_for_a_broken_line_names_its_account_and_never_what_may_be_a_password() {
        List<Finding> findings = files.check(null, lines("the guests:secret", "hidden", "kitchen hidden"), List.of());

        assertThat(kinds(findings))
                .containsExactly("1 unusable-password", "2 unusable-password", "3 unusable-password");
        assertThat(findings.get(0).write()).contains("passwords 'the guests'`, which writes the line anew");
        assertThat(findings.get(1).write()).startsWith("no such line, or ACCOUNT:HASH");
        assertThat(findings.toString()).doesNotContain("secret").doesNotContain("hidden");
    }

    @Test
    void the_advice_for_what_came_through_a_pipe_names_no_file_that_is_none() throws IOException {
        AccessText acl = AccessText.read("/dev/fd/62", stream("user guest\ntopic read x\n"));
        AccessText passwords = AccessText.read("/dev/fd/63", stream("kitchen:plain\n"));

        List<Finding> findings =
                AccessChecker.ofTexts(List.of(acl), List.of(passwords)).check();

        assertThat(findings)
                .extracting(Finding::write)
                .contains("`alicia-acl passwd change FILE kitchen`, which writes the line anew")
                .contains("`alicia-acl passwd add FILE guest`, or no section for it")
                .contains("`user kitchen` and its rules in the ACL file")
                .noneMatch(write -> write.contains("/dev/fd"));
        assertThat(findings).extracting(Finding::file).contains("/dev/fd/63");
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_line_that_mosquitto_takes_is_not_said_to_let_nobody_in() {
        String hash = usual();
        List<Finding> findings = files.check(
                null, lines("a:" + hash + "$x", "b:" + hash, "b:plain", "c:" + usual(), "c:" + usual()), List.of());

        List<Finding> refused = findings.stream()
                .filter(finding -> finding.kind().equals("unusable-password"))
                .toList();
        assertThat(kinds(refused)).containsExactly("1 unusable-password", "3 unusable-password", "5 unusable-password");
        assertThat(refused.get(0).today())
                .startsWith("Mosquitto 2.0 takes the line for the password of \"a\", but this broker refuses the whole"
                        + " file: expected");
        assertThat(refused.get(1).today())
                .startsWith("Mosquitto leaves the line out and goes by line 2 for \"b\", but this broker refuses");
        assertThat(refused.get(2).today())
                .startsWith(
                        "Mosquitto 2.0 takes one of the passwords of \"c\" alone, in a short file the last one (see "
                                + "also line 4), and this broker refuses");
    }

    @Test
    void a_hash_without_the_signs_at_its_end_is_refused_as_mosquitto_does() {
        String hash = usual();
        List<Finding> findings = files.check(null, "a:" + hash.substring(0, hash.length() - 2), List.of());

        assertThat(kinds(findings)).containsExactly("1 unusable-password");
        assertThat(findings.get(0).today())
                .startsWith("nobody can log in")
                .endsWith("the hash is not Base64, or lacks the = at its end (account a)");
    }

    @Test
    void a_placeholder_for_a_hash_is_pointed_at() {
        String zeros = "A".repeat(86) + "==";

        List<Finding> findings = files.check(
                null, "a:$7$101$AAAAAAAAAAAAAAAA$" + zeros + "\nb:$6$AAAAAAAAAAAAAAAA$" + zeros + "\n", List.of());

        assertThat(findings).hasSize(1);
        assertThat(kinds(findings)).containsExactly("1 hand-made-hash");
        assertThat(findings.get(0).today()).startsWith("nobody can log in as").contains("all bytes");
    }
}
