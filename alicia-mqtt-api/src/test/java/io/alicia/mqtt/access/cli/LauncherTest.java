package io.alicia.mqtt.access.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.access.PasswordFile;
import io.alicia.mqtt.access.PasswordHash;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code mvn package} leaves in {@code target/}, put together by the same script from the classes under test. */
@Timeout(60)
class LauncherTest {

    private static final String JAR = "access.jar";

    @TempDir
    static Path target;

    @TempDir
    private Path folder;

    private record Outcome(int exitCode, String output) {}

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        Path lib = Files.createDirectory(target.resolve("lib"));
        int classes = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (Files.isRegularFile(path)) {
                Files.copy(path, lib.resolve(path.getFileName()));
            } else if (!entry.isEmpty() && Files.isDirectory(path) && !path.endsWith("test-classes")) {
                classes++;
                jar(lib.resolve(classes + ".jar"), entry);
            }
        }
        jar(target.resolve(JAR), "src/launcher");
        Outcome built = run(target, "sh", Path.of("src/launcher/build.sh").toAbsolutePath(), target, JAR);
        assertThat(built.exitCode()).as(built.output()).isZero();
    }

    private static void jar(Path file, String folder) {
        ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
        int exitCode = tool.run(
                System.out, System.err, "--create", "--no-compress", "--file", file.toString(), "-C", folder, ".");
        assertThat(exitCode).as("jar %s", folder).isZero();
    }

    private static Outcome run(Path directory, Object... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.of(command).map(Object::toString).toList())
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Outcome(process.waitFor(), output);
    }

    @Test
    void anyone_may_run_it() throws IOException {
        assertThat(Files.getPosixFilePermissions(target.resolve("alicia-acl")))
                .contains(PosixFilePermission.OTHERS_EXECUTE, PosixFilePermission.OTHERS_READ);
    }

    @Test
    void it_answers_with_text_and_exit_code_from_any_directory_and_through_a_link() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("acl"), target.resolve("alicia-acl"));
        Files.writeString(folder.resolve("house.acl"), "user a\ntopic read alicia/#\n");

        Outcome allowed = run(folder, link, "explain", "-u", "a", "--receive", "alicia/x", "house.acl");
        Outcome denied = run(folder, link, "explain", "-u", "a", "--publish", "alicia/x", "house.acl");
        Outcome missing = run(folder, link, "check", "none");

        assertThat(allowed)
                .isEqualTo(new Outcome(0, "allowed RECEIVE alicia/x by a: house.acl:2 `topic read alicia/#`\n"));
        assertThat(denied.exitCode()).isEqualTo(1);
        assertThat(denied.output()).startsWith("denied PUBLISH alicia/x by a");
        assertThat(missing).isEqualTo(new Outcome(3, "alicia-acl: none: there is no such file\n"));
    }

    @Test
    void it_writes_and_reads_argon2id_which_the_jdk_lacks() throws Exception {
        Path launcher = target.resolve("alicia-acl");

        Outcome added = run(
                folder,
                "env",
                "SECRET=s3cret",
                launcher,
                "passwd",
                "add",
                "passwords",
                "hall",
                "--env",
                "SECRET",
                "-H",
                "argon2id");
        Outcome checked = run(folder, launcher, "check", "passwords");

        assertThat(added.exitCode()).as(added.output()).isZero();
        String written = Files.readString(folder.resolve("passwords"));
        assertThat(written).startsWith("hall:$argon2id$v=19$m=47104,t=1,p=1$");
        assertThat(PasswordHash.parse(written.strip().substring("hall:".length()))
                        .matches("s3cret".getBytes(UTF_8)))
                .isTrue();
        assertThat(checked.exitCode()).as(checked.output()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "env -i",
                "env -u LC_ALL LANG=POSIX",
                "env LC_ALL=C",
                "env -i LANG=xx_XX.UTF-8",
                "env -i LANG=C.UTF-8 LC_TIME=xx_XX.UTF-8"
            })
    void where_the_locale_is_that_of_cron_names_and_passwords_are_the_bytes_that_were_given(String locale)
            throws Exception {
        Outcome outcome = inLocale(locale, """
                '%s' passwd add größe küche --env SECRET -I 101
                cat größe
                """);

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("größe is new");
        assertThat(addedTo("größe", outcome, "küche").matches("pä".getBytes(UTF_8)))
                .isTrue();
    }

    @Test
    void where_the_locale_is_that_of_cron_answers_have_the_topics_that_were_asked_for() throws Exception {
        Files.writeString(folder.resolve("house.acl"), "user küche\ntopic read alicia/#\n");

        Outcome outcome = inLocale("env LC_ALL=C", """
                '%1$s' explain house.acl -u küche --receive alicia/ü
                '%1$s' passwd add größe bad --visible-password 'ß' -I 101
                cat größe
                """);

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output())
                .startsWith("allowed RECEIVE alicia/ü by küche: house.acl:2 `topic read alicia/#`\n");
        assertThat(addedTo("größe", outcome, "bad").matches("ß".getBytes(UTF_8)))
                .isTrue();
    }

    private Outcome inLocale(String locale, String commands) throws Exception {
        // A script, as this JVM's locale may be that of cron, too.
        Files.writeString(
                folder.resolve("script"),
                "export PATH='%s' JAVA_HOME='%s' SECRET='pä'\nset -e\n"
                                .formatted(System.getenv("PATH"), System.getProperty("java.home"))
                        + commands.formatted(target.resolve("alicia-acl")));
        return run(
                folder,
                Stream.of(locale.split(" ", -1), new String[] {"/bin/sh", "script"})
                        .flatMap(Stream::of)
                        .toArray());
    }

    private static PasswordHash addedTo(String file, Outcome printed, String account) {
        PasswordFile passwords = PasswordFile.parse(
                file,
                printed.output()
                        .lines()
                        .filter(line -> line.contains(":$7$"))
                        .reduce("", (all, line) -> all + line + "\n"));
        assertThat(passwords.hashes()).containsOnlyKeys(account);
        return Objects.requireNonNull(passwords.hashes().get(account));
    }

    @Test
    void bytes_that_are_no_text_are_refused() throws Exception {
        Path script = Files.writeString(folder.resolve("script"), """
                SECRET=$(printf 'p\\344') '%1$s' passwd add f a --env SECRET
                echo $?
                '%1$s' passwd add f "$(printf 'k\\374che')" --env PATH
                echo $?
                """.formatted(target.resolve("alicia-acl")));

        Outcome outcome = run(folder, "env", "LC_ALL=C", "/bin/sh", script);

        assertThat(outcome.output())
                .startsWith("alicia-acl: the password for a is not text in the character set of this locale")
                .contains("alicia-acl: argument 4 is not text in the character set of this locale, which is UTF-8")
                .contains("\n2\n")
                .endsWith("\n2\n");
        assertThat(folder.resolve("f")).doesNotExist();
    }

    @Test
    void without_java_it_says_what_it_needs() throws Exception {
        Outcome outcome =
                run(folder, "env", "-i", "PATH=" + folder, "/bin/sh", target.resolve("alicia-acl"), "--version");

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.output()).startsWith("alicia-acl: no Java found; set JAVA_HOME");
    }

    @Test
    void processes_that_add_accounts_at_the_same_time_lose_none() throws Exception {
        Path passwords = folder.resolve("passwords");
        List<Process> adding = new ArrayList<>();
        for (String account : List.of("a", "b", "c", "d")) {
            ProcessBuilder builder = new ProcessBuilder(
                            target.resolve("alicia-acl").toString(),
                            "passwd",
                            "add",
                            passwords.toString(),
                            account,
                            "--visible-password",
                            "s3cret",
                            "-I",
                            "101")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(account).toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            adding.add(builder.start());
        }

        for (Process process : adding) {
            assertThat(process.waitFor()).isZero();
        }
        assertThat(Files.readAllLines(passwords))
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactlyInAnyOrder("a", "b", "c", "d");
    }
}
