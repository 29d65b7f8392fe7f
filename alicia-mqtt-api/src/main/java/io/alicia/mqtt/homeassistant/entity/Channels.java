package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.homeassistant.template.Template;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Collects the topics of an entity; topics that it does not have are passed over.
 *
 * @param <T> commands or states
 */
final class Channels<T> {

    private final List<Channel<T>> channels = new ArrayList<>();

    List<Channel<T>> list() {
        return List.copyOf(channels);
    }

    /** A topic with any reading. */
    Channels<T> add(
            Optional<?> topic,
            Optional<Template> template,
            Function<String, Optional<? extends T>> reader,
            Function<T, Optional<String>> writer) {
        topic.ifPresent(name -> channels.add(new Channel<>(name.toString(), template, reader, writer, false)));
        return this;
    }

    /** A topic that is read and not written, and whose messages may say something else. */
    Channels<T> quiet(Optional<?> topic, Optional<Template> template, Function<String, Optional<? extends T>> reader) {
        topic.ifPresent(
                name -> channels.add(new Channel<>(name.toString(), template, reader, said -> Optional.empty(), true)));
        return this;
    }

    /** A topic on which each thing to say has its own payload. */
    Channels<T> words(Optional<?> topic, Optional<Template> template, Map<String, T> words) {
        return add(
                topic,
                template,
                payload -> Optional.ofNullable(words.get(payload)),
                said -> words.entrySet().stream()
                        .filter(word -> word.getValue().equals(said))
                        .map(Map.Entry::getKey)
                        .findFirst());
    }

    /** A topic with a text of its own. */
    Channels<T> text(
            Optional<?> topic,
            Optional<Template> template,
            Function<String, ? extends T> reader,
            Function<T, Optional<String>> writer) {
        return add(topic, template, payload -> Optional.of(reader.apply(payload)), writer);
    }

    /** A topic with a number. */
    Channels<T> number(
            Optional<?> topic,
            Optional<Template> template,
            DoubleFunction<? extends T> reader,
            Function<T, OptionalDouble> writer) {
        return add(
                topic,
                template,
                payload -> decimal(payload).map(number -> reader.apply(number.doubleValue())),
                said -> {
                    OptionalDouble number = writer.apply(said);
                    return number.isPresent() ? Optional.of(plain(number.getAsDouble())) : Optional.empty();
                });
    }

    /** A topic with a whole number. */
    Channels<T> whole(
            Optional<?> topic,
            Optional<Template> template,
            IntFunction<? extends T> reader,
            Function<T, OptionalInt> writer) {
        return number(
                topic,
                template,
                number -> reader.apply((int) Math.round(number)),
                said -> writer.apply(said).stream()
                        .mapToDouble(number -> number)
                        .findFirst());
    }

    /** Within the bounds of numbers in JSON: the text comes from outside, and longer ones take ever longer. */
    static Optional<BigDecimal> decimal(String payload) {
        String spelt = payload.strip();
        if (spelt.length() > Json.MAX_NUMBER_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(spelt))
                    .filter(number -> Math.abs((long) number.scale()) <= Json.MAX_EXPONENT);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * A number as it is written.
     *
     * @throws IllegalArgumentException if it is none, or infinite, as what a broken probe gives
     */
    static String plain(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("there is no way to say " + number + " as a number");
        }
        return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }

    /** Words in order; of two things with the same payload the first counts. */
    static <T> Map<String, T> onOff(String on, T whenOn, String off, T whenOff) {
        Map<String, T> words = new LinkedHashMap<>();
        words.put(on, whenOn);
        words.putIfAbsent(off, whenOff);
        return words;
    }
}
