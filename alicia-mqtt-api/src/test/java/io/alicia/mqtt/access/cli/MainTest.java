package io.alicia.mqtt.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class MainTest extends AliciaAclTests {

    @Test
    void an_output_that_cannot_be_written_is_told_with_an_exit_code_of_its_own() {
        for (String reason : List.of("No space left on device", "Broken pipe")) {
            Output bytes = new Output(new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    throw new IOException(reason);
                }
            });
            PrintWriter printed = Main.writer(bytes);
            printed.println("{}");
            err.getBuffer().setLength(0);

            boolean gone = reason.equals("Broken pipe");
            assertThat(Main.finished(1, bytes, printed, new PrintWriter(err, true)))
                    .as(reason)
                    .isEqualTo(gone ? 1 : 3);
            assertThat(err)
                    .hasToString(gone ? "" : "alicia-acl: the output cannot be written: No space left on device\n");
        }
    }

    @Test
    void a_file_with_the_line_ends_of_old_macs_is_answered_from_with_a_warning() throws IOException {
        Files.writeString(acl, HOUSE.replace('\n', '\r'));
        for (List<Object> command : List.<List<Object>>of(
                List.of("explain", acl, "--publish", "x"),
                List.of("matrix", acl, "--anonymous"),
                List.of("diff", acl, acl),
                List.of("convert", acl))) {
            run(command.toArray());
            assertThat(err.toString())
                    .as("%s", command)
                    .startsWith("alicia-acl: warning: " + acl + ":1: the lines end with CR alone");
        }
    }

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
        assertThat(out.toString()).matches("alicia-acl \\d\\S+, with the semantics of Mosquitto 2.1\n");
    }
}
