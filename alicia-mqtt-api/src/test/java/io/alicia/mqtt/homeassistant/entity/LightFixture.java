package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.ColorMode;
import io.alicia.mqtt.homeassistant.component.JsonLightEntity;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.List;

/** Lights to be told and heard, and the words for it. */
final class LightFixture {

    static final TopicName SET = TopicName.of("x/set");
    static final TopicFilter STATE = TopicFilter.of("x/state");
    static final TemplateEngine JINJA = TemplateEngine.jinja();

    private LightFixture() {}

    static EntityMessages json(ColorMode... modes) {
        return EntityMessages.of(JsonLightEntity.builder()
                .commandTopic(SET)
                .stateTopic(STATE)
                .supportedColorModes(List.of(modes))
                .build());
    }

    static List<EntityState> read(EntityMessages light, String payload) {
        return light.readState(TopicName.of("x/state"), payload, JINJA);
    }

    /** The messages without the {@code x/} of their topics, and for {@code x/set} of JSON lights without the topic. */
    static List<String> told(EntityMessages light, LightCommand command) {
        return light.writeCommand(command, JINJA).stream()
                .map(message -> message.payload().startsWith("{")
                        ? message.payload()
                        : message.topic().value().substring(2) + " " + message.payload())
                .toList();
    }

    static List<String> said(EntityMessages light, LightState state) {
        return light.writeState(state).stream()
                .map(message -> message.topic().value().substring(2) + " " + message.payload())
                .toList();
    }

    static List<String> payloads(List<EntityMessage> messages) {
        return messages.stream().map(EntityMessage::payload).toList();
    }
}
