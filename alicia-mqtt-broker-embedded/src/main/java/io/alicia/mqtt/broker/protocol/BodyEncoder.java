package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicFilter;
import io.netty.buffer.ByteBuf;

/** Writes what stands behind the fixed header of every packet but PUBLISH. */
final class BodyEncoder {

    /** The one Failure of SUBACK under 3.1.1. */
    private static final int FAILURE_3_1_1 = 0x80;

    private final boolean isMqtt5;
    private final ByteBuf out;

    BodyEncoder(MqttVersion version, ByteBuf out) {
        this.isMqtt5 = version == MqttVersion.MQTT_5;
        this.out = out;
    }

    void encode(Packet packet) {
        if (packet instanceof Connect connect) {
            new ConnectEncoder(out).encode(connect);
        } else if (packet instanceof Connack connack) {
            connack(connack);
        } else if (packet instanceof Acknowledgement acknowledgement) {
            acknowledgement(acknowledgement);
        } else if (packet instanceof Subscribe subscribe) {
            subscribe(subscribe);
        } else if (packet instanceof Suback suback) {
            suback(suback);
        } else if (packet instanceof Unsubscribe unsubscribe) {
            unsubscribe(unsubscribe);
        } else if (packet instanceof Unsuback unsuback) {
            unsuback(unsuback);
        } else if (packet instanceof Disconnect disconnect) {
            disconnect(disconnect);
        } else if (packet instanceof Auth auth) {
            auth(auth);
        }
    }

    private void connack(Connack packet) {
        out.writeByte(packet.sessionPresent() ? 1 : 0);
        if (!isMqtt5) {
            out.writeByte(ReturnCodes.of(packet.reasonCode()));
            return;
        }
        out.writeByte(packet.reasonCode().code());
        ConnackProperties properties = packet.properties();
        // Any order is right; this one is Mosquitto's, whose tests compare bytes.
        PropertyWriter section = new PropertyWriter()
                .u32IfPresent(Property.SESSION_EXPIRY_INTERVAL, properties.sessionExpiryIntervalSeconds());
        Integer serverKeepAliveSeconds = properties.serverKeepAliveSeconds();
        if (serverKeepAliveSeconds != null) {
            section.u16(Property.SERVER_KEEP_ALIVE, serverKeepAliveSeconds);
        }
        if (properties.topicAliasMaximum() != 0) {
            section.u16(Property.TOPIC_ALIAS_MAXIMUM, properties.topicAliasMaximum());
        }
        section.stringIfPresent(Property.ASSIGNED_CLIENT_IDENTIFIER, properties.assignedClientIdentifier())
                .stringIfPresent(Property.AUTHENTICATION_METHOD, properties.authenticationMethod())
                .binaryIfPresent(Property.AUTHENTICATION_DATA, properties.authenticationData());
        limits(properties, section);
        section.stringIfPresent(Property.REASON_STRING, properties.reasonString())
                .userProperties(properties.userProperties())
                .stringIfPresent(Property.RESPONSE_INFORMATION, properties.responseInformation())
                .stringIfPresent(Property.SERVER_REFERENCE, properties.serverReference())
                .writeTo(out);
    }

    private static void limits(ConnackProperties properties, PropertyWriter section) {
        if (!properties.retainAvailable()) {
            section.u8(Property.RETAIN_AVAILABLE, 0);
        }
        if (properties.maximumPacketSizeBytes() != ConnectProperties.NO_PACKET_SIZE_LIMIT) {
            section.u32(Property.MAXIMUM_PACKET_SIZE, properties.maximumPacketSizeBytes());
        }
        if (properties.receiveMaximum() != 65_535) {
            section.u16(Property.RECEIVE_MAXIMUM, properties.receiveMaximum());
        }
        if (properties.maximumQos() != Qos.EXACTLY_ONCE) {
            section.u8(Property.MAXIMUM_QOS, properties.maximumQos().level());
        }
        if (!properties.wildcardSubscriptionAvailable()) {
            section.u8(Property.WILDCARD_SUBSCRIPTION_AVAILABLE, 0);
        }
        if (!properties.subscriptionIdentifiersAvailable()) {
            section.u8(Property.SUBSCRIPTION_IDENTIFIER_AVAILABLE, 0);
        }
        if (!properties.sharedSubscriptionAvailable()) {
            section.u8(Property.SHARED_SUBSCRIPTION_AVAILABLE, 0);
        }
    }

    private void acknowledgement(Acknowledgement packet) {
        out.writeShort(packet.packetIdentifier());
        if (packet.reasonCode() == ReasonCode.SUCCESS && packet.properties().isEmpty()) {
            return;
        }
        out.writeByte(packet.reasonCode().code());
        reasonIfAny(packet.properties());
    }

    /** Short packets end before a Property Length of 0. */
    private void reasonIfAny(ReasonProperties properties) {
        if (!properties.isEmpty()) {
            new PropertyWriter().reason(properties).writeTo(out);
        }
    }

    private void subscribe(Subscribe packet) {
        out.writeShort(packet.packetIdentifier());
        if (isMqtt5) {
            PropertyWriter section = new PropertyWriter();
            if (packet.subscriptionIdentifier() != 0) {
                section.variable(Property.SUBSCRIPTION_IDENTIFIER, packet.subscriptionIdentifier());
            }
            section.userProperties(packet.userProperties()).writeTo(out);
        }
        for (Subscription subscription : packet.subscriptions()) {
            Fields.writeString(out, subscription.topicFilter().value());
            out.writeByte(
                    isMqtt5 ? options(subscription) : subscription.maximumQos().level());
        }
    }

    private static int options(Subscription subscription) {
        int retainHandling = switch (subscription.retainHandling()) {
            case SEND_AT_SUBSCRIBE -> 0;
            case SEND_IF_NEW -> 0x10;
            case DO_NOT_SEND -> 0x20;
        };
        return subscription.maximumQos().level()
                | (subscription.noLocal() ? 0x04 : 0)
                | (subscription.retainAsPublished() ? 0x08 : 0)
                | retainHandling;
    }

    private void suback(Suback packet) {
        out.writeShort(packet.packetIdentifier());
        if (isMqtt5) {
            new PropertyWriter().reason(packet.properties()).writeTo(out);
        }
        for (ReasonCode reasonCode : packet.reasonCodes()) {
            out.writeByte((isMqtt5 || !reasonCode.isError()) ? reasonCode.code() : FAILURE_3_1_1);
        }
    }

    private void unsubscribe(Unsubscribe packet) {
        out.writeShort(packet.packetIdentifier());
        if (isMqtt5) {
            new PropertyWriter().userProperties(packet.userProperties()).writeTo(out);
        }
        for (TopicFilter filter : packet.topicFilters()) {
            Fields.writeString(out, filter.value());
        }
    }

    private void unsuback(Unsuback packet) {
        out.writeShort(packet.packetIdentifier());
        if (isMqtt5) {
            new PropertyWriter().reason(packet.properties()).writeTo(out);
            packet.reasonCodes().forEach(reasonCode -> out.writeByte(reasonCode.code()));
        }
    }

    private void disconnect(Disconnect packet) {
        PropertyWriter section = new PropertyWriter()
                .u32IfPresent(Property.SESSION_EXPIRY_INTERVAL, packet.sessionExpiryIntervalSeconds())
                .reason(packet.properties())
                .stringIfPresent(Property.SERVER_REFERENCE, packet.serverReference());
        out.writeByte(packet.reasonCode().code());
        if (!section.isEmpty()) {
            section.writeTo(out);
        }
    }

    private void auth(Auth packet) {
        PropertyWriter section = new PropertyWriter()
                .stringIfPresent(Property.AUTHENTICATION_METHOD, packet.authenticationMethod())
                .binaryIfPresent(Property.AUTHENTICATION_DATA, packet.authenticationData())
                .reason(packet.properties());
        if (packet.reasonCode() != ReasonCode.SUCCESS || !section.isEmpty()) {
            out.writeByte(packet.reasonCode().code());
            section.writeTo(out);
        }
    }
}
