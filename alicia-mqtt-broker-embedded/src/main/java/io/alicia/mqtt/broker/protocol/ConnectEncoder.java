package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.MqttVersion;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Writes the body of CONNECT (MQTT 5 §3.1, 3.1.1 §3.1, 3.1 §3.1). */
final class ConnectEncoder {

    private static final byte[] MQTT = "MQTT".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MQISDP = "MQIsdp".getBytes(StandardCharsets.US_ASCII);

    private final ByteBuf out;

    ConnectEncoder(ByteBuf out) {
        this.out = out;
    }

    void encode(Connect packet) {
        boolean isMqtt5 = packet.version() == MqttVersion.MQTT_5;
        byte[] name = packet.version() == MqttVersion.MQTT_3_1 ? MQISDP : MQTT;
        out.writeShort(name.length).writeBytes(name);
        out.writeByte(packet.version().level() | (packet.bridge() ? 0x80 : 0));
        out.writeByte(flags(packet));
        out.writeShort(packet.keepAliveSeconds());
        if (isMqtt5) {
            properties(packet.properties());
        }
        Fields.writeString(out, packet.clientIdentifier());
        if (packet.will() != null) {
            will(packet.will(), isMqtt5);
        }
        if (packet.userName() != null) {
            Fields.writeString(out, packet.userName());
        }
        if (packet.password() != null) {
            Fields.writeBinary(out, packet.password());
        }
    }

    private static int flags(Connect packet) {
        int flags = packet.cleanStart() ? 0x02 : 0;
        if (packet.will() != null) {
            flags |= 0x04 | (packet.will().qos().level() << 3) | (packet.will().retain() ? 0x20 : 0);
        }
        return flags | (packet.password() != null ? 0x40 : 0) | (packet.userName() != null ? 0x80 : 0);
    }

    private void properties(ConnectProperties properties) {
        PropertyWriter section = new PropertyWriter();
        if (properties.sessionExpiryIntervalSeconds() != 0) {
            section.u32(Property.SESSION_EXPIRY_INTERVAL, properties.sessionExpiryIntervalSeconds());
        }
        // The order is Mosquitto's.
        if (properties.topicAliasMaximum() != 0) {
            section.u16(Property.TOPIC_ALIAS_MAXIMUM, properties.topicAliasMaximum());
        }
        Integer receiveMaximum = properties.receiveMaximum();
        if (receiveMaximum != null) {
            section.u16(Property.RECEIVE_MAXIMUM, receiveMaximum);
        }
        if (properties.maximumPacketSizeBytes() != ConnectProperties.NO_PACKET_SIZE_LIMIT) {
            section.u32(Property.MAXIMUM_PACKET_SIZE, properties.maximumPacketSizeBytes());
        }
        if (properties.requestResponseInformation()) {
            section.u8(Property.REQUEST_RESPONSE_INFORMATION, 1);
        }
        if (!properties.requestProblemInformation()) {
            section.u8(Property.REQUEST_PROBLEM_INFORMATION, 0);
        }
        section.userProperties(properties.userProperties())
                .stringIfPresent(Property.AUTHENTICATION_METHOD, properties.authenticationMethod())
                .binaryIfPresent(Property.AUTHENTICATION_DATA, properties.authenticationData())
                .writeTo(out);
    }

    private void will(Will will, boolean isMqtt5) {
        if (isMqtt5) {
            PropertyWriter section = new PropertyWriter();
            if (will.delayIntervalSeconds() != 0) {
                section.u32(Property.WILL_DELAY_INTERVAL, will.delayIntervalSeconds());
            }
            section.u32IfPresent(
                            Property.MESSAGE_EXPIRY_INTERVAL, will.properties().messageExpiryIntervalSeconds())
                    .message(will.properties())
                    .writeTo(out);
        }
        Fields.writeString(out, will.topic().value());
        Fields.writeBinary(out, will.payload());
    }
}
