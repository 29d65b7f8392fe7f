package io.alicia.mqtt.architecture;

import static java.util.stream.Collectors.joining;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Code that documentation shows, made whole so that a compiler can judge it: each as the body of a method or as a class. */
final class ExampleCode {

    /** Declarations that stand in a class rather than in a method. */
    private static final Pattern MEMBERS = Pattern.compile("(?m)^(record .*|static final [^;]*;)$");

    private static final Pattern IMPORT = Pattern.compile("(?m)^import .*;$");

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

    private ExampleCode() {}

    /** A source whose package tells where the example stands. */
    static JavaFileObject unit(String ownPackage, List<String> ownImports, String parameters, String example) {
        String imports = Stream.concat(IMPORTS.stream(), ownImports.stream())
                .distinct()
                .map(type -> "import " + type + ";\n")
                .collect(joining());
        String known = "interface Bulb { void apply(Object command); boolean isOn(); Brightness brightness(); }\n";
        String body = "class Example {\n" + lines(MEMBERS, example)
                + "org.slf4j.Logger log;\nvoid connectTo(Object server) {}\n"
                + "void example(" + parameters + ") throws Exception {\n"
                + statements(example)
                + "\n}\n}\n";
        return new Unit(ownPackage, imports + lines(IMPORT, example) + known + body);
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

    static List<String> errors(List<JavaFileObject> units) throws IOException {
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
}
