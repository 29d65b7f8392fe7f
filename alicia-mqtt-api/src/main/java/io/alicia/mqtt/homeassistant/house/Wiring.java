package io.alicia.mqtt.homeassistant.house;

import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import io.alicia.mqtt.homeassistant.component.Availability;
import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How entities hang on what has been said: their topics, their availability, and where in a message their values are.
 *
 * @param deviceId the device's id in Home Assistant's topics
 * @param seen what has been said
 * @param availability where the device says whether it is there; empty if it has not said so anywhere
 */
record Wiring(String deviceId, Seen seen, List<Availability> availability) {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    /** Names by which Jinja gives a method of the object instead of its field. */
    private static final Set<String> METHODS = Set.of(
            "clear", "copy", "fromkeys", "get", "items", "keys", "pop", "popitem", "setdefault", "update", "values");

    String uniqueId(String entityId) {
        return deviceId + "_" + entityId;
    }

    TopicFilter stateTopic() {
        return TopicFilter.exactly(seen.source().topic());
    }

    TopicName commandTopic() {
        return seen.source()
                .commandTopic()
                .orElseThrow(() -> new IllegalStateException(seen.source() + " takes no commands"));
    }

    /** The expression for a field, however many envelopes are around it. */
    String expression(String field) {
        if (field.equals(Seen.SCALAR)) {
            return "value";
        }
        String object = "value_json" + ".payload".repeat(seen.envelopes());
        return NAME.matcher(field).matches() && !METHODS.contains(field)
                ? object + "." + field
                : object + "['" + field.replace("\\", "\\\\").replace("'", "\\'") + "']";
    }

    /** A field; nothing if a message lacks it, which changes nothing. */
    Template template(String field) {
        return Template.of("{{ " + expression(field) + " | default('') }}");
    }

    /** A field's name as an entity's id. */
    static String entityId(String field) {
        return Numeric.named(field).map(Numeric::id).orElseGet(() -> DiscoveryTopic.idOf(field));
    }

    /** A name of the house's as people would write it. */
    static String title(String name) {
        String spaced = name.replace('_', ' ').replace('-', ' ').strip();
        return spaced.isEmpty() ? name : spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
    }
}
