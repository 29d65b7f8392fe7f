package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.ReasonCode;
import java.util.ArrayList;
import java.util.List;

/** SUBACK and UNSUBACK (MQTT 5 §3.9, §3.11, 3.1.1 §3.9, §3.11). */
final class SubackDecoder {

    private SubackDecoder() {}

    static Decoded decode(PacketReader reader) {
        boolean isSuback = reader.type() == PacketType.SUBACK;
        int packetIdentifier = reader.packetIdentifier();
        ReasonProperties properties = ReasonProperties.NONE;
        ReasonCodes allowed = ReasonCodes.OF_SUBACK_3_1_1;
        if (reader.isMqtt5()) {
            properties = ReasonPropertiesReader.read(reader);
            allowed = isSuback ? ReasonCodes.OF_SUBACK : ReasonCodes.OF_UNSUBACK;
        }
        List<ReasonCode> reasonCodes = new ArrayList<>();
        while (reader.remaining() > 0 && (isSuback || reader.isMqtt5())) {
            reasonCodes.add(reader.reasonCode(allowed));
        }
        if (reasonCodes.isEmpty() && (isSuback || reader.isMqtt5())) {
            reader.malformed("Payload", "there is no Reason Code " + reader.rule("3.8.4-5", "3.8.4-6"));
        }
        return reader.finish(
                isSuback
                        ? new Suback(packetIdentifier, reasonCodes, properties)
                        : new Unsuback(packetIdentifier, reasonCodes, properties));
    }
}
