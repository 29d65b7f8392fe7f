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

/** The Java code in the README and in the modules' documents compiles. */
class DocumentExamplesTest {

    private static final Path ROOT = Path.of("..");

    private static final Pattern BLOCK = Pattern.compile("^```java\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /** What a block may take for granted, by the letters of the document's name. */
    private static final Map<String, String> GIVEN = Map.of("accessmd", "EmbeddedBroker broker");

    @Test
    void every_java_block_compiles() throws IOException {
        List<JavaFileObject> units = new ArrayList<>();
        for (Path document : documents()) {
            String name = document.getFileName().toString().replaceAll("[^A-Za-z]", "");
            BLOCK.matcher(Files.readString(document))
                    .results()
                    .forEach(block -> units.add(ExampleCode.unit(
                            "block" + units.size() + "of" + name,
                            List.of(),
                            GIVEN.getOrDefault(name, ""),
                            block.group(1))));
        }

        assertThat(units).as("blocks").hasSizeGreaterThanOrEqualTo(4);
        assertThat(ExampleCode.errors(units)).as("blocks that do not compile").isEmpty();
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        for (Path folder : modules()) {
            for (Path place : List.of(folder, folder.resolve("docs"))) {
                if (Files.isDirectory(place)) {
                    try (Stream<Path> files = Files.list(place)) {
                        files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
                    }
                }
            }
        }
        documents.sort(null);
        return documents;
    }

    private static List<Path> modules() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return Stream.concat(Stream.of(ROOT), folders.filter(folder -> Files.exists(folder.resolve("pom.xml"))))
                    .toList();
        }
    }
}
