package io.alicia.mqtt.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.access.PasswordHash;
import io.alicia.mqtt.ports.FreePort;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
@ResourceLock(SignalBarrierTest.SIGNALS)
class ProgramTest {

    @TempDir
    Path directory;

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(directory.resolve(name), String.join("\n", lines) + "\n");
    }

    @Test
    void sigterm_ends_it_with_0_and_sighup_does_not() throws Exception {
        int port = FreePort.find();
        Path pidFile = directory.resolve("broker.pid");
        file("m.conf", "listener " + port + " 127.0.0.1", "allow_anonymous true", "pid_file " + pidFile);

        try (BrokerProcess broker =
                BrokerProcess.ours(directory, "-c", "m.conf").untilRunning()) {
            assertThat(pidFile).hasContent(String.valueOf(broker.pid()));
            broker.signal("HUP");
            broker.untilLogged("Reloading config.");
            connect(port, null).disconnect();
            broker.signal("TERM");

            assertThat(broker.exitCode()).isZero();
            assertThat(broker.log()).anyMatch(line -> line.endsWith(" terminating"));
            assertThat(pidFile).doesNotExist();
        }
    }

    @Test
    void sighup_reads_the_passwords_again_and_keeps_the_old_ones_if_it_can_not() throws Exception {
        int port = FreePort.find();
        file("passwords", "kitchen:" + hash("first"));
        file("m.conf", "listener " + port + " 127.0.0.1", "password_file passwords");

        try (BrokerProcess broker =
                BrokerProcess.ours(directory, "-c", "m.conf").untilRunning()) {
            connect(port, "first").disconnect();

            file("passwords", "not a password file");
            broker.signal("HUP");
            broker.untilLogged("The configuration stays as it was.");
            connect(port, "first").disconnect();

            file("passwords", "kitchen:" + hash("second"));
            broker.signal("HUP");
            broker.untilLogged("1 with a new password");
            connect(port, "second").disconnect();
            assertThatThrownBy(() -> connect(port, "first")).isInstanceOf(MqttException.class);
        }
    }

    @Test
    void sighup_takes_over_limits_and_says_what_has_to_wait_for_the_next_start() throws Exception {
        int port = FreePort.find();
        file("m.conf", "listener " + port + " 127.0.0.1", "allow_anonymous true");

        try (BrokerProcess broker =
                BrokerProcess.ours(directory, "-c", "m.conf").untilRunning()) {
            int another = FreePort.find();
            file(
                    "m.conf",
                    "clientid_prefixes house-",
                    "persistence true",
                    "listener " + port + " 127.0.0.1",
                    "allow_anonymous true",
                    "max_connections 5",
                    "listener " + another);
            broker.signal("HUP");
            broker.untilLogged("the listener tcp:" + another + " is new; it is opened at the next start")
                    .untilLogged("whether and where state is kept on disk changes at the next start")
                    .untilLogged("of what changed for the listener tcp:" + port + ", only users");

            assertThatThrownBy(() -> connect(port, null)).isInstanceOf(MqttException.class);
        }
    }

    @Test
    void a_log_that_nobody_reads_does_not_stop_the_broker() throws Exception {
        int port = FreePort.find();
        file("m.conf", "listener " + port + " 127.0.0.1", "allow_anonymous true", "log_dest stdout", "log_type all");
        // A pipe that is never read: it is full after 64 KiB.
        Process process = new ProcessBuilder(BrokerProcess.ourCommand("-c", "m.conf"))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            await().ignoreExceptions().until(() -> {
                connect(port, null).disconnect();
                return true;
            });
            MqttClient client = connect(port, null);
            byte[] payload = new byte[10];
            String topic = "a/" + "long/".repeat(100);
            for (int i = 0; i < 1000; i++) {
                client.publish(topic, payload, 1, false);
            }
            client.disconnect();

            process.destroy();
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -c nothing.conf           |  3 | Error: Unable to open config file 'nothing.conf'.
            -c bad.conf               |  3 | Error found at bad.conf:2.
            --test-config -c bad.conf |  3 | Error found at bad.conf:2.
            --test-config -c good.conf |  0 | Configuration file is OK.
            --test-config             |  3 | Please provide a configuration file to test.
            -p                        |  3 | Error: -p argument given, but no port specified.
            --unknown                 |  3 | Error: Unknown option '--unknown'.
            -c nopasswords.conf       | 13 | Error: Unable to open pwfile "nothing".
            -c noacl.conf             | 13 | Error: Unable to open acl_file "nothing".
            -c noacls.conf            | 13 | Error: Unable to open acl_file "nothing".
            -c badline.conf           | 13 | Error: Invalid line in password file "
            -c badhash.conf           | 13 | Error: Unable to decode line in password file "
            -c noroles.conf           | 13 | Error: Unable to load the dynamic security config "nothing".
            -c badroles.conf          | 13 | Error: Unable to load the dynamic security config "
            -c plugin.conf            | 13 | Error: Unable to load plugin 'nothing.so'.
            --test-config -c plugin.conf | 3 | Error: Unable to load plugin 'nothing.so'.
            -c nopid.conf             | 14 | Error: Unable to write pid file.
            -c nohttp.conf            |  3 | Error: http_dir "nothing" is not a directory. (nohttp.conf:3)
            --test-config -c nohttp.conf | 3 | Error: http_dir "nothing" is not a directory. (nohttp.conf:3)
            """)
    void what_can_not_be_started_is_said_in_one_line(String arguments, int exitCode, String line) throws Exception {
        file("bad.conf", "# fine", "max_qos x");
        file("good.conf", "listener 1883 127.0.0.1");
        file("nopasswords.conf", "listener 1883 127.0.0.1", "password_file nothing");
        file("noacl.conf", "listener 1883 127.0.0.1", "acl_file nothing");
        file("noacls.conf", "listener 1883 127.0.0.1", "acl_file nothing/");
        Path badLine = file("badline", ":$6$salt$hash");
        file("badline.conf", "listener 1883 127.0.0.1", "password_file " + badLine);
        Path badHash = file("badhash", "kitchen:$6$salt");
        file("badhash.conf", "listener 1883 127.0.0.1", "password_file " + badHash);
        file("plugin.conf", "listener 1883 127.0.0.1", "plugin nothing.so");
        String roles = "plugin mosquitto_dynamic_security.so";
        file("noroles.conf", "listener 1883 127.0.0.1", roles, "plugin_opt_config_file nothing");
        Path badRoles = file("badroles", "{\"clients\": [{}]}");
        file("badroles.conf", "listener 1883 127.0.0.1", roles, "plugin_opt_config_file " + badRoles);
        file("nopid.conf", "listener 1883 127.0.0.1", "pid_file nothing/pid");

        file("nohttp.conf", "listener 1883 127.0.0.1", "protocol websockets", "http_dir nothing");

        ListTarget stderr = new ListTarget();
        BrokerLog log = new BrokerLog(InstantSource.system(), stderr);

        int actual = new Program(log, nullStream())
                .run(Arrays.stream(arguments.split(" ", -1))
                        .map(this::inDirectory)
                        .toList());
        log.close();

        assertThat(actual).isEqualTo(exitCode);
        assertThat(stderr.lines()).anyMatch(logged -> logged.startsWith(inMessage(line)));
        assertThat(stderr.lines()).noneMatch(logged -> logged.startsWith("\tat ") || logged.contains("Exception"));
    }

    private String inDirectory(String argument) {
        return argument.endsWith(".conf") ? directory.resolve(argument).toString() : argument;
    }

    private String inMessage(String line) {
        return line.replaceAll("(?=(?:nothing|bad|nohttp)\\.conf)", directory + "/");
    }

    private static PrintStream nullStream() {
        return new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    }

    @Test
    void a_port_in_use_ends_it_with_1_and_names_the_port() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            file("m.conf", "listener " + taken.getLocalPort() + " 127.0.0.1");
            try (BrokerProcess broker = BrokerProcess.ours(directory, "-c", "m.conf")) {
                assertThat(broker.exitCode()).isEqualTo(1);
                assertThat(broker.log())
                        .last()
                        .asString()
                        .startsWith("Error: ")
                        .contains(String.valueOf(taken.getLocalPort()))
                        .endsWith("Address already in use");
            }
        }
    }

    @Test
    void help_and_version_are_told_on_the_standard_output() throws Exception {
        try (BrokerProcess help = BrokerProcess.ours(directory, "-h")) {
            assertThat(help.exitCode()).isZero();
            assertThat(directory.resolve("stdout"))
                    .content()
                    .contains("Usage: alicia-mqtt-broker [-c config_file] [-d] [-h] [-p port] [-v]");
        }
        try (BrokerProcess version = BrokerProcess.ours(directory, "--version")) {
            assertThat(version.exitCode()).isZero();
            assertThat(directory.resolve("stdout")).content().matches("alicia-mqtt-broker \\d+\\.\\d+.*\\n");
        }
    }

    @Test
    void without_a_file_it_is_for_this_machine_and_its_ports_are_those_of_p() throws Exception {
        int first = FreePort.find();
        int second = FreePort.find();

        try (BrokerProcess broker = BrokerProcess.ours(
                        directory, "-v", "-p", String.valueOf(first), "-p", String.valueOf(second))
                .untilRunning()) {
            connect(first, null).disconnect();
            connect(second, null).disconnect();
            assertThat(broker.log()).anyMatch(line -> line.startsWith("Starting in local only mode."));
        }
    }

    private static String hash(String password) {
        return PasswordHash.pbkdf2Sha512(
                        password.getBytes(StandardCharsets.UTF_8),
                        PasswordHash.MOSQUITTO_ITERATIONS,
                        new SecureRandom())
                .encoded();
    }

    private static MqttClient connect(int port, @Nullable String password) throws MqttException {
        MqttClient client = new MqttClient("tcp://127.0.0.1:" + port, "test-" + port, null);
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setMaxInflight(2000);
        if (password != null) {
            options.setUserName("kitchen");
            options.setPassword(password.toCharArray());
        }
        client.connect(options);
        return client;
    }
}
