package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.component.Availability;
import io.alicia.mqtt.homeassistant.component.AvailabilityMode;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.Entity;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.homeassistant.template.TemplateEvaluationException;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.topic.TopicFilter;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Whether an entity is available, by its topics and how they decide together. */
final class AvailabilityWatch {

    /**
     * One topic has said something.
     *
     * @param index which of them
     * @param available what it said
     */
    private record Said(int index, boolean available) {}

    private AvailabilityWatch() {}

    static Flowable<Boolean> of(
            Component component,
            Function<TopicFilter, Flowable<ApplicationMessage>> messages,
            TemplateEngine engine,
            Consumer<String> unreadable) {
        List<Availability> topics = component instanceof Entity entity ? topics(entity) : List.of();
        if (topics.isEmpty() || !(component instanceof Entity entity)) {
            return Flowable.just(true).concatWith(Flowable.never());
        }
        AvailabilityMode mode = entity.availabilityMode().orElse(AvailabilityMode.LATEST);
        return Flowable.range(0, topics.size())
                .flatMap(index -> messages.apply(topics.get(index).topic())
                        .concatMapMaybe(
                                message -> Maybe.fromOptional(read(topics.get(index), message, engine, unreadable))
                                        .map(available -> new Said(index, available))))
                .scan(List.copyOf(Collections.nCopies(topics.size(), false)), (known, said) -> after(known, said, mode))
                .map(known -> mode == AvailabilityMode.ALL ? !known.contains(false) : known.contains(true))
                .distinctUntilChanged();
    }

    /** The single form is a list of one. */
    private static List<Availability> topics(Entity entity) {
        if (entity.availabilityTopic().isEmpty()) {
            return entity.availability();
        }
        Availability.Builder single =
                Availability.builder().topic(entity.availabilityTopic().get());
        entity.payloadAvailable().ifPresent(single::payloadAvailable);
        entity.payloadNotAvailable().ifPresent(single::payloadNotAvailable);
        entity.availabilityTemplate().ifPresent(single::valueTemplate);
        return List.of(single.build());
    }

    private static Optional<Boolean> read(
            Availability availability, ApplicationMessage message, TemplateEngine engine, Consumer<String> unreadable) {
        String payload = message.payload().toUtf8();
        try {
            String said = availability
                    .valueTemplate()
                    .map(template -> engine.evaluate(template, TemplateEngine.variables(payload)))
                    .orElse(payload);
            if (said.equals(availability.payloadAvailable().orElse("online"))) {
                return Optional.of(true);
            }
            return said.equals(availability.payloadNotAvailable().orElse("offline"))
                    ? Optional.of(false)
                    : Optional.empty();
        } catch (TemplateEvaluationException e) {
            unreadable.accept(message.topic() + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** By the latest message one topic speaks for all. */
    private static List<Boolean> after(List<Boolean> known, Said said, AvailabilityMode mode) {
        if (mode == AvailabilityMode.LATEST) {
            return List.copyOf(Collections.nCopies(known.size(), said.available()));
        }
        List<Boolean> changed = new ArrayList<>(known);
        changed.set(said.index(), said.available());
        return List.copyOf(changed);
    }
}
