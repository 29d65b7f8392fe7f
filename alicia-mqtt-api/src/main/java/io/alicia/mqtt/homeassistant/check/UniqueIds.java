package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.payload.JsonString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers whose the unique ids of the messages judged so far are. Of two entities of a kind with the same unique id Home
 * Assistant takes only the first: no message shows it by itself.
 *
 * <p>For one thread at a time.
 */
public final class UniqueIds {

    private final Map<String, String> owners = new HashMap<>();
    private final Map<String, Set<String>> byTopic = new HashMap<>();

    private UniqueIds() {}

    /** {@return a memory without anything} */
    public static UniqueIds none() {
        return new UniqueIds();
    }

    /** What an entity is known by, if it has a unique id. */
    static Optional<String> identity(CheckedComponent component) {
        return uniqueId(component).map(id -> component.component() + " " + id);
    }

    static Optional<String> uniqueId(CheckedComponent component) {
        return component
                .kept()
                .flatMap(kept -> kept.get("unique_id"))
                .filter(JsonString.class::isInstance)
                .map(value -> ((JsonString) value).value());
    }

    /**
     * {@return the result with a hint for each unique id that an earlier message on another topic has}
     *
     * @param result what became of a message
     */
    public CheckResult judged(CheckResult result) {
        if (result.topic().isEmpty() || result.verdict() == Verdict.REJECT || result.verdict() == Verdict.IGNORED) {
            return result;
        }
        String topic = result.topic().get().topicName().value();
        forget(topic);
        List<String> hints = new ArrayList<>(result.hints());
        for (CheckedComponent component : result.components()) {
            identity(component).ifPresent(identity -> {
                String other = owners.putIfAbsent(identity, topic);
                if (other == null) {
                    byTopic.computeIfAbsent(topic, unused -> new LinkedHashSet<>())
                            .add(identity);
                } else if (!other.equals(topic)) {
                    hints.add(component.id().map(id -> id + ".").orElse("") + "unique_id: "
                            + uniqueId(component).orElse("") + " is that of a " + component.component() + " on " + other
                            + " already, Home Assistant takes only the first");
                }
            });
        }
        return new CheckResult(
                result.verdict(), result.topic(), result.problems(), result.components(), List.copyOf(hints));
    }

    private void forget(String topic) {
        Set<String> known = byTopic.remove(topic);
        if (known != null) {
            known.forEach(owners::remove);
        }
    }
}
