package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.RetainHandling;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SUBSCRIBE (MQTT 5 §3.8, 3.1.1 §3.8). */
final class SubscribeDecoder {

    private static final int NO_LOCAL = 0x04;
    private static final int RETAIN_AS_PUBLISHED = 0x08;
    private static final int RESERVED = 0xC0;
    private static final int RESERVED_3_1_1 = 0xFC;

    private static final long PROPERTIES = Property.setOf(Property.SUBSCRIPTION_IDENTIFIER, Property.USER_PROPERTY);

    private SubscribeDecoder() {}

    static Decoded decode(PacketReader reader) {
        int packetIdentifier = reader.packetIdentifier();
        int subscriptionIdentifier = 0;
        List<UserProperty> userProperties = List.of();
        if (reader.isMqtt5()) {
            PropertyReader section = new PropertyReader(reader, PROPERTIES);
            while (section.next() != null) {
                subscriptionIdentifier = section.subscriptionIdentifier();
            }
            userProperties = section.userProperties();
        }
        if (reader.remaining() == 0) {
            reader.malformed("Payload", "there is no Topic Filter " + reader.rule("3.8.3-3", "3.8.3-2"));
        }
        List<Subscription> subscriptions = new ArrayList<>();
        while (reader.remaining() > 0) {
            Subscription subscription = subscription(reader);
            if (subscription != null && reader.takesOneMore("Topic Filter", subscriptions.size())) {
                subscriptions.add(subscription);
            }
        }
        return reader.finish(new Subscribe(packetIdentifier, subscriptions, subscriptionIdentifier, userProperties));
    }

    private static @Nullable Subscription subscription(PacketReader reader) {
        TopicFilter filter = reader.topicFilter();
        int options = reader.u8("Subscription Options");
        if (filter == null || reader.failed()) {
            return null;
        }
        Qos maximumQos = Qos.ofLevelOrNull(options & 3);
        RetainHandling retainHandling = retainHandlingOrNull((options >> 4) & 3);
        boolean noLocal = (options & NO_LOCAL) != 0;
        if ((options & (reader.isMqtt5() ? RESERVED : RESERVED_3_1_1)) != 0) {
            reader.malformed("Subscription Options", "a reserved bit is set " + reader.rule("3.8.3-4", "3.8.3-5"));
        } else if (maximumQos == null && !reader.isMqtt5()) {
            reader.malformed("Requested QoS", "it is 3 [MQTT-3.8.3-4]");
        } else if (maximumQos == null) {
            reader.malformed("Maximum QoS", "it is 3 (MQTT 5 §3.8.3.1)");
        } else if (retainHandling == null) {
            reader.malformed("Retain Handling", "it is 3 (MQTT 5 §3.8.3.1)");
        } else if (noLocal && filter.shareName().isPresent()) {
            reader.protocolError("No Local", "it is set on a Shared Subscription [MQTT-3.8.3-4]");
        } else {
            return new Subscription(filter, maximumQos, noLocal, (options & RETAIN_AS_PUBLISHED) != 0, retainHandling);
        }
        return null;
    }

    private static @Nullable RetainHandling retainHandlingOrNull(int bits) {
        RetainHandling[] known = RetainHandling.values();
        return bits < known.length ? known[bits] : null;
    }
}
