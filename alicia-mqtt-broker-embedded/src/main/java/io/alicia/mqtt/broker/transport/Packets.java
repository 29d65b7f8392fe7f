package io.alicia.mqtt.broker.transport;

import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.broker.protocol.ConnackProperties;
import io.alicia.mqtt.broker.protocol.Connect;
import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.protocol.Will;
import io.alicia.mqtt.connection.Credentials;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.topic.TopicName;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** Our values to the broker's packets, and back. */
final class Packets {

    private Packets() {}

    static Connect connect(ConnectRequest request, MqttVersion version, String clientIdentifier) {
        boolean keepsSession = !request.sessionExpiryInterval().isZero();
        return new Connect(
                version,
                request.bridge() && version != MqttVersion.MQTT_5,
                clientIdentifier,
                version == MqttVersion.MQTT_5 ? request.cleanStart() : request.cleanStart() || !keepsSession,
                (int) request.keepAlive().toSeconds(),
                request.credentials().map(Credentials::userName).orElse(null),
                request.credentials().map(Credentials::password).orElse(null),
                request.will().map(Packets::will).orElse(null),
                ConnectProperties.builder()
                        .sessionExpiryIntervalSeconds(
                                request.sessionExpiryInterval().toSeconds())
                        .receiveMaximum(request.receiveMaximum())
                        .topicAliasMaximum(request.topicAliasMaximum())
                        .maximumPacketSizeBytes(
                                request.maximumPacketSize().isPresent()
                                        ? request.maximumPacketSize().getAsInt()
                                        : ConnectProperties.NO_PACKET_SIZE_LIMIT)
                        .userProperties(request.userProperties())
                        .build());
    }

    private static Will will(io.alicia.mqtt.connection.Will will) {
        ApplicationMessage message = will.message();
        return new Will(
                message.topic(),
                message.payload(),
                message.qos(),
                message.retain(),
                will.delayInterval().toSeconds(),
                properties(message));
    }

    static io.alicia.mqtt.spi.Connack connack(
            Connack packet, MqttVersion version, ConnectRequest request, String clientIdentifier) {
        ConnackProperties properties = packet.properties();
        Long sessionExpiry = properties.sessionExpiryIntervalSeconds();
        Integer keepAlive = properties.serverKeepAliveSeconds();
        return io.alicia.mqtt.spi.Connack.builder()
                .sessionPresent(packet.sessionPresent())
                .clientIdentifier(Objects.requireNonNullElse(properties.assignedClientIdentifier(), clientIdentifier))
                .sessionExpiryInterval(
                        sessionExpiry == null ? request.sessionExpiryInterval() : Duration.ofSeconds(sessionExpiry))
                .keepAlive(keepAlive == null ? request.keepAlive() : Duration.ofSeconds(keepAlive))
                .receiveMaximum(properties.receiveMaximum())
                .maximumPacketSize(
                        properties.maximumPacketSizeBytes() == ConnectProperties.NO_PACKET_SIZE_LIMIT
                                ? OptionalLong.empty()
                                : OptionalLong.of(properties.maximumPacketSizeBytes()))
                .maximumQos(properties.maximumQos())
                .subscriptionIdentifiersAvailable(
                        version == MqttVersion.MQTT_5 && properties.subscriptionIdentifiersAvailable())
                .retainAvailable(properties.retainAvailable())
                .wildcardSubscriptionAvailable(properties.wildcardSubscriptionAvailable())
                .sharedSubscriptionAvailable(properties.sharedSubscriptionAvailable())
                .userProperties(properties.userProperties())
                .build();
    }

    static Publish publish(ApplicationMessage message, int packetIdentifier, boolean dup) {
        return new Publish(
                message.topic(),
                Unpooled.wrappedBuffer(message.payload().toByteBuffer()),
                message.qos(),
                message.retain(),
                dup,
                packetIdentifier,
                0,
                List.of(),
                properties(message));
    }

    private static PublishProperties properties(ApplicationMessage message) {
        if (message.messageExpiryInterval().isEmpty()
                && message.payloadFormat().isEmpty()
                && message.contentType().isEmpty()
                && message.responseTopic().isEmpty()
                && message.correlationData().isEmpty()
                && message.userProperties().isEmpty()) {
            return PublishProperties.NONE;
        }
        return PublishProperties.builder()
                .messageExpiryIntervalSeconds(
                        message.messageExpiryInterval().map(Duration::toSeconds).orElse(null))
                .payloadFormatIndicator(message.payloadFormat().orElse(null))
                .contentType(message.contentType().orElse(null))
                .responseTopic(message.responseTopic().map(TopicName::value).orElse(null))
                .correlationData(message.correlationData().orElse(null))
                .userProperties(message.userProperties())
                .build();
    }

    /** The message of a PUBLISH, its payload copied; the packet stays the caller's. */
    static ApplicationMessage message(TopicName topic, Publish packet) {
        ApplicationMessage.Builder message = ApplicationMessage.builder();
        message.topic(topic)
                .payload(BinaryData.wrap(ByteBufUtil.getBytes(packet.payload())))
                .qos(packet.qos())
                .retain(packet.retain());
        PublishProperties properties = packet.properties();
        if (properties != PublishProperties.NONE) {
            message.messageExpiryInterval(Optional.ofNullable(properties.messageExpiryIntervalSeconds())
                            .map(Duration::ofSeconds))
                    .payloadFormat(Optional.ofNullable(properties.payloadFormatIndicator()))
                    .contentType(Optional.ofNullable(properties.contentType()))
                    .responseTopic(
                            Optional.ofNullable(properties.responseTopic()).map(TopicName::ofReceived))
                    .correlationData(Optional.ofNullable(properties.correlationData()))
                    .userProperties(properties.userProperties());
        }
        return message.build();
    }
}
