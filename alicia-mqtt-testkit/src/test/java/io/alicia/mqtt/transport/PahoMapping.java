package io.alicia.mqtt.transport;

import io.alicia.mqtt.connection.Credentials;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.PayloadFormat;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.Connack;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttWireMessage;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** Our values to Paho's, and back. */
final class PahoMapping {

    private PahoMapping() {}

    static MqttConnectionOptions options(ConnectRequest request) {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setServerURIs(new String[] {
            "tcp://" + request.server().host() + ":" + request.server().port()
        });
        options.setAutomaticReconnect(false);
        options.setCleanStart(request.cleanStart());
        options.setSessionExpiryInterval(request.sessionExpiryInterval().toSeconds());
        options.setKeepAliveInterval((int) request.keepAlive().toSeconds());
        options.setReceiveMaximum(request.receiveMaximum());
        request.maximumPacketSize().ifPresent(bytes -> options.setMaximumPacketSize((long) bytes));
        options.setTopicAliasMaximum(request.topicAliasMaximum());
        // Whole seconds alone; the transport has a deadline of its own.
        options.setConnectionTimeout((int) request.timeout().toSeconds() + 1);
        options.setUserProperties(userProperties(request.userProperties()));
        request.credentials().map(Credentials::userName).ifPresent(options::setUserName);
        request.credentials()
                .map(Credentials::password)
                .map(BinaryData::toByteArray)
                .ifPresent(options::setPassword);
        request.will().ifPresent(will -> {
            MqttProperties properties = properties(will.message());
            properties.setWillDelayInterval(will.delayInterval().toSeconds());
            options.setWillMessageProperties(properties);
            options.setWill(will.message().topic().value(), message(will.message()));
        });
        return options;
    }

    static Connack connack(IMqttToken token, ConnectRequest request, String clientIdentifier) {
        MqttProperties properties = Objects.requireNonNullElseGet(token.getResponseProperties(), MqttProperties::new);
        return Connack.builder()
                .sessionPresent(token.getSessionPresent())
                .clientIdentifier(
                        Objects.requireNonNullElse(properties.getAssignedClientIdentifier(), clientIdentifier))
                .sessionExpiryInterval(
                        properties.getSessionExpiryInterval() == null
                                ? request.sessionExpiryInterval()
                                : Duration.ofSeconds(properties.getSessionExpiryInterval()))
                .keepAlive(
                        properties.getServerKeepAlive() == null
                                ? request.keepAlive()
                                : Duration.ofSeconds(properties.getServerKeepAlive()))
                .receiveMaximum(Objects.requireNonNullElse(properties.getReceiveMaximum(), 65_535))
                .maximumPacketSize(
                        properties.getMaximumPacketSize() == null
                                ? OptionalLong.empty()
                                : OptionalLong.of(properties.getMaximumPacketSize()))
                .maximumQos(qos(Objects.requireNonNullElse(properties.getMaximumQoS(), 2)))
                .retainAvailable(Objects.requireNonNullElse(properties.isRetainAvailable(), true))
                .wildcardSubscriptionAvailable(
                        Objects.requireNonNullElse(properties.isWildcardSubscriptionsAvailable(), true))
                .sharedSubscriptionAvailable(
                        Objects.requireNonNullElse(properties.isSharedSubscriptionAvailable(), true))
                .userProperties(userProperties(properties))
                .build();
    }

    static MqttMessage message(ApplicationMessage message) {
        return new MqttMessage(
                message.payload().toByteArray(), message.qos().level(), message.retain(), properties(message));
    }

    private static MqttProperties properties(ApplicationMessage message) {
        MqttProperties properties = new MqttProperties();
        message.messageExpiryInterval().map(Duration::toSeconds).ifPresent(properties::setMessageExpiryInterval);
        message.payloadFormat().map(PayloadFormat.UTF_8::equals).ifPresent(properties::setPayloadFormat);
        message.contentType().ifPresent(properties::setContentType);
        message.responseTopic().map(TopicName::value).ifPresent(properties::setResponseTopic);
        message.correlationData().map(BinaryData::toByteArray).ifPresent(properties::setCorrelationData);
        properties.setUserProperties(userProperties(message.userProperties()));
        return properties;
    }

    static ApplicationMessage message(String topic, MqttMessage message) {
        MqttProperties properties = message.getProperties();
        return ApplicationMessage.builder()
                .topic(TopicName.ofReceived(topic))
                .payload(BinaryData.of(message.getPayload()))
                .qos(qos(message.getQos()))
                .retain(message.isRetained())
                .messageExpiryInterval(Optional.ofNullable(properties.getMessageExpiryInterval())
                        .map(Duration::ofSeconds))
                .payloadFormat(properties.getPayloadFormat() ? Optional.of(PayloadFormat.UTF_8) : Optional.empty())
                .contentType(Optional.ofNullable(properties.getContentType()))
                .responseTopic(
                        Optional.ofNullable(properties.getResponseTopic()).map(TopicName::ofReceived))
                .correlationData(
                        Optional.ofNullable(properties.getCorrelationData()).map(BinaryData::of))
                .userProperties(userProperties(properties))
                .build();
    }

    static MqttSubscription[] subscriptions(List<Subscription> subscriptions) {
        return subscriptions.stream()
                .map(subscription -> {
                    MqttSubscription mapped = new MqttSubscription(
                            subscription.topicFilter().value(),
                            subscription.maximumQos().level());
                    mapped.setNoLocal(subscription.noLocal());
                    mapped.setRetainAsPublished(subscription.retainAsPublished());
                    mapped.setRetainHandling(
                            switch (subscription.retainHandling()) {
                                case SEND_AT_SUBSCRIBE -> 0;
                                case SEND_IF_NEW -> 1;
                                case DO_NOT_SEND -> 2;
                            });
                    return mapped;
                })
                .toArray(MqttSubscription[]::new);
    }

    static List<ReasonCode> reasonCodes(IMqttToken token) {
        return Arrays.stream(token.getReasonCodes())
                .mapToObj(PahoMapping::reasonCode)
                .toList();
    }

    static Optional<String> reasonString(IMqttToken token) {
        return Optional.ofNullable(token.getResponse())
                .map(MqttWireMessage::getProperties)
                .map(MqttProperties::getReasonString);
    }

    static ReasonCode reasonCode(int code) {
        return Objects.requireNonNullElse(ReasonCode.ofCodeOrNull(code), ReasonCode.UNSPECIFIED_ERROR);
    }

    private static List<io.alicia.mqtt.protocol.UserProperty> userProperties(MqttProperties properties) {
        return properties.getUserProperties().stream()
                .map(property -> new io.alicia.mqtt.protocol.UserProperty(property.getKey(), property.getValue()))
                .toList();
    }

    private static Qos qos(int level) {
        return switch (level) {
            case 0 -> Qos.AT_MOST_ONCE;
            case 1 -> Qos.AT_LEAST_ONCE;
            default -> Qos.EXACTLY_ONCE;
        };
    }

    private static List<UserProperty> userProperties(List<io.alicia.mqtt.protocol.UserProperty> properties) {
        return properties.stream()
                .map(property -> new UserProperty(property.name(), property.value()))
                .toList();
    }
}
