package io.alicia.mqtt.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows is what is compiled and run. */
class ReadmeTest {

    private static final Path README = Path.of("..", "README.md");
    private static final Path QUICK_START = Path.of("src/main/java/io/alicia/mqtt/examples/QuickStart.java");
    private static final Path HALL_LIGHT_TEST = Path.of("src/test/java/io/alicia/mqtt/examples/HallLightTest.java");

    @Test
    void the_code_of_the_readme_is_the_body_of_the_quick_start() throws IOException {
        String source = Files.readString(QUICK_START);
        String body = source.substring(
                source.indexOf("{\n", source.indexOf("void main")) + 2, source.lastIndexOf("    }\n}"));

        assertThat(blocks("java").get(0)).isEqualTo(body.stripTrailing().stripIndent() + "\n");
    }

    @Test
    void the_test_of_the_readme_is_one_that_runs() throws IOException {
        String source = Files.readString(HALL_LIGHT_TEST);

        assertThat(blocks("java").get(1)).isEqualTo(source.substring(source.indexOf("@MqttTest")));
    }

    @Test
    void the_code_of_the_readme_has_15_lines_at_most() throws IOException {
        assertThat(blocks("java").get(0).lines()).hasSizeLessThanOrEqualTo(15);
    }

    @Test
    void the_first_command_runs_the_house_and_the_second_all_tests() throws IOException {
        assertThat(blocks("sh").subList(0, 2)).containsExactly("mvn -Phouse compile\n", "mvn verify\n");
    }

    @Test
    void a_newcomer_reads_what_it_is_what_it_needs_how_to_run_and_test_and_how_to_use_it() throws IOException {
        assertThat(sections().keySet())
                .startsWith("Alicia MQTT", "Prerequisites", "Run the house", "Run all tests", "Use it");
        assertThat(sections().getOrDefault("Prerequisites", "").strip())
                .isEqualTo("JDK 17 or newer and Maven 3.8 or newer, nothing else.");
    }

    @Test
    void says_what_it_is_in_three_sentences_before_the_code() throws IOException {
        String beginning = sections().getOrDefault("Alicia MQTT", "");

        assertThat(beginning).contains("```java\n");
        assertThat(beginning.substring(0, beginning.indexOf("```")).strip().lines())
                .hasSize(3)
                .allSatisfy(sentence -> assertThat(sentence).endsWith("."));
    }

    @Test
    void says_how_to_depend_on_each_module_that_is_published() throws IOException {
        assertThat(sections().getOrDefault("Use it", ""))
                .contains(
                        "<artifactId>alicia-mqtt-api</artifactId>",
                        "<artifactId>alicia-mqtt-client</artifactId>",
                        "<artifactId>alicia-mqtt-broker-embedded</artifactId>",
                        "<artifactId>alicia-mqtt-testkit</artifactId>");
    }

    @Test
    void the_dependencies_to_copy_have_the_version_of_this_build() throws IOException {
        Pattern version = Pattern.compile("<version>(.*?)</version>");
        String built = version.matcher(Files.readString(Path.of("..", "pom.xml")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);

        assertThat(blocks("xml"))
                .isNotEmpty()
                .allSatisfy(dependency -> assertThat(
                                version.matcher(dependency).results().map(found -> found.group(1)))
                        .as(dependency)
                        .containsExactly(built));
    }

    /** What stands below each heading of the first and second level, in its order. */
    private static Map<String, String> sections() throws IOException {
        Map<String, String> sections = new LinkedHashMap<>();
        Pattern.compile("^##? (.*?)\n(.*?)(?=^##? |\\z)", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(README))
                .results()
                .forEach(section -> sections.put(section.group(1), section.group(2)));
        return sections;
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(README))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }
}
