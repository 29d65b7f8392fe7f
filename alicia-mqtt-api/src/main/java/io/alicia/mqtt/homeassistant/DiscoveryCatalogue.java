package io.alicia.mqtt.homeassistant;

import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.ComponentExamples;
import io.alicia.mqtt.payload.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The smallest and the fullest message of every component and variant, as the builders write them; several fullest ones where
 * options exclude each other, so that each option is in one of them.
 */
public final class DiscoveryCatalogue {

    private DiscoveryCatalogue() {}

    /**
     * {@return the messages by a name that says what they are, such as {@code light/json fullest}; further ones of
     *     a variant have a number, as {@code light/json fullest 2}}
     *
     * @param writer who writes them
     */
    public static Map<String, DiscoveryMessage> messages(DiscoveryWriter writer) {
        Map<String, DiscoveryMessage> messages = new LinkedHashMap<>();
        for (String variant : ComponentExamples.variants()) {
            String id = variant.replace('/', '-');
            messages.put(variant + " smallest", writer.message(id + "-smallest", ComponentExamples.smallest(variant)));
            int number = 1;
            for (Component full : ComponentExamples.covering(variant)) {
                String name = variant + (number == 1 ? " fullest" : " fullest " + number);
                messages.put(name, writer.message(name.replace('/', '-').replace(' ', '-'), full));
                number++;
            }
        }
        return messages;
    }

    /**
     * {@return a message as one line of JSON: {@code {"id","topic","payload"}}, which {@link JudgedMessage} reads}
     *
     * @param id its name
     * @param message the message
     */
    public static JsonObject line(String id, DiscoveryMessage message) {
        JsonObject.Builder line = JsonObject.builder()
                .put("id", id)
                .put("topic", message.topic().topicName().value());
        message.content().ifPresentOrElse(content -> line.put("payload", content), () -> line.put("payload", ""));
        return line.build();
    }
}
