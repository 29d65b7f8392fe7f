package io.alicia.mqtt.broker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MosquittoConfTest {

    @TempDir
    Path directory;

    @Test
    void without_a_listener_only_this_machine_may_connect_and_without_a_name() throws Exception {
        MosquittoConf conf = ConfText.read(directory, "max_queued_messages 7");

        assertThat(conf.localOnly()).isTrue();
        assertThat(conf.allowsAnonymousLocally()).isTrue();
        assertThat(conf.listeners()).isEmpty();
        assertThat(conf.global().whole("max_queued_messages")).isEqualTo(7);
    }

    @Test
    void a_listener_needs_names_unless_told_otherwise() throws Exception {
        MosquittoConf conf =
                ConfText.read(directory, "listener 1883", "listener 1884 127.0.0.1", "listener_allow_anonymous true");

        assertThat(conf.allowsAnonymous(conf.listeners().get(0))).isFalse();
        assertThat(conf.allowsAnonymous(conf.listeners().get(1))).isTrue();
        assertThat(conf.listeners().get(1).host()).contains("127.0.0.1");
    }

    @Test
    void access_settings_are_global_wherever_they_stand() throws Exception {
        MosquittoConf conf =
                ConfText.read(directory, "listener 1883", "allow_anonymous true", "listener 1884", "password_file /pw");

        assertThat(conf.listeners()).allMatch(conf::allowsAnonymous);
        assertThat(conf.listeners())
                .allSatisfy(listener -> assertThat(
                                conf.access(listener, "password_file").text("password_file"))
                        .contains("/pw"));
    }

    @Test
    void per_listener_settings_keeps_access_settings_below_their_listener() throws Exception {
        MosquittoConf conf = ConfText.read(
                directory,
                "per_listener_settings true",
                "listener 1883",
                "allow_anonymous true",
                "listener 1884",
                "password_file /pw",
                "auto_id_prefix web-");

        ConfListener first = conf.listeners().get(0);
        ConfListener second = conf.listeners().get(1);
        assertThat(conf.allowsAnonymous(first)).isTrue();
        assertThat(conf.allowsAnonymous(second)).isFalse();
        assertThat(conf.access(first, "password_file").text("password_file")).isEmpty();
        assertThat(conf.access(second, "password_file").text("password_file")).contains("/pw");
        assertThat(conf.autoIdPrefix(first)).isEqualTo("auto-");
        assertThat(conf.autoIdPrefix(second)).isEqualTo("web-");
    }

    @Test
    void the_file_plugins_of_mosquitto_2_1_are_the_files_that_they_read() throws Exception {
        MosquittoConf conf = ConfText.read(
                directory,
                "plugin_load pw /usr/lib/mosquitto_password_file.so",
                "plugin_opt_password_file /etc/pw",
                "listener 1883",
                "plugin_use pw",
                "listener 1884",
                "global_plugin /usr/lib/mosquitto_acl_file.so",
                "plugin_opt_acl_file /etc/acl");

        ConfListener first = conf.listeners().get(0);
        ConfListener second = conf.listeners().get(1);
        assertThat(conf.access(first, "password_file").text("password_file")).contains("/etc/pw");
        assertThat(conf.access(second, "password_file").text("password_file")).isEmpty();
        assertThat(conf.access(first, "acl_file").text("acl_file")).contains("/etc/acl");
        assertThat(conf.access(second, "acl_file").text("acl_file")).contains("/etc/acl");
    }

    @Test
    void a_global_plugin_holds_on_each_listener_whatever_per_listener_settings_says() throws Exception {
        MosquittoConf conf = ConfText.read(
                directory,
                "per_listener_settings true",
                "listener 1883",
                "password_file /etc/pw",
                "global_plugin /usr/lib/mosquitto_acl_file.so",
                "plugin_opt_acl_file /etc/acl",
                "listener 1884");

        assertThat(conf.listeners())
                .hasSize(2)
                .allSatisfy(
                        listener -> assertThat(conf.access(listener, "acl_file").text("acl_file"))
                                .contains("/etc/acl"));
        assertThat(conf.access(conf.listeners().get(1), "password_file").text("password_file"))
                .isEmpty();
    }

    /** As Mosquitto 2.1.2: its answer is final for everybody, so that a listener's own file is never asked. */
    @Test
    void a_global_file_is_asked_instead_of_a_listeners_own_and_a_warning_says_so() throws Exception {
        MosquittoConf conf = ConfText.read(
                directory,
                "plugin_load pw /usr/lib/mosquitto_password_file.so",
                "plugin_opt_password_file /etc/own",
                "listener 1883",
                "plugin_use pw",
                "listener 1884",
                "plugin_use pw",
                "password_file /etc/all");

        assertThat(conf.listeners())
                .allSatisfy(listener -> assertThat(
                                conf.access(listener, "password_file").text("password_file"))
                        .contains("/etc/all"));
        assertThat(said(conf))
                .containsOnlyOnce("Warning: Nothing of the 'password_file' of the plugin at mosquitto.conf:1 holds: the"
                        + " 'password_file' at mosquitto.conf:7 is for all listeners and is asked first, as in Mosquitto,"
                        + " where it has the last word as well.");
    }

    @Test
    void so_is_the_file_of_a_global_plugin_whatever_per_listener_settings_says() throws Exception {
        MosquittoConf conf = ConfText.read(
                directory,
                "per_listener_settings true",
                "listener 1883",
                "acl_file /etc/own",
                "listener 1884",
                "plugin /usr/lib/mosquitto_acl_file.so",
                "plugin_opt_acl_file /etc/own",
                "global_plugin /usr/lib/mosquitto_acl_file.so",
                "plugin_opt_acl_file /etc/all");

        assertThat(conf.listeners())
                .allSatisfy(
                        listener -> assertThat(conf.access(listener, "acl_file").text("acl_file"))
                                .contains("/etc/all"));
        String holds = " is for all listeners and is asked first, as in Mosquitto, where it has the last word as well.";
        assertThat(said(conf))
                .contains(
                        "Warning: Nothing of the 'acl_file' at mosquitto.conf:3 holds: the 'acl_file' at mosquitto.conf:7"
                                + holds,
                        "Warning: Nothing of the 'acl_file' of the plugin at mosquitto.conf:5 holds: the 'acl_file' at"
                                + " mosquitto.conf:7" + holds);
    }

    private List<String> said(MosquittoConf conf) {
        return conf.notices().stream()
                .map(notice -> notice.text().replace(directory + "/", ""))
                .toList();
    }

    @Test
    void listeners_with_settings_of_their_own_have_a_file_plugin_each() throws Exception {
        MosquittoConf conf = ConfText.read(
                directory,
                "per_listener_settings true",
                "listener 1883",
                "plugin /usr/lib/mosquitto_acl_file.so",
                "plugin_opt_acl_file /etc/first",
                "listener 1884",
                "plugin /usr/lib/mosquitto_acl_file.so",
                "plugin_opt_acl_file /etc/second");

        assertThat(conf.listeners())
                .extracting(listener ->
                        conf.access(listener, "acl_file").text("acl_file").orElse(""))
                .containsExactly("/etc/first", "/etc/second");
        assertThat(conf.global().isSet("acl_file")).isFalse();
    }

    @Test
    void a_global_plugin_holds_in_local_only_mode_without_a_warning() throws Exception {
        MosquittoConf conf = ConfText.read(
                directory,
                "per_listener_settings true",
                "max_qos 1",
                "global_plugin /usr/lib/mosquitto_acl_file.so",
                "plugin_opt_acl_file /etc/acl");

        assertThat(conf.localOnly()).isTrue();
        assertThat(conf.global().text("acl_file")).contains("/etc/acl");
        assertThat(conf.notices()).noneMatch(notice -> notice.text().contains("'acl_file'"));
    }

    @Test
    void a_unix_socket_is_a_listener_with_port_0() throws Exception {
        ConfListener listener =
                ConfText.read(directory, "listener 0 /run/m.sock").listeners().get(0);

        assertThat(listener.port()).isZero();
        assertThat(listener.unixSocketPath()).contains("/run/m.sock");
        assertThat(listener.host()).isEmpty();
    }

    @Test
    void port_and_bind_address_make_the_default_listener_with_a_notice() throws Exception {
        MosquittoConf conf = ConfText.read(directory, "bind_address 127.0.0.1", "max_qos 1", "port 1999");

        assertThat(conf.listeners()).singleElement().satisfies(listener -> {
            assertThat(listener.port()).isEqualTo(1999);
            assertThat(listener.host()).contains("127.0.0.1");
            assertThat(listener.settings().whole("max_qos")).isEqualTo(1);
        });
        assertThat(conf.notices())
                .anyMatch(notice -> notice.severity() == Notice.Severity.NOTICE
                        && notice.text().startsWith("The 'port' option is now deprecated"));
    }

    @Test
    void a_removed_option_is_warned_about_with_its_place_and_the_modern_way() throws IOException {
        assertThat(ConfText.said(directory, "listener 1883", "store_clean_interval 10"))
                .singleElement()
                .asString()
                .startsWith("Warning: The 'store_clean_interval' option is no longer available. Remove the line")
                .contains("'autosave_interval'")
                .endsWith("(mosquitto.conf:2)");
    }

    @Test
    void included_files_are_read_in_mosquittos_order_each_starting_without_a_listener() throws Exception {
        Path included = Files.createDirectory(directory.resolve("conf.d"));
        for (String name : List.of("b", "A", "01", "a", "B", "00")) {
            Files.writeString(included.resolve(name + ".conf"), "listener 18" + (int) name.charAt(0) + "\n");
        }
        Files.writeString(included.resolve("ignored.txt"), "nonsense\n");
        Files.writeString(included.resolve(".conf"), "nonsense\n");

        MosquittoConf conf = ConfText.read(directory, "listener 1883", "include_dir " + included, "max_connections 5");

        assertThat(conf.notices().stream().map(Notice::text))
                .containsExactly(
                        "Loading config file '" + included + "/00.conf'",
                        "Loading config file '" + included + "/01.conf'",
                        "Loading config file '" + included + "/A.conf'",
                        "Loading config file '" + included + "/a.conf'",
                        "Loading config file '" + included + "/B.conf'",
                        "Loading config file '" + included + "/b.conf'");
        assertThat(conf.listeners().get(0).settings().whole("max_connections")).isEqualTo(5);
    }

    @Test
    void an_error_in_an_included_file_names_both_places() throws IOException {
        Path included = Files.createDirectory(directory.resolve("d"));
        Files.writeString(included.resolve("a.conf"), "# fine\nbogus\n");

        assertThat(ConfText.said(directory, "", "include_dir " + included))
                .endsWith(
                        "Error: Unknown configuration variable 'bogus'.",
                        "Error found at 'd/a.conf:2'.",
                        "Error found at mosquitto.conf:2.");
    }

    @Test
    void log_lines_add_up() throws Exception {
        LogConf log = ConfText.read(
                        directory,
                        "log_dest stdout",
                        "log_dest file /var/log/m q.log",
                        "log_type error",
                        "log_type subscribe",
                        "log_timestamp_format %H:%M",
                        "connection_messages false")
                .log();

        assertThat(log.destinations()).isEqualTo(Set.of(LogConf.Destination.STDOUT, LogConf.Destination.FILE));
        assertThat(log.file()).contains("/var/log/m q.log");
        assertThat(log.types()).isEqualTo(Set.of(LogType.ERROR, LogType.SUBSCRIBE));
        assertThat(log.timestampFormat()).contains("%H:%M");
        assertThat(log.connectionMessages()).isFalse();
        assertThat(ConfText.read(directory, "log_type none").log().types()).isEmpty();
    }

    @Test
    void a_bridge_is_read_whole() throws Exception {
        ConfBridge bridge = ConfText.read(
                        directory,
                        "connection cloud",
                        "addresses a.example:8883 [::1]:1884 b.example",
                        "topic sensors/# out 1 home/ cloud/",
                        "topic # IN",
                        "topic \"\" both 2 local remote",
                        "topic \"with blank\" out 0 \"\" r/",
                        "restart_timeout 10 30",
                        "clientid house",
                        "bridge_protocol_version mqttv50")
                .bridges()
                .get(0);

        assertThat(bridge.addresses())
                .containsExactly(
                        new ConfBridge.Address("a.example", 8883),
                        new ConfBridge.Address("[::1]", 1884),
                        new ConfBridge.Address("b.example", 1883));
        assertThat(bridge.topics())
                .extracting(
                        ConfBridge.Topic::pattern,
                        ConfBridge.Topic::direction,
                        ConfBridge.Topic::qos,
                        ConfBridge.Topic::localPrefix,
                        ConfBridge.Topic::remotePrefix)
                .containsExactly(
                        tuple("sensors/#", ConfBridge.Direction.OUT, 1, "home/", "cloud/"),
                        tuple("#", ConfBridge.Direction.IN, 0, "", ""),
                        tuple("", ConfBridge.Direction.BOTH, 2, "local", "remote"),
                        tuple("with blank", ConfBridge.Direction.OUT, 0, "", "r/"));
        assertThat(bridge.restart())
                .isEqualTo(new ConfBridge.Restart(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ZERO));
        assertThat(bridge.settings().text("remote_clientid")).contains("house");
        assertThat(bridge.settings().text("bridge_protocol_version")).contains("mqttv50");
    }

    @Test
    void numbers_are_decimal_hexadecimal_or_octal() throws Exception {
        Settings global = ConfText.read(
                        directory, "max_queued_messages 0x10", "sys_interval 010", "autosave_interval -5")
                .global();

        assertThat(global.whole("max_queued_messages")).isEqualTo(16);
        assertThat(global.whole("sys_interval")).isEqualTo(8);
        assertThat(global.whole("autosave_interval")).isZero();
    }

    @Test
    void windows_line_ends_and_blank_lines_are_nothing() throws Exception {
        assertThat(ConfText.read(directory, "listener 1883\r", "\r", "   ", "acl_file /a b \r")
                        .global()
                        .text("acl_file"))
                .isEqualTo(Optional.of("/a b"));
    }

    @Test
    void a_setting_that_is_replaced_or_has_text_behind_it_is_warned_about() throws IOException {
        assertThat(ConfText.said(directory, "sys_interval 1", "sys_interval 2 seconds", "sys_interval 2 # fine"))
                .containsExactly(
                        "Warning: 'sys_interval' at mosquitto.conf:1 is replaced by the one at mosquitto.conf:2.",
                        "Warning: The text after the value of 'sys_interval' is ignored. (mosquitto.conf:2)");
    }

    @Test
    void in_local_only_mode_listener_settings_are_warned_about() throws IOException {
        assertThat(ConfText.said(directory, "max_connections 5"))
                .last()
                .isEqualTo("Warning: 'max_connections' has no effect in local only mode; put it below a 'listener'."
                        + " (mosquitto.conf:1)");
    }
}
