package io.alicia.mqtt.testkit.homeassistant;

import io.alicia.mqtt.connection.Will;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicName;

/** Where a Home Assistant says that it is there, what it says then, and what when it goes. */
record HomeAssistantStatus(TopicName topic, String online, String offline) {

    HomeAssistantStatus {
        if (online.equals(offline)) {
            throw new IllegalArgumentException(
                    "Home Assistant says something else when it goes than when it has come up, not " + online);
        }
    }

    Will will() {
        return new Will(ApplicationMessage.builder()
                .topic(topic)
                .payload(BinaryData.ofUtf8(offline))
                .qos(Qos.AT_MOST_ONCE)
                .build());
    }
}
