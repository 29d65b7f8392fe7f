package io.alicia.mqtt.broker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfErrorsTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, quoteCharacter = '`', textBlock = """
            unknown_option unknown              | Error: Unknown configuration variable 'unknown_option'.
            user                                | Error: Empty 'user' value in configuration.
            pid_file /p;pid_file /p             | Error: Duplicate 'pid_file' value in configuration.
            memory_limit                        | Error: Empty 'memory_limit' value in configuration.
            memory_limit -1                     | Error: Invalid 'memory_limit' value (-1).
            accept_protocol_versions 3          | Error: The 'accept_protocol_versions' option requires a listener to be defined first.
            listener 1;accept_protocol_versions | Error: Empty 'accept_protocol_versions' value in configuration.
            allow_anonymous                     | Error: Empty 'allow_anonymous' value in configuration.
            allow_anonymous falst               | Error: Invalid 'allow_anonymous' value (falst).
            autosave_interval                   | Error: Empty 'autosave_interval' value in configuration.
            autosave_interval string            | Error: 'autosave_interval' value not a number.
            autosave_interval 99999999999       | Error: 'autosave_interval' value out of range.
            listener                            | Error: Empty 'listener port' value in configuration.
            listener 100000                     | Error: Invalid 'port' value (100000).
            listener 0                          | Error: A listener with port 0 must provide a Unix socket path.
            mount_point test/                   | Error: The 'mount_point' option requires a listener to be defined first.
            listener 1;mount_point test/+/      | Error: Invalid 'mount_point' value (test/+/). Does it contain a wildcard character?
            listener 1;protocol                 | Error: Empty 'protocol' value in configuration.
            listener 1;protocol test            | Error: Invalid 'protocol' value (test).
            listener 1;protocol http_api        | Error: HTTP API support not available. Remove the listener with 'protocol http_api'; what the broker does is told by the topics below $SYS/broker.
            plugin_opt_inval string             | Error: The 'plugin_opt_inval' option requires plugin/global_plugin/plugin_load to be defined first.
            plugin a.so;plugin_opt_ string      | Error: Invalid 'plugin_opt_' config option.
            plugin a.so;plugin_opt_test         | Error: Empty 'test' value in configuration.
            plugin_use a                        | Error: The 'plugin_use' option requires a listener to be defined first.
            listener 1;plugin_use a             | Error: Plugin 'a' not previously loaded.
            plugin_load a                       | Error: Missing plugin path for plugin name 'a'.
            bridge_insecure true                | Error: The 'bridge_insecure' option requires a bridge to be defined first.
            username un                         | Error: The 'username' option requires a bridge to be defined first.
            connection                          | Error: Empty 'connection' value in configuration.
            connection a;connection a           | Error: Duplicate bridge name 'a'.
            connection a;topic "missing quote   | Error: Missing closing quote in topic value (quote).
            connection a;bridge_psk             | Error: Empty 'bridge_psk' value in configuration.
            connection a;bridge_receive_maximum 0 | Error: bridge_receive_maximum must be greater than 0.
            connection a;bridge_tcp_keepalive 1 0 | Error: invalid TCP keepalive interval value.
            maximum_qos 3                       | Error: 'max_qos' must be between 0 and 2 inclusive.
            max_inflight_messages 65536         | Error: 'max_inflight_messages' must be <= 65535.
            max_packet_size 19                  | Error: 'max_packet_size' must be >= 20.
            message_size_limit 556000000        | Error: Invalid 'message_size_limit' value (556000000).
            message_size_limit -1               | Error: Invalid 'message_size_limit' value (4294967295).
            max_keepalive -1                    | Error: Invalid 'max_keepalive' value (-1).
            listener 1;max_topic_alias -1       | Error: Invalid 'max_topic_alias' value in configuration.
            listener 1;listener_auto_id_prefix  | Error: Empty 'listener_auto_id_prefix' value in configuration.
            listener 1;enable_proxy_protocol 3  | Error: enable_proxy_protocol must be 1 or 2.
            websockets_headers_size -1          | Error: Packet buffer size must be between 0 and 65535 inclusive.
            sys_interval 65536                  | Error: Invalid 'sys_interval' value (65536).
            retain_expiry_interval 0            | Error: retain_expiry_interval must be >= 1.
            persistent_client_expiration 3x     | Error: Invalid 'persistent_client_expiration' duration in configuration.
            allow_anonymous true;per_listener_settings true | Error: per_listener_settings must be set before any other security settings.
            """)
    void a_line_that_mosquitto_refuses_is_refused_with_its_message_and_place(String text, String error)
            throws IOException {
        String[] lines = text.split(";", -1);

        assertThat(ConfText.said(directory, lines))
                .endsWith(error, "Error found at mosquitto.conf:" + lines.length + ".");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            connection a                                  | Error: Invalid bridge configuration: no remote addresses defined.
            connection a;address localhost                | Error: Invalid bridge configuration: no topics defined.
            connection a;topic t                          | Error: Invalid bridge configuration: no remote addresses defined.
            connection a;address b;topic t;bridge_psk 1   | Error: Invalid bridge configuration: missing bridge_identity.
            listener 1;certfile a                         | Error: Both certfile and keyfile must be provided to enable a TLS listener.
            listener 1;cafile a                           | Error: cafile specified without certfile and keyfile.
            listener 1;capath a                           | Error: capath specified without certfile and keyfile.
            listener 1;enable_proxy_protocol 2;use_subject_as_username true | Error: use_subject_as_username cannot be used with `enable_proxy_protocol 2`.
            """)
    void a_whole_that_mosquitto_refuses_is_refused_with_its_message(String text, String error) throws IOException {
        assertThat(ConfText.said(directory, text.split(";", -1))).endsWith(error);
    }

    @Test
    void what_this_broker_can_not_honour_is_refused_with_the_reason_and_what_to_do() throws IOException {
        assertThat(ConfText.said(directory, "listener 1", "psk_hint hint", "tls_engine tpm"))
                .anyMatch(line -> line.startsWith("Error: The 'psk_hint' option can't be honoured. TLS-PSK is not")
                        && line.endsWith("(mosquitto.conf:2)"))
                .anyMatch(line -> line.startsWith("Error: The 'tls_engine' option can't be honoured."))
                .last()
                .isEqualTo("Error found at mosquitto.conf:2.");
    }

    /** Mosquitto without psk_hint asks nobody for a key either: its listener is as open as here, but says nothing. */
    @Test
    void a_psk_file_that_no_listener_asks_for_is_said_to_protect_nothing() throws IOException {
        assertThat(ConfText.said(directory, "listener 1", "psk_file keys", "use_identity_as_username true"))
                .anyMatch(line -> line.startsWith("Warning: ")
                        && line.contains("'psk_file'")
                        && line.contains("Only listeners with psk_hint use it, and TLS-PSK is not supported")
                        && line.endsWith("(mosquitto.conf:2)"));
        assertThat(ConfText.said(directory, "listener 1", "psk_file keys", "psk_hint hint"))
                .anyMatch(line -> line.startsWith("Error: The 'psk_hint' option can't be honoured. TLS-PSK is not")
                        && line.endsWith("(mosquitto.conf:3)"));
    }

    @Test
    void a_native_plugin_is_refused_with_what_to_do() throws IOException {
        assertThat(ConfText.said(directory, "listener 1", "plugin /usr/lib/own.so"))
                .endsWith(
                        "Error: Unable to load plugin '/usr/lib/own.so'. Modules of Mosquitto can't be loaded; remove the"
                                + " line.",
                        "Error found at mosquitto.conf:2.");
    }

    @Test
    void the_dynamic_security_plugin_says_what_it_does_not_do_and_is_alone() throws IOException {
        String plugin = "plugin /usr/lib/mosquitto_dynamic_security.so";
        assertThat(ConfText.said(directory, "listener 1", plugin, "plugin_opt_config_file roles.json"))
                .contains("Warning: The clients, groups and roles of 'roles.json' hold as they stand there. Commands to"
                        + " $CONTROL/dynamic-security/v1 are not carried out: change the file and send SIGHUP."
                        + " (mosquitto.conf:2)");
        assertThat(ConfText.said(
                        directory, "listener 1", plugin, "plugin_opt_config_file roles.json", "acl_file house.acl"))
                .endsWith(
                        "Error: Unable to load plugin '/usr/lib/mosquitto_dynamic_security.so'. Its clients and roles"
                                + " can't be joined with the 'acl_file' at mosquitto.conf:4: put all of them into one.",
                        "Error found at mosquitto.conf:2.");
    }

    /** Mosquitto starts without it and lets everybody in; when the line goes and it reads the file again, it does not. */
    @Test
    void the_dynamic_security_plugin_without_its_file_protects_nothing_and_is_refused() throws IOException {
        assertThat(ConfText.said(
                        directory,
                        "listener 1",
                        "plugin /usr/lib/mosquitto_dynamic_security.so",
                        "#plugin_opt_config_file roles.json"))
                .endsWith(
                        "Error: Unable to load plugin '/usr/lib/mosquitto_dynamic_security.so'. It needs"
                                + " 'plugin_opt_config_file' below it.",
                        "Error found at mosquitto.conf:2.");
    }

    @ParameterizedTest
    @CsvSource({"dynamic_security, config_file", "password_file, password_file", "acl_file, acl_file"})
    void a_loaded_plugin_that_no_listener_uses_is_said_to_protect_nothing(String module, String option)
            throws IOException {
        String load = "plugin_load house /usr/lib/mosquitto_" + module + ".so";
        String unused = "Warning: The plugin 'house' is used by no listener and nothing of it holds: put"
                + " 'plugin_use house' below those that shall have it. (mosquitto.conf:1)";
        assertThat(ConfText.said(directory, load, "plugin_opt_" + option + " file", "listener 1"))
                .contains(unused)
                .noneMatch(line -> line.contains("hold as they stand there"));
        assertThat(ConfText.said(directory, load, "plugin_opt_" + option + " file", "listener 1", "plugin_use house"))
                .doesNotContain(unused);
    }

    @Test
    void a_plugin_for_all_listeners_is_refused_where_one_has_a_file_of_its_own_for_the_same() throws IOException {
        String roles = "global_plugin /usr/lib/mosquitto_dynamic_security.so";
        String joined = "Error: Unable to load plugin '/usr/lib/mosquitto_dynamic_security.so'. Its clients and roles"
                + " can't be joined with the '%s' at mosquitto.conf:%d: put all of them into one.";
        assertThat(ConfText.said(
                        directory,
                        "per_listener_settings true",
                        roles,
                        "plugin_opt_config_file roles.json",
                        "listener 1",
                        "listener 2",
                        "acl_file house.acl"))
                .endsWith(joined.formatted("acl_file", 6), "Error found at mosquitto.conf:2.");
        assertThat(ConfText.said(
                        directory,
                        "plugin_load pw /usr/lib/mosquitto_password_file.so",
                        "plugin_opt_password_file house.pw",
                        "listener 1",
                        "plugin_use pw",
                        roles,
                        "plugin_opt_config_file roles.json"))
                .as("without per_listener_settings")
                .endsWith(joined.formatted("password_file", 1), "Error found at mosquitto.conf:5.");
        assertThat(ConfText.said(
                        directory,
                        "per_listener_settings true",
                        "listener 1",
                        "plugin /usr/lib/mosquitto_dynamic_security.so",
                        "plugin_opt_config_file own.json",
                        roles,
                        "plugin_opt_config_file roles.json"))
                .endsWith(
                        "Error: Unable to load plugin '/usr/lib/mosquitto_dynamic_security.so'. It can be there once;"
                                + " mosquitto.conf:3 has it already.",
                        "Error found at mosquitto.conf:5.");
    }

    @Test
    void two_files_of_a_kind_for_the_same_listeners_are_refused() throws IOException {
        String refused = "Error: Unable to load plugin '/usr/lib/mosquitto_acl_file.so'. 'acl_file' is already set at"
                + " mosquitto.conf:1.";
        String[] plugin = {"plugin /usr/lib/mosquitto_acl_file.so", "plugin_opt_acl_file other.acl"};

        assertThat(ConfText.said(directory, "acl_file all.acl", plugin[0], plugin[1], "listener 1"))
                .endsWith(refused, "Error found at mosquitto.conf:2.");
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        assertThatThrownBy(() -> MosquittoConf.read(Path.of("/nonexistent/a.conf")))
                .isInstanceOfSatisfying(
                        ConfRefusedException.class,
                        e -> assertThat(e.notices())
                                .containsExactly(new Notice(
                                        Notice.Severity.ERROR,
                                        "Error: Unable to open config file '/nonexistent/a.conf'.")));
    }

    @Test
    void a_directory_is_not_a_configuration_file() {
        assertThatThrownBy(() -> MosquittoConf.read(directory))
                .hasMessage("Error: Config file '" + directory + "' is a directory.");
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused() throws IOException {
        assertThat(ConfText.said(directory, "acl_file caf\u00e9"))
                .isEqualTo(List.of("Error: Malformed UTF-8 in configuration.", "Error found at mosquitto.conf:1."));
    }
}
