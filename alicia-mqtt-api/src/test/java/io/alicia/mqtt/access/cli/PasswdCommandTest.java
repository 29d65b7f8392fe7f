package io.alicia.mqtt.access.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.access.PasswordFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PasswdCommandTest extends AliciaAclTests {

    @Test
    void passwd_adds_changes_and_removes_and_keeps_the_other_lines() throws IOException {
        Path file = folder.resolve("passwords");
        stdin = "first\n";
        assertThat(run("passwd", "add", file, "app", "--stdin", "--iterations", "101"))
                .as(err.toString())
                .isZero();
        assertThat(run("passwd", "add", file, "hall", "--env", "SECRET", "-H", "sha512"))
                .isZero();
        Files.writeString(file, "# ours\n" + Files.readString(file));
        assertThat(run("passwd", "change", file, "app", "--visible-password", "second", "-I", "101"))
                .isZero();

        PasswordFile passwords = PasswordFile.read(file);
        assertThat(passwords.text()).startsWith("# ours\napp:$7$101$").contains("\nhall:$6$");
        assertThat(Objects.requireNonNull(passwords.hashes().get("app")).matches("second".getBytes(UTF_8)))
                .isTrue();
        assertThat(Objects.requireNonNull(passwords.hashes().get("hall")).matches("s3cret".getBytes(UTF_8)))
                .isTrue();
        assertThat(run("passwd", "remove", file, "app")).isZero();
        assertThat(PasswordFile.read(file).hashes()).containsOnlyKeys("hall");
    }

    @Test
    void passwd_repairs_a_broken_line_and_leaves_the_other_lines_byte_for_byte() throws IOException {
        Path file = folder.resolve("passwords");
        String broken = "# by hand\r\napp:plain\r\n\r\n  guest : $7$101$x$y\r\nnocolon\r\napp:again\r\n";
        Files.writeString(file, broken);

        assertThat(run("passwd", "change", file, "app", "--env", "SECRET", "-I", "101"))
                .as(err.toString())
                .isZero();

        String rest = "\r\n\r\n  guest : $7$101$x$y\r\nnocolon\r\n";
        assertThat(Files.readString(file))
                .startsWith("# by hand\r\napp:$7$101$")
                .endsWith(rest);
        assertThat(err.toString())
                .startsWith("alicia-acl: warning: " + file + ":4:11: expected $6$")
                .contains(file + ":5:1: expected account:hash")
                .endsWith("alicia-acl: warning: written, but a broker refuses " + file + " for these 2 lines\n")
                .doesNotContain("plain");
        assertThat(run("passwd", "add", file, "guest", "--env", "SECRET")).isEqualTo(2);
        assertThat(err.toString()).contains("has an account guest already; `passwd change` changes it");
        assertThat(run("passwd", "add", file, "hall", "--env", "SECRET", "-I", "101"))
                .isZero();
        assertThat(Files.readString(file)).contains(rest + "hall:$7$101$").endsWith("\r\n");
        assertThat(run("passwd", "remove", file, "guest")).isZero();
        assertThat(run("passwd", "remove", file, "nocolon")).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(PasswordFile.read(file).hashes()).containsOnlyKeys("app", "hall");
    }

    @Test
    void passwd_does_not_write_passwords_into_a_file_of_another_kind() throws IOException {
        Path json = Files.writeString(folder.resolve("roles.json"), "{}");

        assertThat(run("passwd", "add", acl, "bob", "--env", "SECRET")).isEqualTo(2);
        assertThat(err).hasToString("alicia-acl: " + acl + ": expected a password file, found an ACL file\n");
        assertThat(run("passwd", "add", json, "bob", "--env", "SECRET")).isEqualTo(2);
        assertThat(Files.readString(acl)).isEqualTo(HOUSE);
        Path conf = Files.writeString(
                folder.resolve("mosquitto.conf"), "# here\nlistener 1883 ::1\npassword_file C:\\passwords\n");
        String before = Files.readString(conf);
        assertThat(run("passwd", "add", conf, "bob", "--env", "SECRET")).isEqualTo(2);
        assertThat(err.toString()).contains("expected a password file, found no line with an account");
        assertThat(run("passwd", "change", conf, "listener 1883", "--env", "SECRET"))
                .isEqualTo(2);
        assertThat(Files.readString(conf)).isEqualTo(before);
        Path user = Files.writeString(folder.resolve("passwords"), "user:$7$101$x$y\n");
        assertThat(run("passwd", "change", user, "user", "--env", "SECRET", "-I", "101"))
                .as("an account may be called user")
                .isZero();
    }

    @Test
    void passwd_drops_no_account_that_stands_behind_a_carriage_return() throws IOException {
        String hash = "$7$101$x$y";
        Path file = folder.resolve("passwords");
        for (String text : List.of(
                "a:" + hash + "\rb:" + hash + "\rc:" + hash + "\r",
                "a:" + hash + "\rb:" + hash + "\nc:" + hash + "\n",
                "c:" + hash + "\r\na:" + hash + "\rb:" + hash)) {
            Files.writeString(file, text);

            assertThat(run("passwd", "change", file, "a", "--env", "SECRET", "-I", "101"))
                    .isEqualTo(2);
            assertThat(err.toString()).contains(": expected lines that end with LF, found CR alone");
            assertThat(run("passwd", "remove", file, "a")).isEqualTo(2);
            assertThat(Files.readString(file)).isEqualTo(text);
        }
        Files.writeString(file, "a:" + hash + "\rb:" + hash + "\nc:" + hash + "\n");
        assertThat(run("passwd", "remove", file, "c")).isZero();
        assertThat(Files.readString(file)).isEqualTo("a:" + hash + "\rb:" + hash + "\n");
    }

    @Test
    void a_byte_order_mark_in_front_of_what_is_read_is_no_part_of_a_name_or_password() throws IOException {
        Path file = folder.resolve("passwords");
        stdin = "\uFEFFkitchen:one\nhall:two\n";
        assertThat(run("passwd", "batch", file, "-I", "101")).isZero();
        stdin = "\uFEFFthree\n";
        assertThat(run("passwd", "add", file, "app", "--stdin", "-I", "101")).isZero();

        PasswordFile passwords = PasswordFile.read(file);
        assertThat(passwords.hashes()).containsOnlyKeys("kitchen", "hall", "app");
        assertThat(Objects.requireNonNull(passwords.hashes().get("app")).matches("three".getBytes(UTF_8)))
                .isTrue();
    }

    @Test
    void a_name_with_a_character_that_cannot_be_seen_is_written_with_a_warning() throws IOException {
        Path file = folder.resolve("passwords");

        assertThat(run("passwd", "add", file, "hall\u200B", "--env", "SECRET", "-I", "101"))
                .isZero();
        assertThat(err.toString())
                .contains(
                        "alicia-acl: warning: the name of the account hall\\u200b has a character that cannot be seen\n");
        assertThat(run("check", file)).isZero();
        assertThat(out.toString())
                .contains(file + ":1: warning: the name of the account contains a character that cannot be seen:"
                        + " hall\\u200b [invisible-character]");
    }

    @Test
    void passwd_changes_nothing_when_something_is_wrong() throws IOException {
        Path file = folder.resolve("passwords");
        stdin = "app:one\nbroken\n";
        assertThat(run("passwd", "batch", file, "-I", "101")).isEqualTo(2);
        assertThat(err).hasToString("alicia-acl: line 2 of the standard input: expected ACCOUNT:PASSWORD\n");
        assertThat(file).doesNotExist();
        stdin = "app:one\nhall:two\napp:three\n";
        assertThat(run("passwd", "batch", file, "-I", "101")).isEqualTo(2);
        assertThat(err)
                .hasToString("alicia-acl: line 3 of the standard input: expected each account once, found app again"
                        + " after line 1\n");
        assertThat(file).doesNotExist();

        for (String nobody : List.of("", "\n \n")) {
            stdin = nobody;
            assertThat(run("passwd", "batch", file, "-I", "101")).isEqualTo(2);
            assertThat(err.toString()).contains("found no account");
        }
        assertThat(file).doesNotExist();

        assertThat(run("passwd", "add", file, "app")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no terminal to ask for the password of app");
        stdin = "x\n";
        assertThat(run("passwd", "add", file, "a:b", "--stdin")).isEqualTo(2);
        assertThat(run("passwd", "remove", acl, "nobody")).isEqualTo(2);
        assertThat(Files.readString(acl)).isEqualTo(HOUSE);
    }

    @Test
    void options_that_would_be_ignored_are_refused() {
        Path file = folder.resolve("passwords");
        stdin = "first\n";

        for (String algorithm : List.of("sha512", "argon2id")) {
            assertThat(run("passwd", "add", file, "app", "--env", "SECRET", "-H", algorithm, "-I", "5"))
                    .isEqualTo(2);
            assertThat(err.toString()).startsWith("alicia-acl: -I has no effect on " + algorithm);
        }
        assertThat(run("passwd", "add", file, "app", "--visible-password", "pw", "--stdin"))
                .isEqualTo(2);
        assertThat(err).hasToString("alicia-acl: expected one of --stdin, --env and --visible-password, found 2\n");
        assertThat(file).doesNotExist();
    }

    @Test
    void passwd_tells_machines_which_accounts_changed_and_which_lines_are_broken() throws IOException {
        Path file = Files.writeString(folder.resolve("passwords"), "app:plain\nbroken\n");

        assertThat(run("passwd", "change", file, "app", "--env", "SECRET", "-I", "101", "--json"))
                .isZero();
        assertThat(out.toString())
                .startsWith("{\"file\":\"" + file + "\",\"account\":\"app\",\"change\":\"changed\"}\n")
                .contains("\"line\":2,\"column\":1,\"problem\":\"")
                .doesNotContain("s3cret");
        stdin = "app:one\nhall:two\n";
        assertThat(run("passwd", "batch", file, "-I", "101", "--json")).isZero();
        assertThat(out.toString()).contains("\"hall\",\"change\":\"added\"}");
        assertThat(run("passwd", "remove", file, "hall", "--json")).isZero();
        assertThat(out.toString()).contains("\"hall\",\"change\":\"removed\"}");
    }

    @Test
    void what_others_add_at_the_same_time_is_not_lost() throws Exception {
        Path file = folder.resolve("passwords");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> adding = IntStream.range(0, 24)
                    .<Callable<Integer>>mapToObj(i -> () -> Main.run(
                            new Terminal(
                                    new ByteArrayInputStream(new byte[0]), null, Map.of("SECRET", "s3cret"), false),
                            new PrintWriter(Writer.nullWriter()),
                            new PrintWriter(Writer.nullWriter()),
                            "passwd",
                            "add",
                            file.toString(),
                            "account-" + i,
                            "--env",
                            "SECRET",
                            "-I",
                            "101"))
                    .toList();
            for (Future<Integer> added : threads.invokeAll(adding)) {
                assertThat(added.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(PasswordFile.read(file).hashes()).hasSize(24);
    }

    @Test
    void what_is_no_file_is_neither_read_nor_replaced() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        for (Path target : List.of(pipe, Path.of("/dev/null"))) {
            assertThat(run("passwd", "add", target, "app", "--env", "SECRET")).isEqualTo(3);
            assertThat(err)
                    .hasToString("alicia-acl: " + target
                            + ": it is a device or a pipe, and no file that could be replaced\n");
            assertThat(run("standard", "-o", target)).isEqualTo(3);
            assertThat(err)
                    .hasToString("alicia-acl: " + target
                            + ": it is a device or a pipe, and no file that could be replaced\n");
            assertThat(Files.isRegularFile(target)).isFalse();
        }
    }
}
