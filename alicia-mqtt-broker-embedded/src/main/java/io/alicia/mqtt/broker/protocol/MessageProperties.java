package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.PayloadFormat;
import io.alicia.mqtt.topic.TopicName;
import java.util.ArrayList;
import java.util.List;

/** Reads the properties that PUBLISH and a Will Message share (MQTT 5 §3.3.2.3). */
final class MessageProperties {

    static final long ALLOWED = Property.setOf(
            Property.PAYLOAD_FORMAT_INDICATOR,
            Property.MESSAGE_EXPIRY_INTERVAL,
            Property.CONTENT_TYPE,
            Property.RESPONSE_TOPIC,
            Property.CORRELATION_DATA,
            Property.USER_PROPERTY);

    private static final long IN_ORDER = ALLOWED & ~Property.MESSAGE_EXPIRY_INTERVAL.bit();

    private final PacketReader reader;
    private final PropertyReader section;
    private final PublishProperties.Builder properties = PublishProperties.builder();

    MessageProperties(PacketReader reader, PropertyReader section) {
        this.reader = reader;
        this.section = section;
    }

    /** Reads the value of {@code property}, one of {@link #ALLOWED}. */
    void take(Property property) {
        switch (property) {
            case PAYLOAD_FORMAT_INDICATOR ->
                properties.payloadFormatIndicator(
                        section.flag() ? PayloadFormat.UTF_8 : PayloadFormat.UNSPECIFIED_BYTES);
            case MESSAGE_EXPIRY_INTERVAL -> properties.messageExpiryIntervalSeconds(section.u32());
            case CONTENT_TYPE -> properties.contentType(section.string());
            case RESPONSE_TOPIC -> properties.responseTopic(responseTopic());
            default -> properties.correlationData(section.binary());
        }
    }

    private String responseTopic() {
        String topic = section.string();
        if (!reader.failed() && TopicName.ofReceivedOrNull(topic) == null) {
            reader.protocolError("Response Topic", "it is empty or has a wildcard [MQTT-3.3.2-14]");
        }
        return topic;
    }

    PublishProperties build() {
        return properties
                .userProperties(section.userProperties())
                .order(unusualOrder())
                .build();
    }

    /** The order of what goes on to subscribers, unless it is the usual one. */
    private List<Integer> unusualOrder() {
        List<Integer> travelling = new ArrayList<>();
        boolean usual = true;
        int before = 0;
        for (int id : section.order()) {
            Property property = Property.ofIdOrNull(id);
            if (property != null && (property.bit() & IN_ORDER) != 0) {
                usual &= before <= id;
                before = id;
                travelling.add(id);
            }
        }
        return usual ? List.of() : travelling;
    }
}
