package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.component.AvailabilityMode;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.Components;
import io.alicia.mqtt.homeassistant.component.Entity;
import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonValue;
import io.alicia.mqtt.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ties entities that have an availability of their own to that of their client as well: Home Assistant takes over a device's
 * availability for those components alone that have none.
 */
final class ClientAvailability {

    private static final Logger LOGGER = LoggerFactory.getLogger(ClientAvailability.class);

    private static final String LIST = "availability";
    private static final String MODE = "availability_mode";
    private static final String TOPIC = "availability_topic";
    private static final String TEMPLATE = "availability_template";
    private static final List<String> PAYLOADS = List.of("payload_available", "payload_not_available");

    private ClientAvailability() {}

    /**
     * {@return the component, available only as long as its own topics say so and the client is there} One that is to be
     * available by the latest or by any of several topics stays as it is, for Home Assistant has no way to say both.
     */
    static Component tied(Component component, Optional<TopicName> client) {
        if (client.isEmpty() || !(component instanceof Entity entity) || !hasOwn(entity)) {
            return component;
        }
        TopicName topic = client.get();
        if (entity.availability().stream().anyMatch(own -> own.topic().matches(topic))) {
            return component;
        }
        // What gives no mode is available by the latest.
        AvailabilityMode mode = entity.availabilityMode().orElse(AvailabilityMode.LATEST);
        if (entity.availability().size() > 1 && mode != AvailabilityMode.ALL) {
            LOGGER.warn(
                    "the {} {} stays available when its client is gone: its availability_mode leaves no room for {}",
                    component.component(),
                    entity.uniqueId().orElse(""),
                    topic);
            return component;
        }
        boolean isNamed =
                entity.availabilityTopic().filter(own -> own.matches(topic)).isPresent();
        return Components.read(component.variant(), listed(component.toJson(), isNamed ? Optional.empty() : client));
    }

    /**
     * {@return the component with its client's availability as its own, if it can have one and has none} For devices with
     * components that can have none, such as triggers: what such a device shares Home Assistant would drop of those.
     */
    static Component withThatOf(Component component, Optional<TopicName> client) {
        if (client.isEmpty() || !(component instanceof Entity entity) || hasOwn(entity)) {
            return component;
        }
        JsonObject own = JsonObject.builder().put("topic", client.get().value()).build();
        return Components.read(
                component.variant(),
                component.toJson().toBuilder()
                        .put(LIST, new JsonArray(List.of(own)))
                        .build());
    }

    private static boolean hasOwn(Entity entity) {
        return entity.availabilityTopic().isPresent() || !entity.availability().isEmpty();
    }

    /** A list in any case: the device has one that would stand beside a single topic otherwise. */
    private static JsonObject listed(JsonObject options, Optional<TopicName> client) {
        List<JsonValue> topics = new ArrayList<>();
        options.get(TOPIC).ifPresent(single -> topics.add(inList(single, options)));
        if (options.getOrNull(LIST) instanceof JsonArray own) {
            topics.addAll(own.values());
        }
        client.ifPresent(topic ->
                topics.add(JsonObject.builder().put("topic", topic.value()).build()));
        JsonObject.Builder listed = options.toBuilder();
        listed.remove(TOPIC).remove(TEMPLATE);
        PAYLOADS.forEach(listed::remove);
        return listed.put(LIST, new JsonArray(topics)).put(MODE, "all").build();
    }

    /** The one topic as an element of the list. */
    private static JsonObject inList(JsonValue topic, JsonObject options) {
        JsonObject.Builder single = JsonObject.builder().put("topic", topic);
        PAYLOADS.forEach(payload -> options.get(payload).ifPresent(given -> single.put(payload, given)));
        options.get(TEMPLATE).ifPresent(given -> single.put("value_template", given));
        return single.build();
    }
}
