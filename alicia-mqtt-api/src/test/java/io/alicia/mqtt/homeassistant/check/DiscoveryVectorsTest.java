package io.alicia.mqtt.homeassistant.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message that Home Assistant's own schemas have judged is judged the same here; there is no exception list. */
class DiscoveryVectorsTest {

    private static final Path RESOURCES = Path.of("src/test/resources/io/alicia/mqtt/homeassistant");

    private final DiscoveryChecker checker = DiscoveryChecker.create();

    @Test
    void judges_every_generated_message_as_home_assistant_does() throws IOException {
        List<String> lines = Files.readAllLines(RESOURCES.resolve("vectors.jsonl"));

        List<String> differences = lines.stream()
                .flatMap(line -> difference((JsonObject) Json.parse(line)))
                .toList();

        assertThat(lines).hasSizeGreaterThanOrEqualTo(2_400);
        assertThat(differences).isEmpty();
    }

    static Stream<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(RESOURCES.resolve("samples"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void judges_what_real_emitters_send_as_home_assistant_does(Path file) throws IOException {
        JsonObject content = (JsonObject) Json.parse(Files.readString(file));
        List<JsonValue> samples = ((JsonArray) content.get("samples").orElseThrow()).values();

        List<String> differences = samples.stream()
                .flatMap(sample -> difference((JsonObject) sample))
                .toList();

        assertThat(samples).isNotEmpty();
        assertThat(differences).isEmpty();
    }

    private Stream<String> difference(JsonObject vector) {
        JsonObject expected = (JsonObject) vector.get("ha").orElseThrow();
        CheckResult result = checker.check(text(vector, "topic"), payload(vector));
        List<String> differences = new ArrayList<>();
        if (!result.verdict().word().equals(text(expected, "verdict"))) {
            differences.add("verdict " + result.verdict().word());
        }
        if (!result.at().equals(texts(expected, "at"))) {
            differences.add("at " + result.at());
        }
        if (!result.dropped().equals(texts(expected, "dropped"))) {
            differences.add("dropped " + result.dropped());
        }
        return differences.isEmpty() ? Stream.empty() : Stream.of(vector + "\n    here: " + differences);
    }

    private static byte[] payload(JsonObject vector) {
        JsonValue payload = vector.get("payload").orElseThrow();
        String text = payload instanceof JsonString string ? string.value() : payload.toString();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(JsonObject object, String key) {
        return ((JsonString) object.get(key).orElseThrow()).value();
    }

    private static List<String> texts(JsonObject object, String key) {
        return object.get(key)
                .map(list -> ((JsonArray) list)
                        .values().stream()
                                .map(value -> ((JsonString) value).value())
                                .sorted()
                                .toList())
                .orElse(List.of());
    }
}
