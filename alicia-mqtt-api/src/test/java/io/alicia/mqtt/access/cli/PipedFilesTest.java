package io.alicia.mqtt.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What `<(…)` of a shell and `-` give can be read once: the answers are those that the file itself has. */
@Timeout(30)
class PipedFilesTest extends AliciaAclTests {

    private final List<Process> writers = new ArrayList<>();

    @AfterEach
    void noWriterStays() {
        writers.forEach(Process::destroy);
    }

    /** A pipe that has what {@code file} has, and nothing for who reads it again. */
    private Path pipe(Path file) throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe" + writers.size());
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        writers.add(new ProcessBuilder(
                        "sh", "-c", "cat \"$1\" >\"$2\"; while :; do : >\"$2\"; done", "sh", file + "", pipe + "")
                .start());
        return pipe;
    }

    @Test
    void check_finds_in_a_pipe_what_it_finds_in_the_file() throws Exception {
        Files.writeString(acl, HOUSE + "topic deny alicia/#\n");
        Path passwords = Files.writeString(folder.resolve("passwords"), "app:$7$101$x$y\n");
        Path json = clients("roles.json", client("app", "").replace("\"r\"", "\"gone\""));

        for (Path file : List.of(acl, passwords, json)) {
            // The permissions of a pipe are nobody's business.
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            assertThat(run("check", file)).as("%s", file).isEqualTo(1);
            String expected = out.toString();
            Path pipe = pipe(file);
            assertThat(run("check", pipe)).as("%s", file).isEqualTo(1);
            assertThat(out.toString())
                    .isEqualTo(expected.replace(file.toString(), pipe.toString())
                            .replace("passwd change " + pipe + " app", "passwd change FILE app"));
        }
    }

    @Test
    void explain_matrix_and_diff_answer_from_a_pipe() throws Exception {
        assertThat(run("explain", pipe(acl), "-u", "app", "--receive", "alicia/x"))
                .isZero();
        assertThat(run("matrix", pipe(acl), "-t", "alicia/commands/x")).isZero();
        assertThat(out.toString()).contains("app  hall").contains("alicia/commands/x  PR");
        assertThat(run("diff", pipe(acl), acl)).isZero();
        assertThat(run("diff", acl, pipe(acl))).isZero();
        assertThat(out).hasToString("nobody gains or loses anything\n");
        assertThat(run("convert", pipe(acl))).isZero();
        assertThat(out.toString()).contains("alicia/commands/#");
    }

    @Test
    void a_dash_is_the_standard_input() throws IOException {
        stdin = HOUSE;
        assertThat(run("explain", "-", "-u", "app", "--publish", "alicia/x")).isEqualTo(1);
        assertThat(out.toString()).startsWith("denied PUBLISH alicia/x by app");
        assertThat(run("explain", "-", "-u", "app", "--receive", "alicia/x")).isZero();
        assertThat(out.toString()).contains("(standard input):2 `topic read alicia/#`");
        assertThat(run("matrix", "-", "-t", "alicia/x")).isZero();
        assertThat(out.toString()).contains("app  hall");
        assertThat(run("diff", "-", acl)).isZero();
        assertThat(run("convert", "-")).isZero();
        assertThat(run("check", "-")).isZero();

        stdin = HOUSE + "topic deny alicia/#\n";
        assertThat(run("check", "-")).isEqualTo(1);
        assertThat(out.toString()).startsWith("(standard input):7:12: error: `topic deny alicia/#`");
        assertThat(run("passwd", "add", "-", "app", "--env", "SECRET")).isEqualTo(2);
        assertThat(run("convert", acl, "-o", "-")).isEqualTo(2);
    }
}
