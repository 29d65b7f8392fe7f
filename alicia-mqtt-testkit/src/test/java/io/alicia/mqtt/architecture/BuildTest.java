package io.alicia.mqtt.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the project is built, as far as no build would fail by itself if somebody took it away. */
class BuildTest {

    private static final Path ROOT = Path.of("..");

    /** The one generated file that is committed: readers of the sources look a statement's test up in it. */
    private static final String CONFORMANCE = "alicia-mqtt-broker-embedded/docs/conformance.md";

    private static final String PLUGINS = "/project/build//plugin";

    private final Pom parent = Pom.parent();

    @Test
    void has_its_modules_and_its_benchmarks_behind_a_profile() {
        assertThat(parent.all("/project/groupId")).containsExactly("io.alicia");
        assertThat(parent.all("/project/modules/module"))
                .containsExactly(
                        "alicia-mqtt-api",
                        "alicia-mqtt-client",
                        "alicia-mqtt-broker-embedded",
                        "alicia-mqtt-testkit",
                        "examples");
        assertThat(parent.all("/project/profiles/profile[id='benchmarks']/modules/module"))
                .containsExactly("benchmarks");
    }

    @Test
    void runs_on_java_17() {
        assertThat(parent.all("//maven.compiler.release")).containsExactly("17");
        assertThat(parent.all("//requireJavaVersion/version")).containsExactly("[17,)");
        assertThat(parent.all("//requireMavenVersion/version")).containsExactly("[3.8,)");
    }

    @Test
    void pins_each_version_in_one_place() {
        assertThat(parent.all("/project/properties/*[substring(name(), string-length(name()) - 7) = '.version']"))
                .isNotEmpty()
                .allSatisfy(version -> assertThat(version).matches("\\d+(\\.\\d+)+(\\.Final)?"));
        assertThat(parent.all("//dependency/version | //plugin/version | //path/version"))
                .isNotEmpty()
                .allSatisfy(version -> assertThat(version).matches("\\$\\{[a-z0-9.-]+version}"));
        for (String module : modules()) {
            Pom pom = Pom.of(module);
            assertThat(pom.all("//dependency/version | //plugin/version | //path/version"))
                    .as("versions in %s", pom)
                    .allSatisfy(version -> assertThat(version).matches("\\$\\{[a-z0-9.-]+version}"));
            assertThat(pom.all("/project/properties/*[contains(name(), 'version')]"))
                    .as("versions in %s", pom)
                    .isEmpty();
        }
    }

    @Test
    void has_no_two_versions_of_a_library_and_one_of_netty() {
        assertThat(parent.all("//rules/dependencyConvergence")).hasSize(1);
        assertThat(parent.all("//rules/requirePluginVersions")).hasSize(1);
        assertThat(parent.all("/project/dependencyManagement//dependency[artifactId='netty-bom']/version"))
                .containsExactly("${netty.version}");
    }

    @Test
    void takes_warnings_for_errors() {
        List<String> arguments = parent.all("//compilerArgs/arg");

        assertThat(arguments).contains("-Werror", "${lint}");
        assertThat(parent.all("/project/properties/lint")).first().asString().startsWith("-Xlint:all");
        assertThat(arguments)
                .anySatisfy(argument ->
                        assertThat(argument).contains("-Xplugin:ErrorProne").contains("NullAway:ERROR"));
    }

    @Test
    void checks_the_format_and_reports_coverage_when_it_verifies() {
        assertThat(goals("spotless-maven-plugin")).containsExactly("verify", "check");
        assertThat(goals("jacoco-maven-plugin")).containsExactly("prepare-agent", "verify", "report");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"alicia-mqtt-api", "alicia-mqtt-client", "alicia-mqtt-broker-embedded", "alicia-mqtt-testkit"})
    void publishes_modules_with_sources_and_documentation(String module) {
        assertThat(ROOT.resolve(module).resolve("src/main/java/module-info.java"))
                .isRegularFile();
        assertThat(Pom.of(module).all(PLUGINS + "/artifactId")).contains("maven-source-plugin", "maven-javadoc-plugin");
        assertThat(ROOT.resolve(module).resolve("target/classes/META-INF/LICENSE"))
                .hasSameTextualContentAs(ROOT.resolve("LICENSE"));
    }

    @Test
    void has_its_documentation_checked() {
        assertThat(goals("maven-source-plugin")).containsExactly("verify", "jar-no-fork");
        assertThat(goals("maven-javadoc-plugin")).containsExactly("verify", "jar");
        assertThat(parent.all(PLUGINS + "[artifactId='maven-javadoc-plugin']//doclint"))
                .containsExactly("all,-missing");
        assertThat(parent.all(PLUGINS + "[artifactId='maven-javadoc-plugin']//failOnWarnings"))
                .containsExactly("true");
    }

    @Test
    void gives_the_same_jars_each_time() {
        assertThat(parent.all("//project.build.outputTimestamp"))
                .singleElement()
                .asString()
                .matches("\\d{4}-\\d{2}-\\d{2}T00:00:00Z");
    }

    @Test
    void is_under_the_apache_licence_and_tells_what_changed() throws IOException {
        assertThat(parent.all("/project/licenses/license/name")).containsExactly("Apache-2.0");
        assertThat(Files.readString(ROOT.resolve("LICENSE"))).contains("Apache License", "Version 2.0, January 2004");
        assertThat(Files.readString(ROOT.resolve("CHANGELOG.md")))
                .startsWith("# Changelog")
                .contains("## Unreleased");
        assertThat(Files.readString(ROOT.resolve(".editorconfig"))).contains("root = true", "charset = utf-8");
        assertThat(Files.readAllLines(ROOT.resolve(".gitignore"))).contains("target/");
    }

    @Test
    void keeps_nothing_generated_among_its_sources() throws IOException, InterruptedException {
        List<String> files = committed();

        assertThat(files)
                .isNotEmpty()
                .noneMatch(file -> file.startsWith("target/") || file.contains("/target/"))
                .noneMatch(file -> file.matches(".*\\.(class|jar|war|zip|gz|jsa|so|exe|log|args)"));
        assertThat(files.stream().filter(BuildTest::saysThatItIsGenerated)).isSubsetOf(CONFORMANCE);
    }

    private static boolean saysThatItIsGenerated(String file) {
        Path path = ROOT.resolve(file);
        if (!Files.isRegularFile(path) || file.endsWith(".java")) {
            return false;
        }
        try (Stream<String> lines = Files.lines(path, StandardCharsets.ISO_8859_1)) {
            return lines.limit(5).anyMatch(line -> line.matches("(?i).*\\bgenerated (by|from)\\b.*"));
        } catch (IOException e) {
            throw new IllegalStateException(file, e);
        }
    }

    private static List<String> committed() throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Files.exists(ROOT.resolve(".git")), "no .git here: what is committed is seen in a clone alone");
        Process git;
        try {
            git = new ProcessBuilder("git", "-c", "safe.directory=*", "ls-files")
                    .directory(ROOT.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            return Assumptions.abort("no git on this machine: " + e.getMessage());
        }
        List<String> files = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(git.waitFor()).as("exit code of git ls-files").isZero();
        return files;
    }

    private List<String> modules() {
        List<String> modules = new ArrayList<>(parent.all("//modules/module"));
        assertThat(modules).contains("benchmarks");
        return modules;
    }

    /** Phases and goals of a plugin's executions. */
    private List<String> goals(String plugin) {
        return parent.all(PLUGINS + "[artifactId='" + plugin + "']//execution/phase | " + PLUGINS + "[artifactId='"
                + plugin + "']//execution/goals/goal");
    }
}
