package io.alicia.mqtt.homeassistant;

import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.codec.PayloadException;
import io.alicia.mqtt.homeassistant.check.CheckResult;
import io.alicia.mqtt.homeassistant.check.DiscoveryChecker;
import io.alicia.mqtt.homeassistant.check.Problem;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.util.Optional;

/**
 * A message to be judged, as one line of JSON, and what became of it, as another.
 *
 * @param id what the line calls the message, if anything
 * @param topic its topic
 * @param payload its payload as text; empty is a removal
 */
public record JudgedMessage(Optional<JsonValue> id, String topic, String payload) {

    /**
     * Reads a line: {@code {"id"?, "topic", "payload"}}, where a payload that is a string is the text as it is, and any
     * other its JSON.
     *
     * @param line the line
     * @return the message
     * @throws PayloadException if the line is not such an object; the message says what was expected
     */
    public static JudgedMessage parse(String line) {
        if (!(Json.parse(line) instanceof JsonObject object)) {
            throw new PayloadException("expected an object with topic and payload");
        }
        if (!(object.getOrNull("topic") instanceof JsonString topic)) {
            throw new PayloadException("topic: expected a string");
        }
        JsonValue payload = object.getOrNull("payload");
        if (payload == null) {
            throw new PayloadException("payload: expected one, the empty string for an empty payload");
        }
        return new JudgedMessage(
                object.get("id"),
                topic.value(),
                payload instanceof JsonString text ? text.value() : payload.toString());
    }

    /**
     * {@return what Home Assistant makes of it, as one line: {@code {"id","verdict","at","dropped","hints"}}}
     *
     * @param checker who judges
     */
    public JsonObject judged(DiscoveryChecker checker) {
        return line(checker.check(topic, payload));
    }

    /**
     * {@return a result as one line; where something is refused it has {@code "reasons"}, too, one sentence for each. A message
     *     without an id goes by its topic, and has {@code "topic"} besides}
     *
     * @param result what became of the message
     */
    public JsonObject line(CheckResult result) {
        JsonObject.Builder line = JsonObject.builder();
        id.ifPresentOrElse(
                known -> line.put("id", known), () -> line.put("id", topic).put("topic", topic));
        line.put("verdict", result.verdict().word())
                .putStrings("at", result.at())
                .putStrings("dropped", result.dropped())
                .putStrings("hints", result.hints());
        if (!result.problems().isEmpty()) {
            line.putStrings(
                    "reasons", result.problems().stream().map(Problem::reason).toList());
        }
        return line.build();
    }
}
