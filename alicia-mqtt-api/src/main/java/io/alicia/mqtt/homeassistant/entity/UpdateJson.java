package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonBoolean;
import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What an update says as an object. Home Assistant passes over the whole of one with a field that it does not know, or with a
 * value that it does not take.
 */
final class UpdateJson {

    /** Why another object is none. */
    static final String EXPECTED = "it is no object of installed_version, latest_version, title, release_summary,"
            + " release_url and entity_picture, which are texts, in_progress, which is true or false, and"
            + " update_percentage, which is from 0 to 100 or null";

    private static final String INSTALLED = "installed_version";
    private static final String LATEST = "latest_version";
    private static final String IN_PROGRESS = "in_progress";
    private static final String PERCENTAGE = "update_percentage";
    private static final Set<String> TEXTS =
            Set.of(INSTALLED, LATEST, "title", "release_summary", "release_url", "entity_picture");
    private static final Set<String> YES_OR_NO =
            Set.of("1", "true", "yes", "on", "enable", "0", "false", "no", "off", "disable");

    private UpdateJson() {}

    /** A payload that is no object is the installed version. */
    static Optional<EntityState> read(String payload) {
        if (payload.isEmpty() || payload.equals("{}")) {
            return Optional.empty();
        }
        Optional<JsonObject> object = JsonFields.object(payload);
        if (object.isEmpty()) {
            return Optional.of(new EntityState.Update(Optional.of(payload), Optional.empty(), JsonObject.empty()));
        }
        return object.filter(UpdateJson::isTaken)
                .map(json -> new EntityState.Update(
                        text(json, INSTALLED),
                        text(json, LATEST),
                        json.toBuilder().remove(INSTALLED).remove(LATEST).build()));
    }

    private static boolean isTaken(JsonObject json) {
        return json.members().entrySet().stream().allMatch(field -> isTaken(field.getKey(), field.getValue()));
    }

    private static boolean isTaken(String name, JsonValue value) {
        if (TEXTS.contains(name)) {
            return !(value instanceof JsonNull || value instanceof JsonObject || value instanceof JsonArray);
        }
        if (name.equals(IN_PROGRESS)) {
            return value instanceof JsonBoolean
                    || value instanceof JsonNumber
                    || (value instanceof JsonString text
                            && YES_OR_NO.contains(text.value().strip().toLowerCase(Locale.ROOT)));
        }
        return name.equals(PERCENTAGE)
                && (value instanceof JsonNull
                        || value instanceof JsonBoolean
                        || (value instanceof JsonNumber number
                                && number.doubleValue() >= 0
                                && number.doubleValue() <= 100));
    }

    /** As Python prints what is no text. */
    private static Optional<String> text(JsonObject json, String name) {
        JsonValue value = json.getOrNull(name);
        if (value instanceof JsonString text) {
            return Optional.of(text.value());
        }
        if (value instanceof JsonBoolean) {
            return Optional.of(value.equals(JsonBoolean.TRUE) ? "True" : "False");
        }
        return Optional.ofNullable(value).map(JsonValue::toString);
    }

    static Optional<String> write(EntityState state) {
        if (!(state instanceof EntityState.Update update)) {
            return CommandChannels.written(EntityState.Text.class, EntityState.Text::text, state);
        }
        JsonObject.Builder json = JsonObject.builder();
        update.installed().ifPresent(version -> json.put(INSTALLED, version));
        update.latest().ifPresent(version -> json.put(LATEST, version));
        return Optional.of(json.putAll(update.other().members()).build().toString());
    }
}
