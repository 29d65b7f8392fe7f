package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicName;
import org.jspecify.annotations.Nullable;

/** CONNECT (MQTT 5 §3.1, 3.1.1 §3.1, 3.1 §3.1). */
final class ConnectDecoder {

    private static final int RESERVED = 0x01;
    private static final int CLEAN_START = 0x02;
    private static final int WILL = 0x04;
    private static final int WILL_RETAIN = 0x20;
    private static final int PASSWORD = 0x40;
    private static final int USER_NAME = 0x80;

    /** The bit with which a Mosquitto bridge marks itself in the Protocol Level. */
    private static final int BRIDGE = 0x80;

    private static final long PROPERTIES = Property.setOf(
            Property.SESSION_EXPIRY_INTERVAL,
            Property.RECEIVE_MAXIMUM,
            Property.MAXIMUM_PACKET_SIZE,
            Property.TOPIC_ALIAS_MAXIMUM,
            Property.REQUEST_RESPONSE_INFORMATION,
            Property.REQUEST_PROBLEM_INFORMATION,
            Property.USER_PROPERTY,
            Property.AUTHENTICATION_METHOD,
            Property.AUTHENTICATION_DATA);

    private static final ConnectProperties PERSISTENT_3 = ConnectProperties.builder()
            .sessionExpiryIntervalSeconds(ConnectProperties.NEVER_EXPIRES)
            .build();

    private ConnectDecoder() {}

    static Decoded decode(PacketReader reader, int firstByte) {
        String name = reader.string("Protocol Name");
        int level = reader.u8("Protocol Version");
        MqttVersion version = versionOrNull(reader, name, level);
        if (version == null || reader.failed()) {
            return reader.finish(null);
        }
        reader.version(version);
        if ((firstByte & 0xF) != 0 && version != MqttVersion.MQTT_3_1) {
            String rule = reader.rule("2.2.2-1", "2.1.3-1");
            reader.fail(ReasonCode.MALFORMED_PACKET, "fixed header", "reserved flags are set " + rule, null);
        }
        int flags = flags(reader);
        int keepAliveSeconds = reader.u16("Keep Alive");
        ConnectProperties properties = version == MqttVersion.MQTT_5
                ? properties(reader)
                : (flags & CLEAN_START) != 0 ? ConnectProperties.DEFAULTS : PERSISTENT_3;
        String clientIdentifier = reader.string("Client Identifier", ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
        Will will = (flags & WILL) != 0 ? will(reader, flags) : null;
        reader.answers(false);
        String userName = has(reader, flags, USER_NAME) ? reader.string("User Name") : null;
        BinaryData password = has(reader, flags, PASSWORD) ? reader.binary("Password") : null;
        reader.answers(true);
        return reader.finish(new Connect(
                version,
                (level & BRIDGE) != 0,
                clientIdentifier,
                (flags & CLEAN_START) != 0,
                keepAliveSeconds,
                userName,
                password,
                will,
                properties));
    }

    /** The version of a protocol that is ours; otherwise the reader has failed. */
    private static @Nullable MqttVersion versionOrNull(PacketReader reader, String name, int level) {
        if (reader.failed()) {
            return null;
        }
        boolean isMqtt = name.equals("MQTT");
        MqttVersion version = MqttVersion.ofLevelOrNull(level & ~BRIDGE);
        if (!isMqtt && !name.equals("MQIsdp")) {
            reader.fail(
                    ReasonCode.UNSUPPORTED_PROTOCOL_VERSION,
                    "Protocol Name",
                    "not \"MQTT\" " + reader.rule("3.1.2-1", "3.1.2-1"));
        } else if (version == null || isMqtt == (version == MqttVersion.MQTT_3_1)) {
            // In the form that Mosquitto 2.1 chooses: that of MQTT 5 for every version that it does not know.
            reader.fail(
                    ReasonCode.UNSUPPORTED_PROTOCOL_VERSION,
                    "Protocol Version",
                    name + " " + level + " is neither 3.1 (MQIsdp 3) nor 3.1.1 (MQTT 4) nor 5 (MQTT 5) [MQTT-3.1.2-2]",
                    version == null ? MqttVersion.MQTT_5 : MqttVersion.MQTT_3_1_1);
        }
        return version;
    }

    /** Whether a field is there. In 3.1 it may be missing though a flag announces it (MQTT 3.1 §3.1). */
    private static boolean has(PacketReader reader, int flags, int flag) {
        return (flags & flag) != 0 && !(reader.isMqtt31() && reader.remaining() == 0);
    }

    private static int flags(PacketReader reader) {
        int flags = reader.u8("Connect Flags");
        String problem = null;
        if (willQos(flags) == 3) {
            problem = "Will QoS is 3 " + reader.rule("3.1.2-14", "3.1.2-12");
        } else if ((flags & (PASSWORD | USER_NAME)) == PASSWORD && !reader.isMqtt5()) {
            problem = "Password without User Name [MQTT-3.1.2-22]";
        } else if (!reader.isMqtt31()) {
            problem = contradictionOrNull(reader, flags);
        }
        if (problem != null) {
            reader.malformed("Connect Flags", problem);
        }
        return flags;
    }

    /** What 3.1 does not forbid. */
    private static @Nullable String contradictionOrNull(PacketReader reader, int flags) {
        if ((flags & RESERVED) != 0) {
            return "the reserved bit is set [MQTT-3.1.2-3]";
        }
        if ((flags & WILL) == 0 && willQos(flags) != 0) {
            return "Will QoS without Will Flag " + reader.rule("3.1.2-13", "3.1.2-11");
        }
        if ((flags & WILL) == 0 && (flags & WILL_RETAIN) != 0) {
            return "Will Retain without Will Flag " + reader.rule("3.1.2-15", "3.1.2-13");
        }
        return null;
    }

    private static int willQos(int flags) {
        return (flags >> 3) & 3;
    }

    private static ConnectProperties properties(PacketReader reader) {
        PropertyReader section = new PropertyReader(reader, PROPERTIES);
        if (section.isEmpty()) {
            return ConnectProperties.DEFAULTS;
        }
        ConnectProperties.Builder properties = ConnectProperties.builder();
        for (Property property = section.next(); property != null; property = section.next()) {
            switch (property) {
                case SESSION_EXPIRY_INTERVAL -> properties.sessionExpiryIntervalSeconds(section.u32());
                case RECEIVE_MAXIMUM -> properties.receiveMaximum(section.u16Positive());
                case MAXIMUM_PACKET_SIZE -> properties.maximumPacketSizeBytes(section.u32Positive());
                case TOPIC_ALIAS_MAXIMUM -> properties.topicAliasMaximum(section.u16());
                case REQUEST_RESPONSE_INFORMATION -> properties.requestResponseInformation(section.flag());
                case REQUEST_PROBLEM_INFORMATION -> {
                    boolean wanted = section.flag();
                    properties.requestProblemInformation(wanted).asksForProblemInformation(wanted);
                }
                case AUTHENTICATION_METHOD -> properties.authenticationMethod(section.string());
                default -> properties.authenticationData(section.binary());
            }
        }
        if (section.has(Property.AUTHENTICATION_DATA) && !section.has(Property.AUTHENTICATION_METHOD)) {
            reader.protocolError("Authentication Data", "there is no Authentication Method (MQTT 5 §3.1.2.11.10)");
        }
        return properties.userProperties(section.userProperties()).build();
    }

    /**
     * As Mosquitto's own tests want it, one that is empty is a Protocol Error ({@code 07-will-null-topic}), and nothing is
     * said of one that is no text ({@code 07-will-invalid-utf8}).
     */
    private static @Nullable TopicName willTopic(PacketReader reader) {
        if (reader.skipEmptyString()) {
            reader.protocolError("Will Topic", "it is empty [MQTT-4.7.3-1]");
            return null;
        }
        return reader.topicName("Will Topic", reader.stringOrSilence("Will Topic"));
    }

    private static @Nullable Will will(PacketReader reader, int flags) {
        Qos qos = Qos.ofLevelOrNull(willQos(flags));
        WillProperties properties = reader.isMqtt5() ? WillProperties.read(reader) : WillProperties.NONE;
        TopicName topic = willTopic(reader);
        BinaryData payload = reader.binary("Will Payload");
        if (topic == null || qos == null) {
            return null;
        }
        return new Will(
                topic,
                payload,
                qos,
                (flags & WILL_RETAIN) != 0,
                properties.delayIntervalSeconds(),
                properties.published());
    }
}
