package io.alicia.mqtt.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests wait for conditions, never for time. */
class NoSleepTest {

    /**
     * Awaitility's {@code during} and {@code pollDelay} wait for their time whatever happens, so they sleep, too, and so does
     * what RxJava delays.
     */
    private static final Pattern SLEEP = Pattern.compile("\\b(sleep|sleepUninterruptibly|parkNanos|parkUntil)\\s*\\("
            + "|\\.during\\s*\\("
            + "|\\.pollDelay\\s*\\((?!Duration\\.ZERO\\))"
            + "|\\.(delay|delaySubscription)\\s*\\((?!\\))"
            + "|\\b(Completable|Flowable|Maybe|Observable|Single)\\.(timer|interval|intervalRange)\\s*\\(");

    /** Where time is what a test plays with, not what it waits for: the file and what its line has. */
    private static final List<String> ALLOWED = List.of(
            "TransportFixture.java: LockSupport.parkNanos(POLL_INTERVAL", // between two looks at a condition
            "HandlingTest.java: .delay(5, TimeUnit.MILLISECONDS", // handlers that end later than others
            "FaultContract.java: Completable.timer(number % 50", // handlers of which some are slow
            "FaultContract.java: Flowable.interval(2, TimeUnit.MILLISECONDS)", // a publisher that never pauses
            "WrongWhenPublishing.java: .delaySubscription(50, TimeUnit.MILLISECONDS", // a transport that sends too late
            "WrongWhenEnding.java: .delay(200, TimeUnit.MILLISECONDS"); // a transport that ends too late

    private static final Pattern COMMENT = Pattern.compile("^\\s*(\\*|//|/\\*)");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alicia-mqtt-api",
                "alicia-mqtt-client",
                "alicia-mqtt-broker-embedded",
                "alicia-mqtt-testkit",
                "examples"
            })
    void no_test_sleeps(String module) throws IOException {
        List<Path> tests = javaFiles(Path.of("..", module, "src", "test", "java"));

        assertThat(tests).as("tests of %s", module).isNotEmpty();
        assertThat(sleeps(tests)).as("await a condition instead").isEmpty();
    }

    /** Its rules are tests that are published. */
    @Test
    void nor_does_the_tck() throws IOException {
        List<Path> rules = javaFiles(Path.of("src/main/java/io/alicia/mqtt/testkit/tck"));

        assertThat(rules).isNotEmpty();
        assertThat(sleeps(rules)).as("await a condition instead").isEmpty();
    }

    @Test
    void a_sleep_is_found_in_each_of_its_forms() {
        assertThat(Stream.of(
                        "Thread.sleep(10);",
                        "TimeUnit.SECONDS.sleep (1);",
                        "SECONDS.sleep(1);",
                        "sleep(1);",
                        "LockSupport.parkNanos(1);",
                        "await().during(Duration.ofMillis(500)).until(this::quiet);",
                        ".during (1, SECONDS)",
                        "await().pollDelay(Duration.ofMillis(100))",
                        ".pollDelay(100, MILLISECONDS)",
                        "answer.delay(5, TimeUnit.MILLISECONDS)",
                        "Completable.timer(1, SECONDS).blockingAwait();",
                        "Flowable.interval(1, SECONDS).blockingFirst();"))
                .allMatch(NoSleepTest::sleeps);
        assertThat(Stream.of(
                        "// Thread.sleep(10)",
                        " * {@code sleep(1)}",
                        "asleep(1);",
                        ".pollDelay(Duration.ZERO)",
                        "void nothing_is_lost_during(Fault fault)",
                        "\"| sleep\"",
                        "verdict.delay().isEmpty()",
                        "threads.timer().now(TimeUnit.DAYS)",
                        "LockSupport.park();"))
                .noneMatch(NoSleepTest::sleeps);
    }

    private static List<Path> javaFiles(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("NoSleepTest.java"))
                    .toList();
        }
    }

    private static List<String> sleeps(List<Path> files) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                if (sleeps(line) && !isAllowed(file, line)) {
                    found.add(file + ":" + number + ": " + line.strip());
                }
            }
        }
        return found;
    }

    private static boolean isAllowed(Path file, String line) {
        String beginning = file.getFileName() + ": ";
        return ALLOWED.stream()
                .anyMatch(allowed ->
                        allowed.startsWith(beginning) && line.contains(allowed.substring(beginning.length())));
    }

    private static boolean sleeps(String line) {
        return SLEEP.matcher(line).find() && !COMMENT.matcher(line).find();
    }
}
