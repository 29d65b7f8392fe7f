package io.alicia.mqtt.broker.cli;

import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicName;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** A message that was sent once or more often; its payload names it. Times count what happened. */
final class CrashMessage {

    final String topic;
    final String payload;
    final Qos qos;
    final boolean retain;
    final long sentAt;
    final int packetIdentifier;
    /** Of QoS 2: PUBREC has come. */
    boolean received;
    /** When it was acknowledged for good; {@link Long#MAX_VALUE} as long as it was not. */
    long acknowledgedAt = Long.MAX_VALUE;

    CrashMessage(String topic, String payload, Qos qos, boolean retain, long sentAt, int packetIdentifier) {
        this.topic = topic;
        this.payload = payload;
        this.qos = qos;
        this.retain = retain;
        this.sentAt = sentAt;
        this.packetIdentifier = packetIdentifier;
    }

    boolean isAcknowledged() {
        return acknowledgedAt != Long.MAX_VALUE;
    }

    Publish packet(boolean again) {
        return new Publish(
                TopicName.of(topic),
                Unpooled.wrappedBuffer(payload.getBytes(StandardCharsets.UTF_8)),
                qos,
                retain,
                again,
                packetIdentifier);
    }

    @Override
    public String toString() {
        return "'" + payload + "' on " + topic + " with " + qos;
    }
}
