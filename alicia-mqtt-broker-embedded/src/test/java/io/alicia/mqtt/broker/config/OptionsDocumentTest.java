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

    private static final String HEADER = """
            | option | belongs to | value | default | since | here | instead |
            |---|---|---|---|---|---|---|
            """;

    @Test
    void the_document_ends_with_every_option_as_the_parser_knows_it() throws IOException {
        String document = Files.readString(DOCUMENT);
        assertThat(document).contains(HEADER);
        String expected = document.substring(0, document.indexOf(HEADER)) + HEADER + rows();
        if (Boolean.getBoolean("alicia.docs.write")) {
            Files.writeString(DOCUMENT, expected);
        }
        assertThat(DOCUMENT).content().isEqualTo(expected);
    }

    private static String rows() {
        return Options.all().stream()
                .sorted(Comparator.comparing(Option::name))
                .map(OptionsDocumentTest::row)
                .collect(Collectors.joining());
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
