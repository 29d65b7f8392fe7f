package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.ArrayList;
import java.util.List;

/** UNSUBSCRIBE (MQTT 5 §3.10, 3.1.1 §3.10). */
final class UnsubscribeDecoder {

    private UnsubscribeDecoder() {}

    static Decoded decode(PacketReader reader) {
        int packetIdentifier = reader.packetIdentifier();
        List<UserProperty> userProperties = List.of();
        if (reader.isMqtt5()) {
            PropertyReader section = new PropertyReader(reader, Property.USER_PROPERTY.bit());
            section.next();
            userProperties = section.userProperties();
        }
        if (reader.remaining() == 0) {
            reader.malformed("Payload", "there is no Topic Filter [MQTT-3.10.3-2]");
        }
        List<TopicFilter> topicFilters = new ArrayList<>();
        while (reader.remaining() > 0) {
            TopicFilter filter = reader.topicFilter();
            if (filter != null && reader.takesOneMore("Topic Filter", topicFilters.size())) {
                topicFilters.add(filter);
            }
        }
        return reader.finish(new Unsubscribe(packetIdentifier, topicFilters, userProperties));
    }
}
