package io.alicia.mqtt.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows is what is compiled and run. */
class ReadmeTest {

    private static final Path README = Path.of("..", "README.md");
    private static final Path QUICK_START = Path.of("src/main/java/io/alicia/mqtt/examples/QuickStart.java");

    @Test
    void the_code_of_the_readme_is_the_body_of_the_quick_start() throws IOException {
        String source = Files.readString(QUICK_START);
        String body = source.substring(
                source.indexOf("{\n", source.indexOf("void main")) + 2, source.lastIndexOf("    }\n}"));

        assertThat(blocks("java").get(0)).isEqualTo(body.stripTrailing().stripIndent() + "\n");
    }

    @Test
    void the_code_of_the_readme_has_15_lines_at_most() throws IOException {
        assertThat(blocks("java").get(0).lines()).hasSizeLessThanOrEqualTo(15);
    }

    @Test
    void the_first_command_runs_the_house_and_the_second_all_tests() throws IOException {
        assertThat(blocks("sh").subList(0, 2)).containsExactly("mvn -Phouse compile\n", "mvn verify\n");
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(README))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }
}
