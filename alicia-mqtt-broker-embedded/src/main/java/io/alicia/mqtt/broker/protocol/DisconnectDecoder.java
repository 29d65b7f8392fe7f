package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.protocol.UserProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DISCONNECT (MQTT 5 §3.14, 3.1.1 §3.14). */
final class DisconnectDecoder {

    private static final Disconnect NORMAL = new Disconnect(ReasonCode.SUCCESS);

    private static final long PROPERTIES =
            Property.OF_REASON | Property.setOf(Property.SESSION_EXPIRY_INTERVAL, Property.SERVER_REFERENCE);

    private DisconnectDecoder() {}

    static Decoded decode(PacketReader reader, Sender sender) {
        if (!reader.isMqtt5() && sender == Sender.SERVER) {
            reader.protocolError("fixed header", "a server does not send it (MQTT 3.1.1 §3.14)");
        }
        if (!reader.isMqtt5() || reader.remaining() == 0) {
            return reader.finish(NORMAL);
        }
        // Whoever says goodbye with a code that is not for it is gone all the same: there is nobody to tell.
        reader.answers(false);
        ReasonCode reasonCode = reader.reasonCode(
                sender == Sender.CLIENT
                        ? ReasonCodes.OF_DISCONNECT_FROM_CLIENT
                        : ReasonCodes.OF_DISCONNECT_FROM_SERVER);
        reader.answers(true);
        Disconnect disconnect =
                reader.remaining() == 0 ? new Disconnect(reasonCode) : withProperties(reader, reasonCode, sender);
        return reader.finish(disconnect);
    }

    private static Disconnect withProperties(PacketReader reader, ReasonCode reasonCode, Sender sender) {
        @Nullable Long sessionExpiryIntervalSeconds = null;
        @Nullable String serverReference = null;
        @Nullable String reasonString = null;
        PropertyReader section = new PropertyReader(reader, PROPERTIES);
        for (Property property = section.next(); property != null; property = section.next()) {
            switch (property) {
                case SESSION_EXPIRY_INTERVAL -> sessionExpiryIntervalSeconds = section.u32();
                case SERVER_REFERENCE -> serverReference = section.string();
                default -> reasonString = section.string();
            }
        }
        if (sender == Sender.SERVER && section.has(Property.SESSION_EXPIRY_INTERVAL)) {
            reader.protocolError("Session Expiry Interval", "a server does not send it [MQTT-3.14.2-2]");
        }
        List<UserProperty> userProperties = section.userProperties();
        ReasonProperties properties = reasonString == null && userProperties.isEmpty()
                ? ReasonProperties.NONE
                : new ReasonProperties(reasonString, userProperties);
        return new Disconnect(reasonCode, sessionExpiryIntervalSeconds, serverReference, properties);
    }
}
