package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.InfraredEmitterEntity;
import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The JSON of infrared emitters. */
final class InfraredJson {

    private static final String TIMINGS = "timings";
    private static final String MODULATION = "modulation";
    private static final String REPEATS = "repeat_count";

    private InfraredJson() {}

    static Channels<EntityCommand> commands(InfraredEmitterEntity emitter) {
        return new Channels<EntityCommand>()
                .add(
                        Optional.of(emitter.commandTopic()),
                        emitter.commandTemplate(),
                        payload -> JsonFields.object(payload).flatMap(InfraredJson::read),
                        command ->
                                command instanceof InfraredCommand said ? Optional.of(text(said)) : Optional.empty());
    }

    private static Optional<EntityCommand> read(JsonObject json) {
        if (!(json.getOrNull(TIMINGS) instanceof JsonArray array)) {
            return Optional.empty();
        }
        List<Integer> timings = new ArrayList<>();
        array.values().forEach(element -> whole(element).ifPresent(timings::add));
        boolean known = !timings.isEmpty() && timings.size() == array.values().size();
        return known
                ? Optional.of(new InfraredCommand(timings, whole(json, MODULATION), whole(json, REPEATS)))
                : Optional.empty();
    }

    private static OptionalInt whole(JsonObject json, String name) {
        return whole(json.get(name).orElse(JsonNull.NULL));
    }

    private static OptionalInt whole(JsonValue value) {
        return value instanceof JsonNumber number && number.isInteger()
                ? OptionalInt.of((int) number.doubleValue())
                : OptionalInt.empty();
    }

    private static String text(InfraredCommand command) {
        List<JsonValue> timings = command.timings().stream()
                .<JsonValue>map(timing -> JsonNumber.of(timing))
                .toList();
        JsonObject.Builder json = JsonObject.builder().put(TIMINGS, new JsonArray(timings));
        json.put(MODULATION, value(command.modulationHz()));
        command.repeats().ifPresent(repeats -> json.put(REPEATS, repeats));
        return json.build().toString();
    }

    private static JsonValue value(OptionalInt number) {
        return number.isPresent() ? JsonNumber.of(number.getAsInt()) : JsonNull.NULL;
    }
}
