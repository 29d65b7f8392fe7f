package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.codec.PayloadException;
import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Finds announcements of an earlier life: they name the same origin and belong to nothing that there is. */
final class Orphans {

    private Orphans() {}

    static List<DiscoveryTopic> of(
            Collection<ApplicationMessage> retained, HomeAssistantOptions options, Collection<DiscoveryTopic> alive) {
        return retained.stream()
                .filter(message -> originName(message)
                        .filter(options.origin().name()::equals)
                        .isPresent())
                .flatMap(message -> DiscoveryTopic.parse(
                        options.discoveryPrefix(), message.topic().value())
                        .stream())
                .filter(topic -> !alive.contains(topic))
                .distinct()
                .toList();
    }

    private static Optional<String> originName(ApplicationMessage message) {
        try {
            return Json.parse(message.payload().toByteArray()) instanceof JsonObject object
                    ? object.get("o")
                            .or(() -> object.get("origin"))
                            .filter(JsonObject.class::isInstance)
                            .flatMap(origin -> ((JsonObject) origin).get("name"))
                            .filter(JsonString.class::isInstance)
                            .map(name -> ((JsonString) name).value())
                    : Optional.empty();
        } catch (PayloadException e) {
            // Whatever that is, it is not ours.
            return Optional.empty();
        }
    }
}
