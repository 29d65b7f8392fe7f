package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.ValveEntity;
import io.alicia.mqtt.payload.JsonObject;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The states of a valve, all on one topic: a word, or the position of those that report it, or an object with both.
 *
 * @param words what stands for where it goes, and for where it stands if it reports no position
 * @param scale what stands for its position, if it reports it
 */
record ValveStates(Map<String, CoverState.Motion> words, Optional<Scale> scale) {

    private static final String STATE = "state";
    private static final String POSITION = "position";

    static Channels<EntityState> of(ValveEntity valve) {
        boolean positions = valve.reportsPosition().orElse(false);
        Map<String, CoverState.Motion> words = new LinkedHashMap<>();
        words.put(valve.stateOpening().orElse("opening"), CoverState.Motion.OPENING);
        words.putIfAbsent(valve.stateClosing().orElse("closing"), CoverState.Motion.CLOSING);
        if (!positions) {
            words.putIfAbsent(valve.stateOpen().orElse("open"), CoverState.Motion.OPEN);
            words.putIfAbsent(valve.stateClosed().orElse("closed"), CoverState.Motion.CLOSED);
        }
        ValveStates states =
                new ValveStates(words, positions ? Optional.of(CoverChannels.scale(valve)) : Optional.empty());
        return new Channels<EntityState>().add(valve.stateTopic(), valve.valueTemplate(), states::read, states::write);
    }

    private Optional<EntityState> read(String payload) {
        Optional<JsonObject> json = JsonFields.object(payload);
        if (json.filter(said -> said.get(scale.isPresent() ? POSITION : STATE).isEmpty())
                .isPresent()) {
            return Optional.empty();
        }
        Optional<String> word =
                json.isPresent() ? json.flatMap(said -> JsonFields.text(said, STATE)) : Optional.of(payload);
        if (word.filter(CoverStates.UNKNOWN::equals).isPresent()) {
            return Optional.of(new EntityState.Unknown());
        }
        Optional<CoverState.Motion> motion = word.flatMap(said -> Optional.ofNullable(words.get(said)));
        Optional<BigDecimal> position =
                json.isPresent() ? json.flatMap(said -> JsonFields.decimal(said, POSITION)) : Channels.decimal(payload);
        return state(motion, scale.flatMap(known -> position.map(value -> known.percent(value.doubleValue()))));
    }

    /** A valve at an end that does not say that it moves has stopped there. */
    private static Optional<EntityState> state(Optional<CoverState.Motion> motion, Optional<Integer> percent) {
        if (motion.isEmpty() && percent.isEmpty()) {
            return Optional.empty();
        }
        CoverState.Builder state = CoverState.builder().motion(motion);
        percent.ifPresent(open -> {
            state.percentOpen(open);
            if (motion.isEmpty() && open == 0) {
                state.motion(CoverState.Motion.CLOSED);
            }
            if (motion.isEmpty() && open == 100) {
                state.motion(CoverState.Motion.OPEN);
            }
        });
        return Optional.of(state.build());
    }

    private Optional<String> write(EntityState state) {
        if (state instanceof EntityState.Unknown) {
            return Optional.of(CoverStates.UNKNOWN);
        }
        Optional<String> word =
                CoverStates.part(state, CoverState::motion).flatMap(motion -> CoverStates.word(words, motion));
        OptionalInt percent = state instanceof CoverState said ? said.percentOpen() : OptionalInt.empty();
        if (scale.isEmpty() || percent.isEmpty()) {
            return word;
        }
        int value = scale.get().value(percent.getAsInt());
        return Optional.of(
                word.isEmpty()
                        ? Integer.toString(value)
                        : JsonObject.builder()
                                .put(STATE, word.get())
                                .put(POSITION, value)
                                .build()
                                .toString());
    }
}
