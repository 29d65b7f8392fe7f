package io.alicia.mqtt;

import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.topic.TopicName;

/**
 * A message that arrived, understood.
 *
 * @param <T> what the Topic Name is read as
 * @param <P> what the payload is read as
 * @param levels the parts of the Topic Name
 * @param payload the payload
 * @param message the message as it came, with its MQTT 5 properties
 */
public record Received<T, P>(T levels, P payload, ApplicationMessage message) {

    /** Where it came from. */
    public TopicName topic() {
        return message.topic();
    }

    /** Whether the server had kept it: it was there before the subscription. */
    public boolean isRetained() {
        return message.retain();
    }

    /** Topic and size; never the payload. */
    @Override
    public String toString() {
        return message.toString();
    }
}
