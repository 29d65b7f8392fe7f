package io.alicia.mqtt.broker;

import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.session.Message;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import java.util.Optional;

/** Application Messages as users see them to messages inside the broker, and back. */
final class Messages {

    private Messages() {}

    static Message inside(ApplicationMessage message, long nowMillis) {
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
                message.retain(),
                properties,
                nowMillis,
                null,
                null);
    }

    static ApplicationMessage outside(Message message, long nowMillis) {
        PublishProperties properties = message.properties();
        ApplicationMessage.Builder builder = ApplicationMessage.builder()
                .topic(message.topic())
                .payload(BinaryData.wrap(message.payload()))
                .qos(message.qos())
                .retain(message.retain())
                .contentType(Optional.ofNullable(properties.contentType()))
                .responseTopic(Optional.ofNullable(properties.responseTopic()).map(TopicName::of))
                .addAllUserProperties(properties.userProperties());
        Optional.ofNullable(message.remainingExpirySeconds(nowMillis))
                .map(Duration::ofSeconds)
                .ifPresent(builder::messageExpiryInterval);
        Optional.ofNullable(properties.payloadFormatIndicator()).ifPresent(builder::payloadFormat);
        Optional.ofNullable(properties.correlationData()).ifPresent(builder::correlationData);
        return builder.build();
    }
}
