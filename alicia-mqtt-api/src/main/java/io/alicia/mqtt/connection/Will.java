package io.alicia.mqtt.connection;

import io.alicia.mqtt.message.ApplicationMessage;
import java.time.Duration;

/**
 * What the server publishes for a client that went without a goodbye (MQTT 5 §3.1.2.5).
 *
 * @param message the Will Message
 * @param delayInterval how long the server waits for the client to come back, in whole seconds (MQTT 5 §3.1.3.2.2); over
 *     3.1.1 it publishes at once
 */
public record Will(ApplicationMessage message, Duration delayInterval) {

    /** Published at once. */
    public Will(ApplicationMessage message) {
        this(message, Duration.ZERO);
    }
}
