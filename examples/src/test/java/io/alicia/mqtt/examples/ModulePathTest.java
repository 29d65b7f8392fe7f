package io.alicia.mqtt.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An application that is a module has everything at run time by what the modules declare. */
class ModulePathTest {

    @Test
    @Timeout(60)
    void broker_and_client_work_as_modules() throws IOException, InterruptedException {
        String modules = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(place -> Files.isRegularFile(place) || Files.exists(place.resolve("module-info.class")))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--module-path",
                        modules,
                        "--module",
                        "io.alicia.mqtt.examples/" + QuickStart.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(output).contains("temperatureCelsius=26.5");
        assertThat(process.waitFor()).isZero();
    }
}
