package io.alicia.mqtt.homeassistant.house;

import io.alicia.mqtt.homeassistant.component.BinarySensorDeviceClass;
import io.alicia.mqtt.homeassistant.component.BinarySensorEntity;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.EntityCategory;
import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What can be seen of a service: whether it is there, and how it fares. */
final class ServiceParts {

    static final TopicFilter COMING_AND_GOING = TopicFilter.of("alicia/system/discovery/+");
    private static final Set<String> ABOUT_THE_MESSAGE = Set.of("service_name", "timestamp", "status");

    private ServiceParts() {}

    static Map<String, Component> presence(Wiring wiring) {
        // All services come and go on the same two topics, so that each looks for its own name there.
        String name = new JsonString(wiring.seen().source().name()).toString();
        Template template = Template.of("{% if " + wiring.expression("service_name") + " == " + name + " %}{{ "
                + wiring.expression("status") + " | default('offline') }}{% endif %}");
        return Map.of(
                "running",
                BinarySensorEntity.builder()
                        .uniqueId(wiring.uniqueId("running"))
                        .name("Running")
                        .deviceClass(BinarySensorDeviceClass.CONNECTIVITY)
                        .entityCategory(EntityCategory.DIAGNOSTIC)
                        .stateTopic(COMING_AND_GOING)
                        .valueTemplate(template)
                        .payloadOn("online")
                        .payloadOff("offline")
                        .build());
    }

    static Map<String, Component> health(Wiring wiring) {
        Map<String, Component> parts = new TreeMap<>(SensorParts.of(wiring, ABOUT_THE_MESSAGE));
        parts.put(
                "problem",
                BinarySensorEntity.builder()
                        .uniqueId(wiring.uniqueId("problem"))
                        .name("Problem")
                        .deviceClass(BinarySensorDeviceClass.PROBLEM)
                        .entityCategory(EntityCategory.DIAGNOSTIC)
                        .stateTopic(wiring.stateTopic())
                        .valueTemplate(wiring.template("status"))
                        .payloadOn("unhealthy")
                        .payloadOff("healthy")
                        .build());
        return parts;
    }
}
