package io.alicia.mqtt;

import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.topic.TopicName;
import java.util.Optional;

/**
 * A handler that failed at a message, which is acknowledged: it gets the next one. Or a handler that gets no message any more, since
 * its subscription was refused.
 *
 * @param message the message as it came; absent: no more messages come
 * @param failure what the handler threw, or its result failed with; {@link SubscriptionRefusedException} if the server refused the
 *     subscription
 */
public record HandlerError(Optional<ApplicationMessage> message, Throwable failure) {

    /** At {@code message}. */
    public HandlerError(ApplicationMessage message, Throwable failure) {
        this(Optional.of(message), failure);
    }

    /** Where the message came from. */
    public Optional<TopicName> topic() {
        return message.map(ApplicationMessage::topic);
    }

    /** Topic and failure; never the payload. */
    @Override
    public String toString() {
        return message.map(ApplicationMessage::toString).orElse("no more messages") + ": " + failure;
    }
}
