package io.alicia.mqtt.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MatrixCommandTest extends AliciaAclTests {

    @Test
    void matrix_is_a_table_of_accounts_and_topics() {
        assertThat(run("matrix", acl, "-t", "alicia/commands/x", "-t", "alicia/sensors/hall"))
                .isZero();
        assertThat(out).hasToString("""
                                             app  hall
                        alicia/commands/x    PR   -
                        alicia/sensors/hall  R    P
                        """);
        assertThat(run("matrix", "--json")).isZero();
        assertThat(out.toString())
                .contains("{\"topic\":\"homeassistant/status\",\"accounts\":{\"alicia\":\"PR\",\"esp32_device\":\"R\"");
    }

    @Test
    void names_that_would_steer_the_terminal_are_escaped_in_the_matrix() throws IOException {
        Files.writeString(acl, "user a\u001b[31m\ntopic read x\n");

        assertThat(run("matrix", acl, "-t", "x")).isZero();
        assertThat(out.toString()).contains("a\\u001b[31m").doesNotContain("\u001b");
    }

    @Test
    void accounts_that_have_patterns_alone_are_shown_by_name_or_from_the_password_file() throws IOException {
        Files.writeString(acl, "pattern readwrite alicia/devices/%u/#\n");
        Path passwords = folder.resolve("passwords");
        stdin = "bulb:one\nlamp:two\n";
        assertThat(run("passwd", "batch", passwords, "-I", "210000")).isZero();

        assertThat(run("matrix", acl, "-t", "alicia/devices/bulb/status", "-p", passwords))
                .isZero();
        assertThat(out).hasToString("""
                                                    bulb  lamp
                        alicia/devices/bulb/status  PR    -
                        """);
        assertThat(run("matrix", acl, "-t", "alicia/devices/bulb/status", "-u", "bulb", "-u", "other", "-p", passwords))
                .isZero();
        assertThat(out).hasToString("""
                                                    bulb  other*
                        alicia/devices/bulb/status  PR    -
                        * other cannot log in: it is not in %s
                        """.formatted(passwords));
        assertThat(run("matrix", acl)).isEqualTo(2);
        assertThat(err.toString()).startsWith("alicia-acl: no account is named: give some with -u USER or -p");
        assertThat(run("matrix", acl, "--anonymous")).isZero();
    }

    @Test
    void who_has_a_placeholder_for_a_hash_cannot_log_in() throws IOException {
        String zeros = "A".repeat(86) + "==";
        Files.writeString(acl, "pattern read x\n");
        Path passwords = folder.resolve("passwords");
        Files.writeString(passwords, "a:$7$101$AAAAAAAAAAAAAAAA$" + zeros + "\nb:$6$AAAAAAAAAAAAAAAA$" + zeros + "\n");
        Path roles = folder.resolve("roles.json");
        Files.writeString(
                roles,
                "{\"clients\": [{\"username\": \"a\", \"password\": \"" + zeros
                        + "\", \"salt\": \"AAAAAAAAAAAAAAAA\", \"iterations\": 101, \"roles\": []}], \"roles\": []}");

        assertThat(run("matrix", acl, "-t", "x", "-p", passwords)).isZero();
        assertThat(out.toString())
                .contains("* a cannot log in: no password gives its hash in " + passwords)
                .contains("* b cannot log in: no password gives its hash in " + passwords);
        assertThat(run("matrix", roles, "-t", "x")).isZero();
        assertThat(out.toString()).contains("* a cannot log in: it has no password that can be given");
    }
}
