package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.util.Optional;

/** The JSON in which vacuum cleaners say what they are. */
final class VacuumJson {

    private static final String STATE = "state";
    private static final String BATTERY = "battery_level";
    private static final String FAN_SPEED = "fan_speed";

    private VacuumJson() {}

    /** What a payload says, or empty if it is no object. */
    static Optional<EntityState> read(String payload) {
        return JsonFields.object(payload).map(json -> {
            VacuumState.Builder said = VacuumState.builder();
            JsonObject.Builder other = json.toBuilder().remove(BATTERY).remove(FAN_SPEED);
            activity(json).ifPresent(activity -> {
                said.activity(activity);
                other.remove(STATE);
            });
            JsonFields.number(json, BATTERY)
                    .ifPresent(level -> said.batteryPercent((int) Math.max(0, Math.min(100, Math.round(level)))));
            json.get(FAN_SPEED)
                    .filter(speed -> speed != JsonNull.NULL)
                    .ifPresent(
                            speed -> said.fanSpeed(speed instanceof JsonString text ? text.value() : speed.toString()));
            return said.other(other.build()).build();
        });
    }

    /** Home Assistant passes over states that it does not know. */
    private static Optional<VacuumActivity> activity(JsonObject json) {
        JsonValue state = json.getOrNull(STATE);
        if (state == JsonNull.NULL) {
            return Optional.of(VacuumActivity.UNKNOWN);
        }
        return state instanceof JsonString word ? VacuumActivity.of(word.value()) : Optional.empty();
    }

    /** What says that the state is not known, where that is said of the whole. */
    static EntityState written(EntityState state) {
        return state instanceof EntityState.Unknown
                ? VacuumState.builder().activity(VacuumActivity.UNKNOWN).build()
                : state;
    }

    /** How a state is said; a text is such an object already. */
    static Optional<String> write(EntityState of) {
        EntityState state = written(of);
        if (!(state instanceof VacuumState said)) {
            return CommandChannels.written(EntityState.Text.class, EntityState.Text::text, state);
        }
        JsonObject.Builder json = JsonObject.builder();
        said.activity()
                .ifPresent(activity -> json.put(
                        STATE, activity.word().<JsonValue>map(JsonString::new).orElse(JsonNull.NULL)));
        said.batteryPercent().ifPresent(level -> json.put(BATTERY, level));
        said.fanSpeed().ifPresent(speed -> json.put(FAN_SPEED, speed));
        return Optional.of(json.putAll(said.other().members()).build().toString());
    }
}
