package io.alicia.mqtt.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineArgumentsTest {

    @Test
    void nothing_is_needed() throws UsageException {
        CommandLineArguments arguments = CommandLineArguments.parse(List.of());

        assertThat(arguments.configFile()).isEmpty();
        assertThat(arguments.ports()).isEmpty();
        assertThat(arguments.verbose() || arguments.quiet() || arguments.daemon() || arguments.help())
                .isFalse();
    }

    @Test
    void all_flags_have_a_short_and_a_long_name() throws UsageException {
        assertThat(CommandLineArguments.parse(List.of("-v", "-c", "a.conf", "-p", "1", "-p", "2", "-d", "-q", "-h")))
                .isEqualTo(CommandLineArguments.parse(List.of(
                        "--verbose",
                        "--config-file",
                        "a.conf",
                        "--port",
                        "1",
                        "--port",
                        "2",
                        "--daemon",
                        "--quiet",
                        "--help")));
    }

    @Test
    void the_last_configuration_file_counts_and_several_ports_may_be_given() throws UsageException {
        CommandLineArguments arguments =
                CommandLineArguments.parse(List.of("-c", "a", "-c", "-b", "-p", "1883", "-p", "1884", "--test-config"));

        assertThat(arguments.configFile()).contains("-b");
        assertThat(arguments.ports()).containsExactly(1883, 1884);
        assertThat(arguments.testConfig()).isTrue();
        assertThat(arguments.strictSubscriptions()).isFalse();
        assertThat(CommandLineArguments.parse(List.of("--strict-subscriptions")).strictSubscriptions())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "-c, 'Error: -c argument given, but no config file specified.'",
        "-p, 'Error: -p argument given, but no port specified.'",
        "--tls-keylog, 'Error: --tls-keylog argument given, but no file specified.'",
        "-p 0, Error: Invalid port specified (0).",
        "-p 65536, Error: Invalid port specified (65536).",
        "-p x, Error: Invalid port specified (0).",
        "-p 1 -p 2 -p 3 -p 4 -p 5 -p 6 -p 7 -p 8 -p 9 -p 10 -p 11,"
                + " Error: Only 10 ports can be specified on the command line.",
        "--unknown, Error: Unknown option '--unknown'.",
        "-x, Error: Unknown option '-x'.",
        "file.conf, Error: Unknown option 'file.conf'.",
        "-vq, Error: Unknown option '-vq'.",
    })
    void a_wrong_argument_is_refused_with_mosquittos_message(String line, String message) {
        assertThatThrownBy(() -> CommandLineArguments.parse(List.of(line.split(" ", -1))))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }
}
