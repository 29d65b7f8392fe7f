package io.alicia.mqtt.homeassistant;

import io.alicia.mqtt.homeassistant.component.ComponentExamples;
import io.alicia.mqtt.payload.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** The smallest and the fullest message of every component and variant, as the builders write them. */
public final class DiscoveryCatalogue {

    private DiscoveryCatalogue() {}

    /**
     * {@return the messages by a name that says what they are, such as {@code light/json fullest}}
     *
     * @param writer who writes them
     */
    public static Map<String, DiscoveryMessage> messages(DiscoveryWriter writer) {
        Map<String, DiscoveryMessage> messages = new LinkedHashMap<>();
        for (String variant : ComponentExamples.variants()) {
            String id = variant.replace('/', '-');
            messages.put(variant + " smallest", writer.message(id + "-smallest", ComponentExamples.smallest(variant)));
            messages.put(variant + " fullest", writer.message(id + "-fullest", ComponentExamples.fullest(variant)));
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
