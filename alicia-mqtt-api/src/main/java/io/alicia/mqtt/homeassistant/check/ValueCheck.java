package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonValue;

/** Checks one value as Home Assistant does and gives it back in the form that Home Assistant keeps. */
@FunctionalInterface
interface ValueCheck {

    /**
     * Checks a value.
     *
     * @param value what the message says
     * @param path where it stands
     */
    Outcome check(JsonValue value, String path);

    /** This check, with {@code null} taken as well. */
    default ValueCheck orNull() {
        return (value, path) -> value instanceof JsonNull ? new Outcome.Kept(value) : check(value, path);
    }

    /** How a value is shown in a reason: short, as JSON. */
    static String shown(JsonValue value) {
        String text = value.toString();
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
