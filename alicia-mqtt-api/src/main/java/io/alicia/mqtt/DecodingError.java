package io.alicia.mqtt;

import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.topic.TopicName;

/**
 * A message that a stream could not read, and has gone on without; or whose payload says that it is of another device than its topic
 * does: it came through as one of the device in its topic, which is what servers check.
 *
 * @param message the message as it came
 * @param reason where in the payload or topic, and what was expected there
 */
public record DecodingError(ApplicationMessage message, String reason) {

    /** Where it came from. */
    public TopicName topic() {
        return message.topic();
    }

    /** Topic and reason; never the payload. */
    @Override
    public String toString() {
        return message + ": " + reason;
    }
}
