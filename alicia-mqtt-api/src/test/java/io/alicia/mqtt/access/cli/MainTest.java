package io.alicia.mqtt.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class MainTest extends AliciaAclTests {

    @Test
    void a_mistake_of_the_user_gives_one_line_and_no_stack_trace() throws IOException {
        Files.writeString(acl, "topic reed x\n");
        assertThat(run("explain", "--publish", "x", acl)).isEqualTo(2);
        assertThat(err)
                .hasToString("alicia-acl: " + acl
                        + ":1:7: expected read, write, readwrite or deny, found \"reed\" (did you mean read?)\n");
        assertThat(run("explain", "--publish", "x", folder.resolve("none"))).isEqualTo(3);
        assertThat(err.toString()).contains("there is no such file").hasLineCount(1);
        assertThat(run("explain", "--publish", "x/#")).isEqualTo(2);
        assertThat(err.toString()).startsWith("alicia-acl: not a Topic Name").hasLineCount(1);
        assertThat(run("check", folder.resolve("none"))).isEqualTo(3);
        assertThat(run("check", folder)).isEqualTo(3);
        assertThat(err).hasToString("alicia-acl: " + folder + ": it is a folder\n");
        assertThat(run("passwd", "add", folder.resolve("no/passwords"), "a", "--env", "SECRET", "-I", "1"))
                .isEqualTo(3);
        assertThat(err).hasToString("alicia-acl: " + folder.resolve("no") + ": there is no such file or folder\n");
        assertThat(run("passwd", "add", folder.resolve("p"), "a", "--env", "SECRET", "-I", "0"))
                .isEqualTo(2);
        assertThat(run("passwd", "add", folder.resolve("p"), "a", "--env", "SECRET", "-H", "md5"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("expected sha512, sha512-pbkdf2, argon2id or scram-sha-256, found 'md5'");
        Files.writeString(acl, "{\"clients\": [}");
        assertThat(run("explain", "--publish", "x", acl)).isEqualTo(2);
        assertThat(err)
                .hasToString(
                        "alicia-acl: " + acl + ":1:14: expected JSON: Unexpected close marker '}': expected ']'\n");
        assertThat(run("explain", "--publish", "x", "--receive", "x")).isEqualTo(2);
        assertThat(run("nonsense")).isEqualTo(2);
        assertThat(err.toString()).contains("Unmatched argument").doesNotContain("\tat ");
    }

    @Test
    void every_command_has_help() {
        for (String command : List.of("check", "explain", "matrix", "diff", "convert", "standard")) {
            assertThat(run(command, "--help")).isZero();
            assertThat(out.toString())
                    .startsWith("Usage: alicia-acl " + command)
                    .contains("--help");
        }
        for (String command : List.of("add", "change", "remove", "batch")) {
            assertThat(run("passwd", command, "--help")).as(err.toString()).isZero();
            assertThat(out.toString()).startsWith("Usage: alicia-acl passwd " + command);
        }
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("Exit codes:");
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("alicia-acl \\d\\S+, with the semantics of Mosquitto 2.0\n");
    }
}
