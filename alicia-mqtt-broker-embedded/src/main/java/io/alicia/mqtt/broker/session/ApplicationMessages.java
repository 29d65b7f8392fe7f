package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Application Messages as users see them to messages inside the broker, and back. */
public final class ApplicationMessages {

    private ApplicationMessages() {}

    /**
     * {@return a message of the embedding program as the broker handles it}
     *
     * @param message what
     * @param nowMillis milliseconds of the epoch
     */
    public static Message inside(ApplicationMessage message, long nowMillis) {
        return inside(message, message.retain(), nowMillis, null, null);
    }

    static Message inside(
            ApplicationMessage message,
            boolean retain,
            long nowMillis,
            @Nullable String publisher,
            @Nullable String publisherAccount) {
        PublishProperties properties = PublishProperties.builder()
                .payloadFormatIndicator(message.payloadFormat().orElse(null))
                .messageExpiryIntervalSeconds(
                        message.messageExpiryInterval().map(Duration::toSeconds).orElse(null))
                .contentType(message.contentType().orElse(null))
                .responseTopic(message.responseTopic().map(TopicName::value).orElse(null))
                .correlationData(message.correlationData().orElse(null))
                .addAllUserProperties(message.userProperties())
                .build();
        return new Message(
                message.topic(),
                message.payload().toByteArray(),
                message.qos(),
                retain,
                properties,
                nowMillis,
                publisher,
                publisherAccount,
                null);
    }

    /**
     * {@return a message as its publisher sent it, with what is left of its expiry}
     *
     * @param message what
     * @param nowMillis milliseconds of the epoch
     */
    public static ApplicationMessage outside(Message message, long nowMillis) {
        return outside(message, message.topic(), message.qos(), message.retain(), nowMillis);
    }

    static ApplicationMessage outside(Message message, TopicName topic, Qos qos, boolean retain, long nowMillis) {
        PublishProperties properties = message.properties();
        ApplicationMessage.Builder builder = ApplicationMessage.builder()
                .topic(topic)
                .payload(BinaryData.wrap(message.payload()))
                .qos(qos)
                .retain(retain)
                .contentType(Optional.ofNullable(properties.contentType()))
                .responseTopic(Optional.ofNullable(properties.responseTopic()).map(TopicName::ofReceived))
                .addAllUserProperties(properties.userProperties());
        Optional.ofNullable(message.remainingExpirySeconds(nowMillis))
                .map(Duration::ofSeconds)
                .ifPresent(builder::messageExpiryInterval);
        Optional.ofNullable(properties.payloadFormatIndicator()).ifPresent(builder::payloadFormat);
        Optional.ofNullable(properties.correlationData()).ifPresent(builder::correlationData);
        return builder.build();
    }
}
