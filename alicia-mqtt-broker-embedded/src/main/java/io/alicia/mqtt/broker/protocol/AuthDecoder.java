package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.ReasonCode;
import org.jspecify.annotations.Nullable;

/** AUTH (MQTT 5 §3.15). */
final class AuthDecoder {

    private static final long PROPERTIES =
            Property.OF_REASON | Property.setOf(Property.AUTHENTICATION_METHOD, Property.AUTHENTICATION_DATA);

    private AuthDecoder() {}

    static Decoded decode(PacketReader reader, Sender sender) {
        ReasonCodes allowed =
                sender == Sender.CLIENT ? ReasonCodes.OF_AUTH_FROM_CLIENT : ReasonCodes.OF_AUTH_FROM_SERVER;
        if (reader.remaining() == 0) {
            if (!allowed.contains(ReasonCode.SUCCESS)) {
                reader.protocolError("Reason Code", "a client does not send Success [MQTT-3.15.2-1]");
            }
            return reader.finish(new Auth(ReasonCode.SUCCESS, null, null, ReasonProperties.NONE));
        }
        ReasonCode reasonCode = reader.reasonCode(allowed);
        @Nullable String method = null;
        @Nullable BinaryData data = null;
        @Nullable String reasonString = null;
        PropertyReader section = new PropertyReader(reader, PROPERTIES);
        for (Property property = section.next(); property != null; property = section.next()) {
            switch (property) {
                case AUTHENTICATION_METHOD -> method = section.string();
                case AUTHENTICATION_DATA -> data = section.binary();
                default -> reasonString = section.string();
            }
        }
        if (method == null) {
            reader.protocolError("Authentication Method", "it is missing (MQTT 5 §3.15.2.2.2)");
        }
        ReasonProperties properties = new ReasonProperties(reasonString, section.userProperties());
        return reader.finish(
                new Auth(reasonCode, method, data, properties.isEmpty() ? ReasonProperties.NONE : properties));
    }
}
