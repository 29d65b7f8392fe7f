package io.alicia.mqtt.homeassistant.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Holds the component types and the facts together. With {@code -Dalicia.sources=write} it writes them anew, after which
 * {@code mvn spotless:apply} lays them out; that is all there is to do for a new Home Assistant version, besides naming
 * and describing what is new in {@link TypeNames} and {@link OptionSentences}.
 */
class ComponentSourcesTest {

    private static final Path SOURCES = Path.of("src/main/java/io/alicia/mqtt/homeassistant/component");

    @Test
    void the_component_types_say_what_the_facts_say() throws IOException {
        Map<String, String> sources = new ComponentSources().all();
        if ("write".equals(System.getProperty("alicia.sources"))) {
            for (var source : sources.entrySet()) {
                Files.writeString(SOURCES.resolve(source.getKey()), source.getValue());
            }
        }

        assertThat(sources)
                .hasSizeGreaterThan(60)
                .allSatisfy((file, source) -> assertThat(SOURCES.resolve(file))
                        .content()
                        .satisfies(content -> assertThat(unformatted(content)).isEqualTo(unformatted(source))));
    }

    /** Where lines break and how they are indented is the formatter's choice. */
    private static String unformatted(String source) {
        return source.replaceAll("\\s+", "");
    }
}
