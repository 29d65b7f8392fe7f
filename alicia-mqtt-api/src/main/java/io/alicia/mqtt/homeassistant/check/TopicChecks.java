package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.Optional;

/**
 * Topics as Home Assistant takes them. Beyond MQTT's own rules it refuses control characters and Unicode's
 * non-characters, and knows no shared subscriptions.
 */
final class TopicChecks {

    private TopicChecks() {}

    /** A topic to which Home Assistant publishes. */
    static Outcome publish(JsonValue value, String path) {
        return topic(value, path, text -> reason(() -> TopicName.of(text)));
    }

    /** A topic to which Home Assistant subscribes. */
    static Outcome subscribe(JsonValue value, String path) {
        // "$share/…" is an ordinary first level here, so its own rules must not apply.
        return topic(
                value,
                path,
                text -> reason(() -> TopicFilter.of(text.startsWith("$") ? "S" + text.substring(1) : text)));
    }

    private interface Rules {
        Optional<String> violation(String text);
    }

    private static Outcome topic(JsonValue value, String path, Rules rules) {
        if (value instanceof JsonArray || value instanceof JsonObject) {
            return Outcome.crashed("TypeError", path + " takes a topic as text, not " + ValueCheck.shown(value));
        }
        if (value instanceof JsonNull) {
            return Outcome.refused(path, path + " takes a topic as text, not null");
        }
        String text = PythonText.of(value);
        Optional<String> violation = odd(text).or(() -> rules.violation(text));
        return violation.isPresent()
                ? Outcome.refused(path, path + " is " + violation.get())
                : new Outcome.Kept(value instanceof JsonString ? value : new JsonString(text));
    }

    private static Optional<String> reason(Runnable reading) {
        try {
            reading.run();
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> odd(String text) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c != 0 && Character.isISOControl(c)) {
                return Optional.of("not a topic: it contains the control character U+%04X at index %d".formatted(c, i));
            }
            if ((c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE) {
                return Optional.of("not a topic: it contains the non-character U+%04X at index %d".formatted(c, i));
            }
            i += Character.charCount(c);
        }
        return Optional.empty();
    }
}
