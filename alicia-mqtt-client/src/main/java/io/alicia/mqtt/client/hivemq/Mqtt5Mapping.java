package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.internal.mqtt.datatypes.MqttTopicImpl;
import com.hivemq.client.internal.mqtt.datatypes.MqttUserPropertiesImpl;
import com.hivemq.client.internal.mqtt.datatypes.MqttUtf8StringImpl;
import com.hivemq.client.internal.mqtt.message.publish.MqttPublish;
import com.hivemq.client.internal.mqtt.util.MqttChecks;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperty;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectRestrictions;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectRestrictionsBuilder;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckRestrictions;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PayloadFormatIndicator;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import io.alicia.mqtt.connection.Credentials;
import io.alicia.mqtt.connection.Will;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.PayloadFormat;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.spi.Connack;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.KeptHandshake;
import io.alicia.mqtt.topic.TopicName;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Our values to HiveMQ's of MQTT 5, and back. */
final class Mqtt5Mapping {

    private static final Optional<PayloadFormat> TEXT = Optional.of(PayloadFormat.UTF_8);
    private static final Optional<PayloadFormat> NO_TEXT = Optional.of(PayloadFormat.UNSPECIFIED_BYTES);

    private Mqtt5Mapping() {}

    static Mqtt5Connect connect(ConnectRequest request) {
        Mqtt5ConnectBuilder builder = Mqtt5Connect.builder()
                .cleanStart(request.cleanStart())
                .sessionExpiryInterval(request.sessionExpiryInterval().toSeconds())
                .keepAlive((int) request.keepAlive().toSeconds())
                .restrictions(restrictions(request))
                .userProperties(userProperties(request.userProperties()));
        if (request.credentials().isPresent()) {
            builder = builder.simpleAuth(simpleAuth(request.credentials().get()));
        }
        if (request.will().isPresent()) {
            builder = builder.willPublish(willPublish(request.will().get()));
        }
        return builder.build();
    }

    private static Mqtt5ConnectRestrictions restrictions(ConnectRequest request) {
        Mqtt5ConnectRestrictionsBuilder builder = Mqtt5ConnectRestrictions.builder()
                .receiveMaximum(request.receiveMaximum())
                .topicAliasMaximum(request.topicAliasMaximum());
        if (request.maximumPacketSize().isPresent()) {
            builder = builder.maximumPacketSize(request.maximumPacketSize().getAsInt());
        }
        if (request.keepsHandshakes()) {
            builder = builder.sendMaximum(KeptHandshake.FIRST_PACKET_IDENTIFIER - 1); // its own identifiers, too
        }
        return builder.build();
    }

    private static Mqtt5SimpleAuth simpleAuth(Credentials credentials) {
        return Mqtt5SimpleAuth.builder()
                .username(credentials.userName())
                .password(credentials.password().toByteArray())
                .build();
    }

    private static Mqtt5Publish willPublish(Will will) {
        return publish(will.message(), new ContentTypes())
                .asWill()
                .extendAsWill()
                .delayInterval(will.delayInterval().toSeconds())
                .build();
    }

    static Connack connack(Mqtt5ConnAck connAck, ConnectRequest request, String clientIdentifier) {
        Mqtt5ConnAckRestrictions restrictions = connAck.getRestrictions();
        Connack.Builder builder = Connack.builder();
        builder.sessionPresent(connAck.isSessionPresent())
                .clientIdentifier(connAck.getAssignedClientIdentifier()
                        .map(Object::toString)
                        .orElse(clientIdentifier))
                .sessionExpiryInterval(Duration.ofSeconds(connAck.getSessionExpiryInterval()
                        .orElse(request.sessionExpiryInterval().toSeconds())))
                .keepAlive(Duration.ofSeconds(connAck.getServerKeepAlive()
                        .orElse((int) request.keepAlive().toSeconds())))
                .receiveMaximum(restrictions.getReceiveMaximum())
                .maximumQos(qos(restrictions.getMaximumQos()))
                .retainAvailable(restrictions.isRetainAvailable())
                .wildcardSubscriptionAvailable(restrictions.isWildcardSubscriptionAvailable())
                .sharedSubscriptionAvailable(restrictions.isSharedSubscriptionAvailable())
                .subscriptionIdentifiersAvailable(restrictions.areSubscriptionIdentifiersAvailable())
                .userProperties(userProperties(connAck.getUserProperties()));
        if (restrictions.getMaximumPacketSize() < Mqtt5ConnAckRestrictions.DEFAULT_MAXIMUM_PACKET_SIZE_NO_LIMIT) {
            builder.maximumPacketSize(restrictions.getMaximumPacketSize());
        }
        return builder.build();
    }

    /** Without the builder and its copies, which would be half a kilobyte of each message. */
    static SentPublish publish(ApplicationMessage message, ContentTypes contentTypes) {
        String contentType = message.contentType().orElse(null);
        Duration expiry = message.messageExpiryInterval().orElse(null);
        TopicName responseTopic = message.responseTopic().orElse(null);
        BinaryData correlationData = message.correlationData().orElse(null);
        return new SentPublish(
                MqttTopicImpl.of(message.topic().value()),
                message.payload().toByteBuffer(),
                qos(message.qos()),
                message.retain(),
                expiry == null ? MqttPublish.NO_MESSAGE_EXPIRY : expiry.toSeconds(),
                payloadFormat(message.payloadFormat().orElse(null)),
                contentType == null ? null : contentTypes.encoded(contentType),
                responseTopic == null ? null : MqttTopicImpl.of(responseTopic.value()),
                correlationData == null
                        ? null
                        : MqttChecks.binaryData(correlationData.toByteBuffer(), "Correlation data"),
                message.userProperties().isEmpty()
                        ? MqttUserPropertiesImpl.NO_USER_PROPERTIES
                        : MqttChecks.userProperties(userProperties(message.userProperties())));
    }

    private static @Nullable Mqtt5PayloadFormatIndicator payloadFormat(@Nullable PayloadFormat format) {
        if (format == null) {
            return null;
        }
        return format == PayloadFormat.UTF_8
                ? Mqtt5PayloadFormatIndicator.UTF_8
                : Mqtt5PayloadFormatIndicator.UNSPECIFIED;
    }

    /** What came is read where it is rather than asked for: each answer would be an object or two. */
    static ApplicationMessage message(MqttPublish publish, ContentTypes contentTypes) {
        ByteBuffer payload = publish.getRawPayload();
        MqttUtf8StringImpl contentType = publish.getRawContentType();
        ApplicationMessage message = ApplicationMessage.of(
                TopicName.ofReceived(publish.getTopic().toString()),
                payload == null ? BinaryData.EMPTY : BinaryData.wrap(payload),
                qos(publish.getQos()),
                publish.isRetain(),
                payloadFormat(publish.getRawPayloadFormatIndicator()),
                contentType == null ? Optional.empty() : contentTypes.textOf(contentType));
        return hasMore(publish) ? withTheRest(message, publish) : message;
    }

    private static Optional<PayloadFormat> payloadFormat(@Nullable Mqtt5PayloadFormatIndicator indicator) {
        if (indicator == null) {
            return Optional.empty();
        }
        return indicator == Mqtt5PayloadFormatIndicator.UTF_8 ? TEXT : NO_TEXT;
    }

    /** Whether it has properties that few messages have. */
    private static boolean hasMore(MqttPublish publish) {
        return publish.getRawMessageExpiryInterval() != MqttPublish.NO_MESSAGE_EXPIRY
                || publish.getRawResponseTopic() != null
                || publish.getRawCorrelationData() != null
                || !publish.getUserProperties().asList().isEmpty();
    }

    private static ApplicationMessage withTheRest(ApplicationMessage message, MqttPublish publish) {
        ApplicationMessage.Builder builder = message.toBuilder();
        if (publish.getRawMessageExpiryInterval() != MqttPublish.NO_MESSAGE_EXPIRY) {
            builder.messageExpiryInterval(Duration.ofSeconds(publish.getRawMessageExpiryInterval()));
        }
        MqttTopicImpl responseTopic = publish.getRawResponseTopic();
        if (responseTopic != null) {
            builder.responseTopic(TopicName.ofReceived(responseTopic.toString()));
        }
        ByteBuffer correlationData = publish.getRawCorrelationData();
        if (correlationData != null) {
            builder.correlationData(BinaryData.wrap(correlationData));
        }
        return builder.userProperties(userProperties(publish.getUserProperties()))
                .build();
    }

    static Mqtt5Subscription subscription(Subscription subscription) {
        return Mqtt5Subscription.builder()
                .topicFilter(subscription.topicFilter().value())
                .qos(qos(subscription.maximumQos()))
                .noLocal(subscription.noLocal())
                .retainAsPublished(subscription.retainAsPublished())
                .retainHandling(
                        switch (subscription.retainHandling()) {
                            case SEND_AT_SUBSCRIBE -> Mqtt5RetainHandling.SEND;
                            case SEND_IF_NEW -> Mqtt5RetainHandling.SEND_IF_SUBSCRIPTION_DOES_NOT_EXIST;
                            case DO_NOT_SEND -> Mqtt5RetainHandling.DO_NOT_SEND;
                        })
                .build();
    }

    static MqttQos qos(Qos qos) {
        return switch (qos) {
            case AT_MOST_ONCE -> MqttQos.AT_MOST_ONCE;
            case AT_LEAST_ONCE -> MqttQos.AT_LEAST_ONCE;
            case EXACTLY_ONCE -> MqttQos.EXACTLY_ONCE;
        };
    }

    static Qos qos(MqttQos qos) {
        return switch (qos) {
            case AT_MOST_ONCE -> Qos.AT_MOST_ONCE;
            case AT_LEAST_ONCE -> Qos.AT_LEAST_ONCE;
            case EXACTLY_ONCE -> Qos.EXACTLY_ONCE;
        };
    }

    private static Mqtt5UserProperties userProperties(List<UserProperty> properties) {
        return Mqtt5UserProperties.of(properties.stream()
                .map(property -> Mqtt5UserProperty.of(property.name(), property.value()))
                .collect(Collectors.toList()));
    }

    private static List<UserProperty> userProperties(Mqtt5UserProperties properties) {
        return properties.asList().stream()
                .map(property -> new UserProperty(
                        property.getName().toString(), property.getValue().toString()))
                .toList();
    }
}
