package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.template.Template;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The topics of one type of state, one for each thing that can be said; a state of another type says nothing there.
 *
 * @param <S> the type
 */
final class Said<S extends EntityState> {

    private static final String NONE = "None";

    private final Class<S> type;
    private final Channels<EntityState> channels = new Channels<>();

    Said(Class<S> type) {
        this.type = type;
    }

    Said<S> text(
            Optional<?> topic,
            Optional<Template> template,
            Function<String, S> reader,
            Function<S, Optional<String>> part) {
        channels.text(topic, template, reader, state -> of(state).flatMap(part));
        return this;
    }

    Said<S> read(
            Optional<?> topic,
            Optional<Template> template,
            Function<String, Optional<? extends EntityState>> reader,
            Function<S, Optional<String>> part) {
        channels.add(topic, template, reader, state -> of(state).flatMap(part));
        return this;
    }

    /** What Home Assistant takes for the state of the whole: that this is not known is said here. */
    Said<S> state(
            Optional<?> topic,
            Optional<Template> template,
            Function<String, Optional<? extends EntityState>> reader,
            Function<S, Optional<String>> part) {
        channels.add(
                topic,
                template,
                reader,
                state -> state instanceof EntityState.Unknown
                        ? Optional.of(NONE)
                        : of(state).flatMap(part));
        return this;
    }

    /** A word of which the device may say that it does not know it. */
    Said<S> word(
            Optional<?> topic,
            Optional<Template> template,
            Function<String, Optional<? extends EntityState>> reader,
            Function<S, Optional<String>> part,
            S unknown,
            Predicate<S> isUnknown) {
        return read(
                topic,
                template,
                AirflowStates.reset(NONE, unknown, reader),
                state -> isUnknown.test(state) ? Optional.of(NONE) : part.apply(state));
    }

    /** A number of which the device may say that it does not know it. */
    Said<S> number(
            Optional<?> topic,
            Optional<Template> template,
            Function<Double, S> reader,
            Function<S, OptionalDouble> part,
            S unknown,
            Predicate<S> isUnknown) {
        return read(
                topic,
                template,
                AirflowStates.reset(
                        NONE,
                        unknown,
                        payload -> Channels.decimal(payload).map(number -> reader.apply(number.doubleValue()))),
                state -> isUnknown.test(state)
                        ? Optional.of(NONE)
                        : part.apply(state).stream().mapToObj(Channels::plain).findFirst());
    }

    Said<S> words(
            Optional<?> topic,
            Optional<Template> template,
            String yes,
            String no,
            Function<Boolean, S> reader,
            Function<S, Optional<Boolean>> part) {
        Map<String, Boolean> words = Channels.onOff(yes, true, no, false);
        return read(
                topic,
                template,
                payload -> Optional.ofNullable(words.get(payload)).map(reader),
                state -> part.apply(state).map(on -> on ? yes : no));
    }

    private Optional<S> of(EntityState state) {
        return type.isInstance(state) ? Optional.of(type.cast(state)) : Optional.empty();
    }

    Channels<EntityState> channels() {
        return channels;
    }
}
