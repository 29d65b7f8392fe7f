package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.internal.mqtt.datatypes.MqttTopicImpl;
import com.hivemq.client.internal.mqtt.datatypes.MqttUserPropertiesImpl;
import com.hivemq.client.internal.mqtt.datatypes.MqttUtf8StringImpl;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PayloadFormatIndicator;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A message that leaves; its result brings it back, and is the one of no other that says the same. */
final class SentPublish extends DistinctPublish {

    SentPublish(
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
                userProperties);
    }

    /** With nothing that 3.1.1 cannot say. */
    SentPublish(MqttTopicImpl topic, ByteBuffer payload, MqttQos qos, boolean retain) {
        this(
                topic,
                payload,
                qos,
                retain,
                NO_MESSAGE_EXPIRY,
                null,
                null,
                null,
                null,
                MqttUserPropertiesImpl.NO_USER_PROPERTIES);
    }
}
