package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.internal.mqtt.datatypes.MqttTopicImpl;
import com.hivemq.client.internal.mqtt.datatypes.MqttUserPropertiesImpl;
import com.hivemq.client.internal.mqtt.datatypes.MqttUtf8StringImpl;
import com.hivemq.client.internal.mqtt.message.publish.MqttPublish;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PayloadFormatIndicator;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One of the HiveMQ client's messages that is itself alone: another one that says the same is another one. */
abstract class DistinctPublish extends MqttPublish {

    DistinctPublish(
            MqttTopicImpl topic,
            ByteBuffer payload,
            MqttQos qos,
            boolean retain,
            long messageExpiryInterval,
            @Nullable Mqtt5PayloadFormatIndicator payloadFormat,
            @Nullable MqttUtf8StringImpl contentType,
            @Nullable MqttTopicImpl responseTopic,
            @Nullable ByteBuffer correlationData,
            MqttUserPropertiesImpl userProperties) {
        super(
                topic,
                payload,
                qos,
                retain,
                messageExpiryInterval,
                payloadFormat,
                contentType,
                responseTopic,
                correlationData,
                userProperties,
                null);
    }

    /** With all that {@code publish} says. */
    DistinctPublish(MqttPublish publish) {
        super(
                publish.getTopic(),
                publish.getRawPayload(),
                publish.getQos(),
                publish.isRetain(),
                publish.getRawMessageExpiryInterval(),
                publish.getRawPayloadFormatIndicator(),
                publish.getRawContentType(),
                publish.getRawResponseTopic(),
                publish.getRawCorrelationData(),
                publish.getUserProperties(),
                null);
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public final int hashCode() {
        return System.identityHashCode(this);
    }
}
