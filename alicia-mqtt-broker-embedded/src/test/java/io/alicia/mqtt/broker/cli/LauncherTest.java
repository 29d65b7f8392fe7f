package io.alicia.mqtt.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.broker.RawClient;
import io.alicia.mqtt.broker.tls.OpenSsl;
import io.alicia.mqtt.broker.tls.Pki;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.ReasonCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mvn package} leaves in {@code target/}, put together by the same script from the classes under test. */
@Timeout(180)
class LauncherTest {

    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    @TempDir
    static Path target;

    @TempDir
    Path directory;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        Path lib = Files.createDirectory(target.resolve("lib"));
        int number = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (!entry.isEmpty() && Files.isDirectory(path)) {
                number++;
                jar(lib + "/" + number + ".jar", entry);
            } else if (Files.isRegularFile(path)) {
                Files.copy(path, lib.resolve(path.getFileName()));
            }
        }
        jar(target + "/broker.jar", "src/launcher");
        run(
                "sh",
                Path.of("src/launcher/build.sh").toAbsolutePath().toString(),
                JAVA_HOME.toString(),
                target.toString(),
                "broker.jar",
                "2026-11-22T00:00:00Z");
    }

    private static void jar(String file, String folder) {
        ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
        assertThat(tool.run(System.out, System.err, "--create", "--no-compress", "--file", file, "-C", folder, "."))
                .as("jar %s", folder)
                .isZero();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    }

    private static String launcher() {
        return target.resolve("alicia-mqtt-broker").toString();
    }

    private Path config(int port) throws IOException {
        return Files.writeString(
                directory.resolve("m.conf"), "listener " + port + " 127.0.0.1\nallow_anonymous true\n");
    }

    @Test
    void anyone_may_run_it_and_read_what_it_needs() throws IOException {
        assertThat(Files.getPosixFilePermissions(Path.of(launcher())))
                .contains(PosixFilePermission.OTHERS_EXECUTE, PosixFilePermission.OTHERS_READ);
        for (String name : List.of("alicia-mqtt-broker.jar", "alicia-mqtt-broker.jsa", "broker.jar")) {
            assertThat(Files.getPosixFilePermissions(target.resolve(name)))
                    .as(name)
                    .contains(PosixFilePermission.OTHERS_READ);
        }
    }

    @Test
    void each_build_makes_the_same_jar() throws IOException {
        try (ZipFile jar = new ZipFile(target + "/alicia-mqtt-broker.jar")) {
            assertThat(jar.stream().map(ZipEntry::getName)).containsExactly("META-INF/", "META-INF/MANIFEST.MF");
            assertThat(jar.stream().map(ZipEntry::getTimeLocal))
                    .containsOnly(LocalDateTime.parse("2026-11-22T00:00:00"));
        }
    }

    @Test
    void the_jvm_takes_the_place_of_the_script_from_any_directory_and_through_a_link() throws Exception {
        config(FreePort.find());
        Path link = Files.createSymbolicLink(directory.resolve("mqtt"), Path.of(launcher()));

        try (BrokerProcess broker = BrokerProcess.start(directory, List.of(link.toString(), "-c", "m.conf"))
                .untilRunning()) {
            assertThat(ProcessHandle.of(broker.pid())
                            .flatMap(handle -> handle.info().command()))
                    .hasValueSatisfying(command -> assertThat(command).endsWith("java"));
            broker.signal("TERM");
            assertThat(broker.exitCode()).isZero();
        }
    }

    /** The JDK has no argon2id: the library for it stands beside the launcher. The hash is one of RFC 9106's authors. */
    @Test
    void it_lets_in_who_has_an_argon2id_password_and_nobody_else() throws Exception {
        int port = FreePort.find();
        Path passwords = Files.writeString(
                directory.resolve("passwords"),
                "kitchen:$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4\n");
        Files.writeString(
                directory.resolve("m.conf"), "listener " + port + " 127.0.0.1\npassword_file " + passwords + "\n");

        try (BrokerProcess broker = BrokerProcess.start(directory, List.of(launcher(), "-c", "m.conf"))
                        .untilRunning();
                RawClient wrong = RawClient.at(port);
                RawClient right = RawClient.at(port)) {
            assertThat(wrong.connect("a", "kitchen", "guess").reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(right.connect("b", "kitchen", "password").reasonCode()).isEqualTo(ReasonCode.SUCCESS);
            assertThat(broker.log()).noneMatch(line -> line.startsWith("Error"));
        }
    }

    @Test
    void in_the_locale_of_systemd_and_containers_files_have_the_names_that_they_have() throws Exception {
        Path config = config(FreePort.find());
        // A shell writes the files, as this JVM's locale may be that of systemd, too.
        Path script = Files.writeString(directory.resolve("script"), """
                echo 'topic read alicia/#' >küche.acl
                echo "acl_file $PWD/küche.acl" >>m.conf
                """);
        assertThat(new ProcessBuilder("sh", script.toString())
                        .directory(directory.toFile())
                        .start()
                        .waitFor())
                .isZero();

        try (BrokerProcess broker = BrokerProcess.start(
                        directory, List.of("env", "LC_ALL=C", launcher(), "-c", "m.conf"))
                .untilRunning()) {
            assertThat(broker.log()).noneMatch(line -> line.startsWith("Error"));
        }
        // Without the launcher nobody chooses another locale: it is refused in a sentence.
        try (BrokerProcess broker = BrokerProcess.start(
                directory,
                List.of(
                        "env",
                        "LC_ALL=C",
                        JAVA_HOME.resolve("bin/java").toString(),
                        "-jar",
                        target.resolve("alicia-mqtt-broker.jar").toString(),
                        "-c",
                        config.toString()))) {
            assertThat(broker.exitCode()).isNotZero();
            assertThat(broker.log())
                    .anyMatch(line -> line.contains("Unable to open acl_file")
                            && line.endsWith("start the broker with LC_ALL=C.UTF-8."))
                    .noneMatch(line -> line.contains("InvalidPathException"));
        }
    }

    @Test
    void it_is_up_within_a_second() throws Exception {
        Duration fastest = Duration.ofMinutes(1);
        // Other tests may want the processors as well: the fastest of several starts tells what it takes.
        for (int i = 0; i < 20 && fastest.toMillis() >= 1000; i++) {
            config(FreePort.find());
            long begin = System.nanoTime();
            try (BrokerProcess broker = BrokerProcess.start(directory, List.of(launcher(), "-c", "m.conf"))
                    .untilRunning()) {
                Duration taken = Duration.ofNanos(System.nanoTime() - begin);
                fastest = taken.compareTo(fastest) < 0 ? taken : fastest;
                assertThat(broker.isAlive()).isTrue();
            }
        }
        assertThat(fastest).isLessThan(Duration.ofSeconds(1));
    }

    /** Mosquitto's 08-ssl tests give it two seconds; verifying Bouncy Castle's provider alone took more. */
    @Test
    void what_tls_needs_is_in_the_archive_and_bouncy_castles_provider_is_not_loaded() throws Exception {
        OpenSsl.require("openssl");
        Pki pki = Pki.in(Files.createDirectory(directory.resolve("pki")));
        Path loaded = directory.resolve("classes.log");
        Files.writeString(
                config(FreePort.find()),
                "certfile " + pki.file("server.crt") + "\nkeyfile " + pki.file("server.key") + "\n",
                StandardOpenOption.APPEND);

        try (BrokerProcess broker = BrokerProcess.start(
                        directory,
                        List.of(
                                "env",
                                "ALICIA_MQTT_BROKER_OPTS=-Xlog:class+load:file=" + loaded,
                                launcher(),
                                "-c",
                                "m.conf"))
                .untilRunning()) {
            assertThat(broker.isAlive()).isTrue();
        }

        assertThat(Files.readAllLines(loaded))
                .noneMatch(line -> line.contains("BouncyCastleProvider"))
                .anyMatch(line -> line.contains("sun.security.ssl.SSLContextImpl") && line.contains("shared objects"))
                .anyMatch(line -> line.contains("broker.tls.ServerTls") && line.contains("shared objects"));
    }

    @Test
    void sighup_is_heard_also_by_a_broker_that_was_started_with_nohup() throws Exception {
        config(FreePort.find());

        try (BrokerProcess broker = BrokerProcess.start(directory, List.of("nohup", launcher(), "-c", "m.conf"))
                .untilRunning()) {
            broker.signal("HUP");
            broker.untilLogged("Reloading config.");
        }
    }

    /** A hook that renews certificates does not ask whether the broker runs already. */
    @Test
    void sighup_while_it_starts_is_done_when_it_runs() throws Exception {
        config(FreePort.find());

        try (BrokerProcess broker = BrokerProcess.start(directory, List.of(launcher(), "-c", "m.conf"))) {
            broker.untilLogged(" starting");
            broker.signal("HUP");
            broker.untilLogged(" running");
            broker.untilLogged("Reloading config.");
        }
    }

    /** SIGUSR2 breaks a JVM down that uses it itself, and SIGRTMIN, which Mosquitto rotates its log at, ends any. */
    @Test
    void signals_that_mosquitto_takes_end_nothing() throws Exception {
        config(FreePort.find());

        // As what runs in the background of a shell.
        List<String> command = List.of("sh", "-c", "trap '' INT; exec \"$0\" -c m.conf", launcher());
        try (BrokerProcess broker = BrokerProcess.start(directory, command).untilRunning()) {
            broker.signal("RTMIN");
            broker.signal("USR2");
            broker.untilLogged("SIGUSR2 does not print the subscriptions here;");
            broker.signal("USR2");
            broker.signal("HUP");
            broker.untilLogged("Reloading config.");
            broker.signal("INT");
            assertThat(broker.exitCode()).isZero();
        }
    }

    /** One that stayed without some of its threads would answer nobody, and nobody would start it again. */
    @Test
    void without_memory_it_ends() throws Exception {
        config(FreePort.find());

        try (BrokerProcess broker = BrokerProcess.start(
                directory, List.of("env", "ALICIA_MQTT_BROKER_OPTS=-Xmx4m", launcher(), "-c", "m.conf"))) {
            assertThat(broker.exitCode()).isEqualTo(3);
        }
        assertThat(Files.readString(directory.resolve("stdout")))
                .contains("Terminating due to java.lang.OutOfMemoryError");
    }

    @Test
    void umask_set_is_the_umask() throws Exception {
        Path pidFile = directory.resolve("broker.pid");
        Files.writeString(config(FreePort.find()), "pid_file " + pidFile + "\n", StandardOpenOption.APPEND);

        try (BrokerProcess broker = BrokerProcess.start(
                        directory, List.of("env", "UMASK_SET=077", launcher(), "-c", "m.conf"))
                .untilRunning()) {
            assertThat(broker.isAlive()).isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pidFile)))
                    .isEqualTo("rw-------");
        }
        try (BrokerProcess broker =
                BrokerProcess.start(directory, List.of("env", "UMASK_SET=8", launcher(), "-c", "m.conf"))) {
            assertThat(broker.exitCode()).isEqualTo(3);
            assertThat(broker.log()).containsExactly("Error: UMASK_SET environment variable not a valid octal number.");
        }
    }

    @Test
    void the_executable_jar_is_the_same_program() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(
                directory,
                List.of(
                        JAVA_HOME.resolve("bin/java").toString(),
                        "-jar",
                        target + "/alicia-mqtt-broker.jar",
                        "-c",
                        "no.conf"))) {
            assertThat(broker.exitCode()).isEqualTo(3);
            assertThat(broker.log()).containsExactly("Error: Unable to open config file 'no.conf'.");
        }
    }

    @Test
    void d_comes_back_when_the_configuration_is_good_and_leaves_the_broker_running() throws Exception {
        Path pidFile = directory.resolve("broker.pid");
        Files.writeString(config(FreePort.find()), "pid_file " + pidFile + "\n", StandardOpenOption.APPEND);

        try (BrokerProcess script = BrokerProcess.start(directory, List.of(launcher(), "-c", "m.conf", "-d"))) {
            assertThat(script.exitCode()).isZero();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(pidFile) && Files.size(pidFile) > 0);
        ProcessHandle broker =
                ProcessHandle.of(Long.parseLong(Files.readString(pidFile))).orElseThrow();
        broker.destroy();
        await().atMost(Duration.ofSeconds(30)).until(() -> !broker.isAlive());
    }

    @Test
    void d_with_a_bad_configuration_says_so_and_leaves_nothing_running() throws Exception {
        Files.writeString(directory.resolve("m.conf"), "bogus\n");

        try (BrokerProcess script = BrokerProcess.start(directory, List.of(launcher(), "-d", "-c", "m.conf"))) {
            assertThat(script.exitCode()).isEqualTo(3);
            assertThat(script.log()).contains("Error: Unknown configuration variable 'bogus'.");
        }
    }
}
