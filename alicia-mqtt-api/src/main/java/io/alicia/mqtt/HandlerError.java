package io.alicia.mqtt;

import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.topic.TopicName;

/**
 * A message whose handler failed. The message is acknowledged and the handler gets the next one.
 *
 * @param message the message as it came
 * @param failure what the handler threw, or its result failed with
 */
public record HandlerError(ApplicationMessage message, Throwable failure) {

    /** Where it came from. */
    public TopicName topic() {
        return message.topic();
    }

    /** Topic and failure; never the payload. */
    @Override
    public String toString() {
        return message + ": " + failure;
    }
}
