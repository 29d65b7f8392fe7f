package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;

/** CONNACK (MQTT 5 §3.2, 3.1.1 §3.2). */
final class ConnackDecoder {

    private static final long PROPERTIES = Property.OF_REASON
            | Property.setOf(
                    Property.SESSION_EXPIRY_INTERVAL,
                    Property.RECEIVE_MAXIMUM,
                    Property.MAXIMUM_QOS,
                    Property.RETAIN_AVAILABLE,
                    Property.MAXIMUM_PACKET_SIZE,
                    Property.ASSIGNED_CLIENT_IDENTIFIER,
                    Property.TOPIC_ALIAS_MAXIMUM,
                    Property.WILDCARD_SUBSCRIPTION_AVAILABLE,
                    Property.SUBSCRIPTION_IDENTIFIER_AVAILABLE,
                    Property.SHARED_SUBSCRIPTION_AVAILABLE,
                    Property.SERVER_KEEP_ALIVE,
                    Property.RESPONSE_INFORMATION,
                    Property.SERVER_REFERENCE,
                    Property.AUTHENTICATION_METHOD,
                    Property.AUTHENTICATION_DATA);

    private ConnackDecoder() {}

    static Decoded decode(PacketReader reader) {
        int flags = reader.u8("Connect Acknowledge Flags");
        if (flags > 1) {
            reader.malformed("Connect Acknowledge Flags", "a reserved bit is set [MQTT-3.2.2-1]");
        }
        if (reader.isMqtt5()) {
            ReasonCode reasonCode = reader.reasonCode(ReasonCodes.OF_CONNACK);
            return finish(reader, flags == 1, reasonCode, properties(reader));
        }
        int returnCode = reader.u8("Connect Return code");
        ReasonCode reasonCode = ReturnCodes.reasonCodeOrNull(returnCode);
        if (reasonCode == null) {
            reader.malformed("Connect Return code", "it is " + returnCode + ", 0 to 5 expected (MQTT 3.1.1 §3.2.2.3)");
            return reader.finish(null);
        }
        return finish(reader, flags == 1, reasonCode, ConnackProperties.NONE);
    }

    private static Decoded finish(
            PacketReader reader, boolean sessionPresent, ReasonCode reasonCode, ConnackProperties properties) {
        if (sessionPresent && reasonCode.isError()) {
            reader.protocolError("Session Present", "it is set in a refusal " + reader.rule("3.2.2-4", "3.2.2-6"));
        }
        return reader.finish(new Connack(sessionPresent, reasonCode, properties));
    }

    private static ConnackProperties properties(PacketReader reader) {
        PropertyReader section = new PropertyReader(reader, PROPERTIES);
        if (section.isEmpty()) {
            return ConnackProperties.NONE;
        }
        ConnackProperties.Builder properties = ConnackProperties.builder();
        for (Property property = section.next(); property != null; property = section.next()) {
            switch (property) {
                case SESSION_EXPIRY_INTERVAL -> properties.sessionExpiryIntervalSeconds(section.u32());
                case RECEIVE_MAXIMUM -> properties.receiveMaximum(section.u16Positive());
                case MAXIMUM_QOS -> properties.maximumQos(section.flag() ? Qos.AT_LEAST_ONCE : Qos.AT_MOST_ONCE);
                case RETAIN_AVAILABLE -> properties.retainAvailable(section.flag());
                case MAXIMUM_PACKET_SIZE -> properties.maximumPacketSizeBytes(section.u32Positive());
                case ASSIGNED_CLIENT_IDENTIFIER -> properties.assignedClientIdentifier(section.string());
                case TOPIC_ALIAS_MAXIMUM -> properties.topicAliasMaximum(section.u16());
                case REASON_STRING -> properties.reasonString(section.string());
                case WILDCARD_SUBSCRIPTION_AVAILABLE -> properties.wildcardSubscriptionAvailable(section.flag());
                case SUBSCRIPTION_IDENTIFIER_AVAILABLE -> properties.subscriptionIdentifiersAvailable(section.flag());
                case SHARED_SUBSCRIPTION_AVAILABLE -> properties.sharedSubscriptionAvailable(section.flag());
                case SERVER_KEEP_ALIVE -> properties.serverKeepAliveSeconds(section.u16());
                case RESPONSE_INFORMATION -> properties.responseInformation(section.string());
                case SERVER_REFERENCE -> properties.serverReference(section.string());
                case AUTHENTICATION_METHOD -> properties.authenticationMethod(section.string());
                default -> properties.authenticationData(section.binary());
            }
        }
        return properties.userProperties(section.userProperties()).build();
    }
}
