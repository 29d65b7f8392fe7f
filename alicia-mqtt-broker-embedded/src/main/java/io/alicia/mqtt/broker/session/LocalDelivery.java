package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.protocol.Delivery;
import io.alicia.mqtt.broker.protocol.EncodedPublish;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicName;
import java.util.List;

/** A message on its way from a session to the peer of its {@link LocalClient}. Belongs to the session's event loop. */
public final class LocalDelivery {

    private final Outgoing outgoing;
    private final long nowMillis;

    LocalDelivery(Outgoing outgoing, long nowMillis) {
        this.outgoing = outgoing;
        this.nowMillis = nowMillis;
    }

    Outgoing outgoing() {
        return outgoing;
    }

    /** {@return its topic here} */
    public TopicName topic() {
        return outgoing.message.topic();
    }

    /** {@return the QoS that it goes with} */
    public Qos qos() {
        return outgoing.qos;
    }

    /** {@return whether it is to be retained} */
    public boolean retain() {
        return outgoing.retain;
    }

    /** {@return what it weighs in a queue, in bytes} */
    public long bytes() {
        return outgoing.bytes();
    }

    /** {@return the size of its PUBLISH in bytes}
     * @param version what the receiver speaks
     * @param topic its topic there
     */
    public int packetBytes(MqttVersion version, TopicName topic) {
        Message message = outgoing.message;
        EncodedPublish encoded = topic.equals(message.topic())
                ? message.encoded()
                : EncodedPublish.of(topic, message.encoded().payload(), message.properties());
        Long expirySeconds = message.remainingExpirySeconds(nowMillis);
        return encoded.size(
                new Delivery(version, outgoing.qos, outgoing.retain, false, 1, List.of(), 0, false, expirySeconds));
    }

    /** {@return the message as it goes out}
     * @param topic its topic there
     * @param qos its QoS there
     * @param retain its RETAIN flag there
     */
    public ApplicationMessage message(TopicName topic, Qos qos, boolean retain) {
        return ApplicationMessages.outside(outgoing.message, topic, qos, retain, nowMillis);
    }
}
