package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.CoverEntity;
import io.alicia.mqtt.payload.JsonObject;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** The states of covers: a word, a position and a tilt, each on its own topic. */
final class CoverStates {

    static final String UNKNOWN = "None";

    private CoverStates() {}

    static Channels<EntityState> of(CoverEntity cover) {
        Map<String, CoverState.Motion> words = new LinkedHashMap<>();
        words.put(cover.stateStopped().orElse("stopped"), CoverState.Motion.STOPPED);
        words.putIfAbsent(cover.stateOpening().orElse("opening"), CoverState.Motion.OPENING);
        words.putIfAbsent(cover.stateClosing().orElse("closing"), CoverState.Motion.CLOSING);
        words.putIfAbsent(cover.stateOpen().orElse("open"), CoverState.Motion.OPEN);
        words.putIfAbsent(cover.stateClosed().orElse("closed"), CoverState.Motion.CLOSED);
        Scale position = CoverChannels.position(cover);
        Scale tilt = CoverChannels.tilt(cover);
        return new Channels<EntityState>()
                .add(
                        cover.stateTopic(),
                        cover.valueTemplate(),
                        payload -> motion(words, payload),
                        state -> state instanceof EntityState.Unknown
                                ? Optional.of(UNKNOWN)
                                : part(state, CoverState::motion).flatMap(motion -> word(words, motion)))
                .add(
                        cover.positionTopic(),
                        cover.positionTemplate(),
                        payload -> positions(payload, position, tilt),
                        state -> value(position, state, CoverState::percentOpen))
                .add(
                        cover.tiltStatusTopic(),
                        cover.tiltStatusTemplate(),
                        payload -> Channels.decimal(payload)
                                .filter(value -> tilt.contains(value.doubleValue()))
                                .map(value -> CoverState.builder()
                                        .tiltPercent(tilt.percent(Math.rint(value.doubleValue())))
                                        .build()),
                        state -> value(tilt, state, CoverState::tiltPercent));
    }

    private static Optional<EntityState> motion(Map<String, CoverState.Motion> words, String payload) {
        return Optional.ofNullable(words.get(payload))
                .<EntityState>map(motion -> CoverState.builder().motion(motion).build())
                .or(() -> payload.equals(UNKNOWN) ? Optional.of(new EntityState.Unknown()) : Optional.empty());
    }

    static Optional<String> word(Map<String, CoverState.Motion> words, CoverState.Motion motion) {
        return words.entrySet().stream()
                .filter(word -> word.getValue() == motion)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Home Assistant takes a number, or an object with the position and perhaps the tilt. */
    private static Optional<EntityState> positions(String payload, Scale position, Scale tilt) {
        Optional<JsonObject> json = JsonFields.object(payload);
        Optional<BigDecimal> open = json.isPresent()
                ? json.flatMap(said -> JsonFields.decimal(said, "position"))
                : Channels.decimal(payload);
        return open.map(value -> {
            CoverState.Builder state = CoverState.builder().percentOpen(position.percent(value.doubleValue()));
            json.flatMap(said -> JsonFields.decimal(said, "tilt_position"))
                    .filter(tilted -> tilt.contains(tilted.doubleValue()))
                    .ifPresent(tilted -> state.tiltPercent(tilt.percent(Math.rint(tilted.doubleValue()))));
            return state.build();
        });
    }

    private static Optional<String> value(Scale scale, EntityState state, Function<CoverState, OptionalInt> part) {
        return part(state, said -> part.apply(said).stream().boxed().findFirst())
                .map(percent -> Integer.toString(scale.value(percent)));
    }

    static <V> Optional<V> part(EntityState state, Function<CoverState, Optional<V>> part) {
        return state instanceof CoverState said ? part.apply(said) : Optional.empty();
    }
}
