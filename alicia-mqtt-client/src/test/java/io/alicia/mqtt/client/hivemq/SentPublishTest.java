package io.alicia.mqtt.client.hivemq;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.topic.TopicName;
import org.junit.jupiter.api.Test;

class SentPublishTest {

    private static final ApplicationMessage MESSAGE = ApplicationMessage.builder()
            .topic(TopicName.of("t"))
            .payload(BinaryData.ofUtf8("same"))
            .build();

    @Test
    void two_messages_that_say_the_same_are_two() {
        ContentTypes contentTypes = new ContentTypes();

        assertThat(Mqtt5Mapping.publish(MESSAGE, contentTypes))
                .isNotEqualTo(Mqtt5Mapping.publish(MESSAGE, contentTypes));
        assertThat(Mqtt3Mapping.delegate(MESSAGE)).isNotEqualTo(Mqtt3Mapping.delegate(MESSAGE));
    }
}
