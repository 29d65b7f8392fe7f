package io.alicia.mqtt.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** Every statement that binds a server has a test, and {@code docs/conformance.md} says which. */
class StatementTableTest {

    private static final List<Class<?>> CASES = cases();

    private static final Path DOCUMENT = Path.of("docs", "conformance.md");

    /** A line of the lists in the test resources. */
    private record Entry(String number, String binds, String text) {

        boolean bindsServer() {
            return !binds.equals("client");
        }
    }

    private final Map<String, String> excused5 = excused("5");
    private final Map<String, String> excused311 = excused("3.1.1");
    private final List<Entry> mqtt5 = read("mqtt-5.0.tsv");
    private final List<Entry> mqtt311 = read("mqtt-3.1.1.tsv");
    private final Map<String, Set<String>> tests5 = tests(CASES, Statement::mqtt5);
    private final Map<String, Set<String>> tests311 = tests(CASES, Statement::mqtt311);

    /** All classes beside this one that are named as classes of cases are. */
    private static List<Class<?>> cases() {
        String suffix = "ConformanceTest.class";
        try {
            Path folder = Path.of(
                            Objects.requireNonNull(StatementTableTest.class.getResource("StatementTableTest.class"))
                                    .toURI())
                    .getParent();
            List<Class<?>> cases = new ArrayList<>();
            try (Stream<Path> files = Files.list(folder)) {
                for (String file : files.map(path -> path.getFileName().toString())
                        .sorted()
                        .toList()) {
                    if (file.endsWith(suffix)) {
                        cases.add(Class.forName(StatementTableTest.class.getPackageName() + "."
                                + file.substring(0, file.length() - ".class".length())));
                    }
                }
            }
            return cases;
        } catch (IOException | URISyntaxException | ClassNotFoundException e) {
            throw new IllegalStateException("the classes of cases cannot be listed", e);
        }
    }

    private static List<Entry> read(String resource) {
        return rows(resource).stream()
                .map(parts -> new Entry(parts[0], parts[1], parts[2]))
                .toList();
    }

    /** Why a statement has no test, by its number. */
    private static Map<String, String> excused(String specification) {
        return rows("untested.tsv").stream()
                .filter(parts -> parts[0].equals(specification))
                .collect(Collectors.toMap(parts -> parts[1], parts -> parts[2]));
    }

    private static List<String[]> rows(String resource) {
        try (InputStream in = Objects.requireNonNull(
                StatementTableTest.class.getResourceAsStream("/conformance/" + resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Set<String>> tests(List<Class<?>> cases, Function<Statement, String[]> numbers) {
        Map<String, Set<String>> tests = new LinkedHashMap<>();
        for (Class<?> type : cases) {
            for (Method method : type.getDeclaredMethods()) {
                Statement statement = method.getAnnotation(Statement.class);
                if (statement != null && isRun(method)) {
                    for (String number : numbers.apply(statement)) {
                        tests.computeIfAbsent(number, key -> new TreeSet<>()).add(name(method));
                    }
                }
            }
        }
        return tests;
    }

    /** Cases that JUnit does not run, but for the last. */
    static class Asleep {

        @Statement(mqtt5 = "lost its annotation")
        void lost() {}

        @Test
        @Disabled("for a while")
        @Statement(mqtt5 = "disabled")
        void disabled() {}

        @Test
        @Statement(mqtt5 = "awake")
        void awake() {}
    }

    @Disabled("for a while")
    static class Dormant {

        @Test
        @Statement(mqtt5 = "disabled with its class")
        void disabled() {}
    }

    /** Whether JUnit runs it. */
    private static boolean isRun(Method method) {
        return AnnotationSupport.isAnnotated(method, Testable.class)
                && Stream.of(method, method.getDeclaringClass())
                        .noneMatch(element -> AnnotationSupport.isAnnotated(element, Disabled.class));
    }

    @Test
    void what_does_not_run_proves_nothing() {
        assertThat(tests(List.of(Asleep.class, Dormant.class), Statement::mqtt5))
                .containsOnlyKeys("awake");
    }

    @Test
    void the_lists_are_complete() {
        assertThat(mqtt5).hasSize(251);
        assertThat(mqtt311).hasSize(141);
    }

    @Test
    void every_statement_of_mqtt_5_that_binds_a_server_has_a_test() {
        assertThat(untested(mqtt5, tests5)).containsExactlyInAnyOrderElementsOf(excused5.keySet());
    }

    @Test
    void every_statement_of_3_1_1_that_binds_a_server_has_a_test() {
        assertThat(untested(mqtt311, tests311)).containsExactlyInAnyOrderElementsOf(excused311.keySet());
    }

    @Test
    void tests_name_only_statements_that_exist() {
        assertThat(mqtt5.stream().map(Entry::number)).containsAll(tests5.keySet());
        assertThat(mqtt311.stream().map(Entry::number)).containsAll(tests311.keySet());
    }

    private static List<String> untested(List<Entry> statements, Map<String, Set<String>> tests) {
        List<String> untested = new ArrayList<>();
        for (Entry entry : statements) {
            if (entry.bindsServer() && !tests.containsKey(entry.number)) {
                untested.add(entry.number);
            }
        }
        return untested;
    }

    @Test
    void the_document_shows_statement_and_test() throws IOException {
        String expected = document();
        if (Boolean.getBoolean("conformance.write")) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, expected);
        }
        assertThat(Files.readAllLines(DOCUMENT))
                .as("%s, which -Dconformance.write=true writes anew, and what it lacks", DOCUMENT)
                .containsAll(expected.lines().toList())
                .hasSize((int) expected.lines().count());
    }

    private String document() {
        return "# Conformance\n\n"
                + "Every normative statement of MQTT 5.0 and MQTT 3.1.1 (Appendix B of both), whom it binds, and the tests"
                + " that prove it on raw bytes over a socket.\n"
                + "The tests stand in `src/test/java/io/alicia/mqtt/broker/conformance`; `Connect.x` is the method `x` of"
                + " `ConnectConformanceTest`.\n"
                + "Statements that bind the client alone may have a test too: it shows what the broker does about a client"
                + " that breaks them.\n\n"
                + "Generated by `StatementTableTest` with `-Dconformance.write=true`; do not edit.\n\n"
                + table("MQTT 5.0", mqtt5, tests5, excused5)
                + "\n"
                + table("MQTT 3.1.1", mqtt311, tests311, excused311)
                + "\n"
                + differences();
    }

    private static String differences() {
        Set<String> items = new TreeSet<>();
        for (Class<?> type : CASES) {
            for (Method method : type.getDeclaredMethods()) {
                MosquittoDiffers differs = method.getAnnotation(MosquittoDiffers.class);
                if (differs != null) {
                    items.add("- `" + name(method) + "`: " + differs.value() + "\n");
                }
            }
        }
        return "## Where Mosquitto 2.0 differs\n\n"
                + "The same cases run against a real Mosquitto 2.0, but for these and those that turn the clock.\n\n"
                + String.join("", items);
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getSimpleName().replace("ConformanceTest", "") + "." + method.getName();
    }

    private static String table(
            String title, List<Entry> statements, Map<String, Set<String>> tests, Map<String, String> excused) {
        long server = statements.stream().filter(Entry::bindsServer).count();
        StringBuilder table = new StringBuilder("## " + title + "\n\n" + statements.size() + " statements, " + server
                + " of them bind a server.\n\n| statement | binds | in short | tests |\n|---|---|---|---|\n");
        for (Entry entry : statements) {
            String proof = String.join("<br>", tests.getOrDefault(entry.number, Set.of()));
            table.append("| ")
                    .append(entry.number)
                    .append(" | ")
                    .append(entry.binds)
                    .append(" | ")
                    .append(entry.text)
                    .append(" | ")
                    .append(proof.isEmpty() ? "– " + excused.getOrDefault(entry.number, "") : proof)
                    .append(" |\n");
        }
        return table.toString();
    }
}
