package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.protocol.Acknowledgement;
import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.broker.protocol.Delivery;
import io.alicia.mqtt.broker.protocol.Packet;
import io.alicia.mqtt.broker.protocol.PacketType;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.Will;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicName;
import org.jspecify.annotations.Nullable;

/** Tells of the packets of one client, in the words of Mosquitto's log. Whoever calls it has asked whether somebody listens. */
final class PacketTrace {

    private final Events events;
    private final String client;

    PacketTrace(Events events, String client) {
        this.events = events;
        this.client = client;
    }

    void received(Packet packet) {
        String what = "Received " + packet.type() + " from " + client;
        if (packet instanceof Acknowledgement acknowledgement) {
            boolean hasCode = packet.type() == PacketType.PUBACK || packet.type() == PacketType.PUBCOMP;
            tell(what + " (Mid: " + acknowledgement.packetIdentifier()
                    + (hasCode ? ", RC:" + acknowledgement.reasonCode().code() : "") + ")");
        } else {
            tell(what);
        }
    }

    void received(Publish publish, TopicName topic) {
        tell("Received PUBLISH from " + client
                + message(
                        publish.dup(),
                        publish.qos(),
                        publish.retain(),
                        publish.packetIdentifier(),
                        topic,
                        publish.payload().readableBytes()));
    }

    void sending(Packet packet) {
        String what = "Sending " + packet.type() + " to " + client;
        if (packet instanceof Acknowledgement acknowledgement) {
            boolean hasCode = packet.type() == PacketType.PUBACK || packet.type() == PacketType.PUBREC;
            tell(what + " (m" + acknowledgement.packetIdentifier()
                    + (hasCode ? ", rc" + acknowledgement.reasonCode().code() : "") + ")");
        } else {
            tell(what);
        }
    }

    void sending(TopicName topic, int payloadBytes, Delivery delivery) {
        tell("Sending PUBLISH to " + client
                + message(
                        delivery.dup(),
                        delivery.qos(),
                        delivery.retain(),
                        delivery.packetIdentifier(),
                        topic,
                        payloadBytes));
    }

    void sending(Connack connack, MqttVersion version) {
        int code = version == MqttVersion.MQTT_5 ? connack.reasonCode().code() : returnCode(connack.reasonCode());
        tell("Sending CONNACK to " + client + " (" + (connack.sessionPresent() ? 1 : 0) + ", " + code + ")");
    }

    /** The return code of 3.1.1 for those that refuse most often. */
    private static int returnCode(ReasonCode reasonCode) {
        return switch (reasonCode) {
            case SUCCESS -> 0;
            case UNSUPPORTED_PROTOCOL_VERSION -> 1;
            case CLIENT_IDENTIFIER_NOT_VALID -> 2;
            case BAD_USER_NAME_OR_PASSWORD -> 4;
            case NOT_AUTHORIZED, BANNED -> 5;
            default -> 3;
        };
    }

    void disconnecting(ReasonCode reasonCode) {
        tell("Sending DISCONNECT to " + client + " (rc" + reasonCode.code() + ")");
    }

    void will(@Nullable Will will) {
        if (will == null) {
            tellOfWill("No will message specified.");
        } else {
            tellOfWill("Will message specified (" + will.payload().length() + " bytes) (r" + (will.retain() ? 1 : 0)
                    + ", q" + will.qos().level() + ").");
            tellOfWill("\t" + will.topic());
        }
    }

    private static String message(
            boolean dup, Qos qos, boolean retain, int packetIdentifier, TopicName topic, int payloadBytes) {
        return " (d" + (dup ? 1 : 0) + ", q" + qos.level() + ", r" + (retain ? 1 : 0) + ", m" + packetIdentifier + ", '"
                + topic + "', ... (" + payloadBytes + " bytes))";
    }

    private void tellOfWill(String words) {
        events.tell(listening -> listening.will(client, words));
    }

    private void tell(String words) {
        events.tell(listening -> listening.packet(client, words));
    }
}
