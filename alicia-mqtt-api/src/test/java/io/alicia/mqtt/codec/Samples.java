package io.alicia.mqtt.codec;

import io.alicia.mqtt.payload.JsonBoolean;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import io.alicia.mqtt.topic.TopicName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The contract's sample messages: topic, RETAIN flag and payload of each. */
final class Samples {

    /** All of them but Home Assistant's discovery, which that package's tests read. */
    static final List<String> NAMES = List.of(
            "announcement",
            "bulb-status",
            "command-bus",
            "command-short",
            "command-sonos-volume",
            "sensor-availability",
            "sensor-reading-combined",
            "sensor-scalar-temperature",
            "service-register",
            "speaker-status-bus-double-envelope",
            "speaker-status-simulated",
            "voice-stt-response");

    record Sample(TopicName topic, boolean retain, JsonValue payload) {

        /** The bytes on the wire: text is not JSON there. */
        byte[] bytes() {
            return payload instanceof JsonString text
                    ? text.value().getBytes(StandardCharsets.UTF_8)
                    : Json.writeUtf8(payload);
        }
    }

    private Samples() {}

    static Sample read(String name) {
        try (InputStream in = Objects.requireNonNull(
                Samples.class.getResourceAsStream("samples/" + name + ".json"), "no sample " + name)) {
            JsonObject sample = (JsonObject) Json.parse(in.readAllBytes());
            return new Sample(
                    TopicName.of(((JsonString) member(sample, "topic")).value()),
                    ((JsonBoolean) member(sample, "retain")).value(),
                    member(sample, "payload"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonValue member(JsonObject sample, String name) {
        return sample.get(name).orElseThrow();
    }
}
