package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.codec.PayloadException;
import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds announcements of an earlier life: they name the same origin and belong to nothing that there is. */
final class Orphans {

    private Orphans() {}

    /**
     * Looks through what is retained.
     *
     * @param alive the announcements that there are, with the components of each
     */
    static List<Orphan> of(
            Collection<ApplicationMessage> retained,
            HomeAssistantOptions options,
            Map<DiscoveryTopic, Set<String>> alive) {
        List<Orphan> orphans = new ArrayList<>();
        for (ApplicationMessage message : retained) {
            Optional<JsonObject> payload = ownPayload(message, options.origin().name());
            Optional<DiscoveryTopic> topic = DiscoveryTopic.parse(
                    options.discoveryPrefix(), message.topic().value());
            if (payload.isPresent() && topic.isPresent()) {
                Set<String> known = alive.get(topic.get());
                if (known == null) {
                    orphans.add(new Orphan(
                            topic.get(), Optional.empty(), topic.get().component()));
                } else {
                    orphans.addAll(components(topic.get(), payload.get(), known));
                }
            }
        }
        return orphans.stream().distinct().toList();
    }

    private static List<Orphan> components(DiscoveryTopic topic, JsonObject payload, Set<String> known) {
        List<Orphan> orphans = new ArrayList<>();
        object(payload, "cmps", "components")
                .ifPresent(components -> components.members().forEach((id, value) -> {
                    if (!known.contains(id) && value instanceof JsonObject component) {
                        text(component, "p", "platform")
                                .ifPresent(name -> orphans.add(new Orphan(topic, Optional.of(id), name)));
                    }
                }));
        return orphans;
    }

    private static Optional<JsonObject> ownPayload(ApplicationMessage message, String origin) {
        try {
            return Json.parse(message.payload().toByteArray()) instanceof JsonObject payload
                    ? Optional.of(payload)
                            .filter(own -> object(own, "o", "origin")
                                    .flatMap(named -> text(named, "name", "name"))
                                    .filter(origin::equals)
                                    .isPresent())
                    : Optional.empty();
        } catch (PayloadException e) {
            // Whatever that is, it is not ours.
            return Optional.empty();
        }
    }

    private static Optional<JsonObject> object(JsonObject payload, String abbreviation, String name) {
        return payload.get(abbreviation)
                .or(() -> payload.get(name))
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast);
    }

    private static Optional<String> text(JsonObject payload, String abbreviation, String name) {
        return payload.get(abbreviation)
                .or(() -> payload.get(name))
                .filter(JsonString.class::isInstance)
                .map(value -> ((JsonString) value).value());
    }
}
