package io.alicia.mqtt.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** The examples in the documentation comments of every published module compile, each as the body of a method or as a class. */
class JavadocExamplesTest {

    private static final List<String> MODULES =
            List.of("alicia-mqtt-api", "alicia-mqtt-client", "alicia-mqtt-broker-embedded", "alicia-mqtt-testkit");

    private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code\\n(.*?)\\n *\\* *\\}</pre>", Pattern.DOTALL);

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package (.*);$");

    /** What an example may take for granted, by the name of the file it stands in. */
    private static final Map<String, String> GIVEN = Map.ofEntries(
            Map.entry("AliciaMqtt", "AliciaMqtt alicia"),
            Map.entry("TypedTopic", "AliciaMqtt alicia, TopicTemplate<Lamp> LAMPS"),
            Map.entry("AliciaMqttClient", "String secret"),
            Map.entry("AliciaCodecs", "byte[] payload, String id, Instant now"),
            Map.entry("DiscoveryChecker", "String payload"),
            Map.entry("HomeAssistant", "HomeAssistant homeAssistant, Bulb bulb"),
            Map.entry("BrokerMeters", "EmbeddedBroker broker, io.micrometer.core.instrument.MeterRegistry registry"),
            Map.entry("AccessAssertions", "AccessPolicy policy"),
            Map.entry("InProcessTransportProvider", "String secret"),
            Map.entry("FakeHomeAssistant", "TestBroker broker, String password"),
            Map.entry("FakeBulb", "TestBroker broker, AliciaMqtt app"),
            Map.entry("DiscoveredDevices", "String topic, byte[] payload"),
            Map.entry(
                    "OfflineQueue",
                    "List<SensorReading> readings, TypedTopic<String, SensorReading> topic, String levels, Logger log"));

    /** Two packages have a Device; examples mean the house\'s unless the file stands here. */
    private static final Map<String, String> TAKES_DEVICE_OF =
            Map.of("HomeAssistant", "io.alicia.mqtt.homeassistant.component.Device");

    @Test
    void every_example_compiles() throws IOException {
        List<JavaFileObject> units = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> tree = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                for (Path file : tree.filter(path -> path.toString().endsWith(".java")
                                && !path.toString().contains("-info"))
                        .sorted()
                        .toList()) {
                    addExamples(file, units);
                }
            }
        }

        assertThat(units).as("examples").hasSizeGreaterThanOrEqualTo(30);
        assertThat(ExampleCode.errors(units)).as("examples that do not compile").isEmpty();
    }

    private static void addExamples(Path file, List<JavaFileObject> units) throws IOException {
        String source = Files.readString(file);
        String name = file.getFileName().toString().replace(".java", "");
        String ownPackage =
                PACKAGE.matcher(source).results().findFirst().orElseThrow().group(1);
        EXAMPLE.matcher(source)
                .results()
                .map(example -> example.group(1).replaceAll("(?m)^ *\\* ?", ""))
                .forEach(example -> units.add(ExampleCode.unit(
                        "example" + units.size() + "of" + name,
                        List.of(ownPackage + ".*", TAKES_DEVICE_OF.getOrDefault(name, ownPackage + "." + name)),
                        GIVEN.getOrDefault(name, ""),
                        example)));
    }
}
