package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.ReasonCode;

/** PUBACK, PUBREC, PUBREL and PUBCOMP, which have one shape (MQTT 5 §3.4 to §3.7, 3.1.1 §3.4 to §3.7). */
final class AcknowledgementDecoder {

    private AcknowledgementDecoder() {}

    static Decoded decode(PacketReader reader) {
        int packetIdentifier = reader.packetIdentifier();
        ReasonCode reasonCode = ReasonCode.SUCCESS;
        ReasonProperties properties = ReasonProperties.NONE;
        if (reader.isMqtt5() && reader.remaining() > 0) {
            reasonCode = reader.reasonCode(allowed(reader.type()));
            properties = ReasonPropertiesReader.readIfPresent(reader);
        }
        return reader.finish(
                switch (reader.type()) {
                    case PUBACK -> new Puback(packetIdentifier, reasonCode, properties);
                    case PUBREC -> new Pubrec(packetIdentifier, reasonCode, properties);
                    case PUBREL -> new Pubrel(packetIdentifier, reasonCode, properties);
                    default -> new Pubcomp(packetIdentifier, reasonCode, properties);
                });
    }

    private static ReasonCodes allowed(PacketType type) {
        return switch (type) {
            case PUBACK -> ReasonCodes.OF_PUBACK;
            case PUBREC -> ReasonCodes.OF_PUBREC;
            case PUBREL -> ReasonCodes.OF_PUBREL;
            default -> ReasonCodes.OF_PUBCOMP;
        };
    }
}
