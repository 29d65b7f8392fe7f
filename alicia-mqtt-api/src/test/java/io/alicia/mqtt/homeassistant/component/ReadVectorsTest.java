package io.alicia.mqtt.homeassistant.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.homeassistant.check.CheckResult;
import io.alicia.mqtt.homeassistant.check.CheckedComponent;
import io.alicia.mqtt.homeassistant.check.DiscoveryChecker;
import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Home Assistant takes has its place in the types, without loss. */
class ReadVectorsTest {

    private static final Path RESOURCES = Path.of("src/test/resources/io/alicia/mqtt/homeassistant");

    private final DiscoveryChecker checker = DiscoveryChecker.create();

    @Test
    void every_message_that_home_assistant_takes_reads_into_the_types_without_loss() throws IOException {
        List<JsonObject> messages = new ArrayList<>();
        Files.readAllLines(RESOURCES.resolve("vectors.jsonl"))
                .forEach(line -> messages.add((JsonObject) Json.parse(line)));
        try (Stream<Path> files = Files.list(RESOURCES.resolve("samples"))) {
            for (Path file : files.toList()) {
                JsonObject content = (JsonObject) Json.parse(Files.readString(file));
                ((JsonArray) content.get("samples").orElseThrow())
                        .values()
                        .forEach(sample -> messages.add((JsonObject) sample));
            }
        }

        List<String> losses = messages.stream().flatMap(this::losses).toList();

        assertThat(messages).hasSizeGreaterThan(2_400);
        assertThat(losses).isEmpty();
    }

    private Stream<String> losses(JsonObject message) {
        JsonValue payload = message.get("payload").orElseThrow();
        CheckResult result = checker.check(
                ((JsonString) message.get("topic").orElseThrow()).value(),
                payload instanceof JsonString text ? text.value() : payload.toString());
        return result.components().stream()
                .filter(component -> component.kept().isPresent() && !component.removal())
                .flatMap(component -> loss(message, component));
    }

    private static Stream<String> loss(JsonObject message, CheckedComponent component) {
        ComponentType type = ComponentTypes.ALL.stream()
                .filter(candidate -> candidate.key().equals(component.variant().orElseThrow()))
                .findFirst()
                .orElseThrow();
        JsonObject kept = component.kept().orElseThrow();
        Component read;
        try {
            read = type.fromJson(kept);
        } catch (InvalidComponentException e) {
            return Stream.of(message + "\n    does not read: " + e.getMessage());
        }
        JsonObject expected =
                SameMeaning.of(without(kept, type.constants().members().keySet()));
        JsonObject actual =
                SameMeaning.of(without(read.toJson(), type.constants().members().keySet()));
        return actual.equals(expected)
                ? Stream.empty()
                : Stream.of(message + "\n    expected " + expected + "\n    but was  " + actual);
    }

    private static JsonObject without(JsonObject options, Set<String> keys) {
        JsonObject.Builder rest = options.toBuilder();
        keys.forEach(rest::remove);
        return rest.build();
    }
}
