package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PUBLISH (MQTT 5 §3.3, 3.1.1 §3.3). */
final class PublishDecoder {

    private static final int RETAIN = 0x01;
    private static final int DUP = 0x08;

    private static final long PROPERTIES =
            MessageProperties.ALLOWED | Property.setOf(Property.TOPIC_ALIAS, Property.SUBSCRIPTION_IDENTIFIER);

    private final PacketReader reader;
    private int topicAlias;
    private List<Integer> subscriptionIdentifiers = List.of();
    private PublishProperties properties = PublishProperties.NONE;

    private PublishDecoder(PacketReader reader) {
        this.reader = reader;
    }

    static Decoded decode(PacketReader reader, int firstByte, Sender sender) {
        return new PublishDecoder(reader).decode(firstByte, sender);
    }

    private Decoded decode(int firstByte, Sender sender) {
        Qos qos = Qos.ofLevelOrNull((firstByte >> 1) & 3);
        boolean dup = (firstByte & DUP) != 0;
        if (qos == null) {
            reader.malformed("QoS", "it is 3 [MQTT-3.3.1-4]");
            return reader.finish(null);
        }
        if (dup && qos == Qos.AT_MOST_ONCE) {
            reader.malformed("DUP", "it is set with QoS 0 [MQTT-3.3.1-2]");
        }
        TopicName topic = topic();
        int packetIdentifier = qos == Qos.AT_MOST_ONCE ? 0 : reader.packetIdentifier();
        if (reader.isMqtt5()) {
            readProperties(sender);
            if (topic == null && topicAlias == 0) {
                // A Protocol Error by the specification's prose, malformed by Mosquitto's tests.
                reader.malformed("Topic Name", "it is empty without a Topic Alias (MQTT 5 §3.3.2.1)");
            }
        }
        if (reader.failed()) {
            return reader.finish(null);
        }
        return reader.finish(new Publish(
                topic,
                reader.payload(),
                qos,
                (firstByte & RETAIN) != 0,
                dup,
                packetIdentifier,
                topicAlias,
                subscriptionIdentifiers,
                properties));
    }

    /** Null if it is empty, which a Topic Alias can make good, or after a failure. */
    private @Nullable TopicName topic() {
        return reader.isMqtt5() && reader.skipEmptyString() ? null : reader.topicName("Topic Name");
    }

    private void readProperties(Sender sender) {
        PropertyReader section = new PropertyReader(reader, PROPERTIES, Property.SUBSCRIPTION_IDENTIFIER.bit());
        if (section.isEmpty()) {
            return;
        }
        MessageProperties message = new MessageProperties(reader, section);
        for (Property property = section.next(); property != null; property = section.next()) {
            switch (property) {
                case TOPIC_ALIAS -> topicAlias = section.topicAlias();
                case SUBSCRIPTION_IDENTIFIER -> addSubscriptionIdentifier(section, sender);
                default -> message.take(property);
            }
        }
        properties = message.build();
    }

    private void addSubscriptionIdentifier(PropertyReader section, Sender sender) {
        if (sender == Sender.CLIENT) {
            section.skipVariable();
            reader.protocolError("Subscription Identifier", "only a server sends it with PUBLISH [MQTT-3.3.4-6]");
            return;
        }
        if (subscriptionIdentifiers.isEmpty()) {
            subscriptionIdentifiers = new ArrayList<>();
        }
        subscriptionIdentifiers.add(section.subscriptionIdentifier());
    }
}
