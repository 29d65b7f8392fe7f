package io.alicia.mqtt.broker.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps the table for operators the same as the table that the parser uses; {@code -Dalicia.docs.write} writes it. */
class OptionsDocumentTest {

    private static final Path DOCUMENT = Path.of("docs/mosquitto-conf.md");

    @Test
    void the_document_lists_every_option_as_the_parser_knows_it() throws IOException {
        String document = document();
        if (Boolean.getBoolean("alicia.docs.write")) {
            Files.createDirectories(Path.of("docs"));
            Files.writeString(DOCUMENT, document);
        }
        assertThat(DOCUMENT).content().isEqualTo(document);
    }

    private static String document() {
        String rows = Options.all().stream()
                .sorted(Comparator.comparing(Option::name))
                .map(OptionsDocumentTest::row)
                .collect(Collectors.joining());
        return """
                # mosquitto.conf

                Every option of mosquitto.conf(5) 2.0 and 2.1, and what this broker does with it.
                An option that is not in this table is refused, as Mosquitto refuses it.

                `honoured`: as in Mosquitto's manual. `deprecated`: works, with a notice. `no effect`: accepted with a warning
                that names file, line and what to do. `removed`: no longer in Mosquitto; accepted with such a warning.
                `refused`: the broker does not start, and says why.

                At SIGHUP everything takes effect that the manual calls reloaded, but for `persistence`, `persistence_file` and
                `persistence_location`, and what belongs to a listener takes effect where the manual does not say otherwise. What a
                client was told when it connected (the largest packet, Receive Maximum, Keep Alive) holds for its connection. What has
                to wait for the next start is told in the log. SIGUSR1 saves, SIGTERM and SIGINT end the broker. A log file that was
                moved away is followed by a new one within a second, so that a log rotation needs no signal: Java can't handle
                SIGRTMIN, which Mosquitto 2.1 takes for that, and the launcher sees to it that it ends nothing. Nor does SIGUSR2, at
                which Mosquitto prints its subscriptions for testing; here nothing is printed.

                A client whose will `acl_file` does not let it publish is refused at CONNECT (0x87), where Mosquitto accepts it and drops
                the will when it is due; `docs/decisions/0011` of the repository says why.

                The environment variables `MOSQUITTO_PERSISTENCE_LOCATION` and `UMASK_SET` are Mosquitto's. `PUID` and `PGID` have no
                effect, and started as root the broker stays root: both are warned about.

                | option | belongs to | value | default | since | here | instead |
                |---|---|---|---|---|---|---|
                """ + rows;
    }

    private static String row(Option option) {
        String names = option.name()
                + option.aliases().stream().map(alias -> ", " + alias).collect(Collectors.joining());
        return "| "
                + String.join(
                        " | ",
                        List.of(
                                "`" + names.replace(", ", "`, `") + "`",
                                scope(option.scope()),
                                value(option.rule()).replace("|", "\\|"),
                                option.defaultValue(),
                                option.since(),
                                words(option.treatment()),
                                option.advice()))
                + " |\n";
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String scope(Scope scope) {
        return switch (scope) {
            case GLOBAL -> "the broker";
            case SECURITY -> "the broker, or a listener with `per_listener_settings`";
            case LISTENER -> "a listener, or the default one";
            case DEFINED_LISTENER, EXPLICIT_LISTENER -> "a listener";
            case BRIDGE -> "a bridge";
            case PLUGIN -> "a plugin";
        };
    }

    private static String value(Rule rule) {
        if (rule instanceof Rule.Flag) {
            return "true or false";
        }
        if (rule instanceof Rule.Whole whole) {
            String from = whole.min() == Integer.MIN_VALUE ? "" : " from " + whole.min();
            return "number" + from + (whole.max() == Integer.MAX_VALUE ? "" : " to " + whole.max());
        }
        if (rule instanceof Rule.Choice choice) {
            return String.join(", ", choice.words());
        }
        return rule instanceof Rule.Special special ? special.form() : "text";
    }
}
