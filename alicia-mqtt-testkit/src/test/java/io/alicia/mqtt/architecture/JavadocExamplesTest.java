package io.alicia.mqtt.architecture;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** The examples in the documentation comments of every published module compile, each as the body of a method or as a class. */
class JavadocExamplesTest {

    private static final List<String> MODULES =
            List.of("alicia-mqtt-api", "alicia-mqtt-client", "alicia-mqtt-broker-embedded", "alicia-mqtt-testkit");

    private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code\\n(.*?)\\n *\\* *\\}</pre>", Pattern.DOTALL);

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package (.*);$");

    /** Declarations that stand in a class rather than in a method. */
    private static final Pattern MEMBERS = Pattern.compile("(?m)^(record .*|static final [^;]*;)$");

    private static final Pattern IMPORT = Pattern.compile("(?m)^import .*;$");

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

    private static final List<String> IMPORTS = List.of(
            "org.junit.jupiter.api.Test",
            "static org.assertj.core.api.Assertions.assertThat",
            "java.nio.file.Path",
            "java.time.*",
            "java.util.*",
            "java.util.concurrent.CompletionStage",
            "io.reactivex.rxjava3.core.Flowable",
            "org.slf4j.Logger",
            "io.alicia.mqtt.*",
            "io.alicia.mqtt.access.*",
            "io.alicia.mqtt.broker.*",
            "io.alicia.mqtt.broker.bridge.*",
            "io.alicia.mqtt.broker.fault.*",
            "io.alicia.mqtt.client.*",
            "io.alicia.mqtt.client.hivemq.*",
            "io.alicia.mqtt.codec.*",
            "io.alicia.mqtt.connection.*",
            "io.alicia.mqtt.homeassistant.entity.*",
            "io.alicia.mqtt.message.*",
            "io.alicia.mqtt.payload.*",
            "io.alicia.mqtt.protocol.*",
            "io.alicia.mqtt.spi.*",
            "io.alicia.mqtt.testkit.*",
            "io.alicia.mqtt.testkit.tck.*",
            "io.alicia.mqtt.topic.*",
            "io.alicia.mqtt.homeassistant.component.SensorDeviceClass",
            "io.alicia.mqtt.homeassistant.component.SensorEntity",
            "static java.util.concurrent.TimeUnit.SECONDS");

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
        assertThat(errors(units)).as("examples that do not compile").isEmpty();
    }

    private static void addExamples(Path file, List<JavaFileObject> units) throws IOException {
        String source = Files.readString(file);
        String name = file.getFileName().toString().replace(".java", "");
        String ownPackage =
                PACKAGE.matcher(source).results().findFirst().orElseThrow().group(1);
        EXAMPLE.matcher(source)
                .results()
                .map(example -> example.group(1).replaceAll("(?m)^ *\\* ?", ""))
                .forEach(example ->
                        units.add(new Unit("example" + units.size() + "of" + name, unit(name, ownPackage, example))));
    }

    /** A source in memory, in a package of its own, so that its name says where the example stands. */
    private static final class Unit extends SimpleJavaFileObject {

        private final String source;

        Unit(String ownPackage, String source) {
            super(URI.create("string:///" + ownPackage + "/Example.java"), Kind.SOURCE);
            this.source = "package " + ownPackage + ";\n" + source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }

    private static String unit(String name, String ownPackage, String example) {
        String imports = Stream.concat(
                        IMPORTS.stream(),
                        Stream.of(ownPackage + ".*", TAKES_DEVICE_OF.getOrDefault(name, ownPackage + "." + name)))
                .distinct()
                .map(type -> "import " + type + ";\n")
                .collect(joining());
        String known = "interface Bulb { void apply(Object command); boolean isOn(); Brightness brightness(); }\n";
        String body = "class Example {\n" + lines(MEMBERS, example)
                + "org.slf4j.Logger log;\nvoid connectTo(Object server) {}\n"
                + "void example(" + GIVEN.getOrDefault(name, "") + ") throws Exception {\n"
                + statements(example)
                + "\n}\n}\n";
        return imports + lines(IMPORT, example) + known + body;
    }

    private static String lines(Pattern kind, String example) {
        return kind.matcher(example).results().map(line -> line.group() + "\n").collect(joining());
    }

    /** A line of dots stands for whatever the reader puts there. */
    private static String statements(String example) {
        String statements =
                IMPORT.matcher(MEMBERS.matcher(example).replaceAll("")).replaceAll("");
        return statements.replaceAll("(?m)^ *…$", "");
    }

    private static List<String> errors(List<JavaFileObject> units) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(diagnostics, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, diagnostics, List.of("-proc:none", "-Xlint:none", "-implicit:none"), null, units);
            task.analyze();
        }
        return diagnostics.getDiagnostics().stream()
                .filter(found -> found.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .toList();
    }
}
