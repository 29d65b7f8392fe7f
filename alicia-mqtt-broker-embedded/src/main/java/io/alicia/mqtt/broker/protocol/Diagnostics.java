package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.UserProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Packets without what is only for people: Reason String, User Properties. */
final class Diagnostics {

    private Diagnostics() {}

    /** Without both, unless it is a packet that may always have them [MQTT-3.1.2-29]. */
    static Packet withoutUnlessAllowed(Packet packet) {
        return packet instanceof Connack || packet instanceof Disconnect ? packet : without(packet);
    }

    static Packet withoutUserProperties(Packet packet) {
        return with(packet, true);
    }

    static Packet without(Packet packet) {
        return with(packet, false);
    }

    private static Packet with(Packet packet, boolean reasonString) {
        if (packet instanceof Connack p) {
            ConnackProperties.Builder properties = ConnackProperties.builder();
            properties.from(p.properties()).userProperties(List.<UserProperty>of());
            return new Connack(
                    p.sessionPresent(),
                    p.reasonCode(),
                    properties
                            .reasonString(reasonString ? p.properties().reasonString() : null)
                            .build());
        }
        if (packet instanceof Puback p) {
            return new Puback(p.packetIdentifier(), p.reasonCode(), kept(p.properties(), reasonString));
        }
        if (packet instanceof Pubrec p) {
            return new Pubrec(p.packetIdentifier(), p.reasonCode(), kept(p.properties(), reasonString));
        }
        if (packet instanceof Pubrel p) {
            return new Pubrel(p.packetIdentifier(), p.reasonCode(), kept(p.properties(), reasonString));
        }
        if (packet instanceof Pubcomp p) {
            return new Pubcomp(p.packetIdentifier(), p.reasonCode(), kept(p.properties(), reasonString));
        }
        if (packet instanceof Suback p) {
            return new Suback(p.packetIdentifier(), p.reasonCodes(), kept(p.properties(), reasonString));
        }
        if (packet instanceof Unsuback p) {
            return new Unsuback(p.packetIdentifier(), p.reasonCodes(), kept(p.properties(), reasonString));
        }
        if (packet instanceof Auth p) {
            return new Auth(
                    p.reasonCode(),
                    p.authenticationMethod(),
                    p.authenticationData(),
                    kept(p.properties(), reasonString));
        }
        if (packet instanceof Disconnect p) {
            return new Disconnect(
                    p.reasonCode(),
                    p.sessionExpiryIntervalSeconds(),
                    p.serverReference(),
                    kept(p.properties(), reasonString));
        }
        return packet;
    }

    private static ReasonProperties kept(ReasonProperties properties, boolean reasonString) {
        @Nullable String reason = reasonString ? properties.reasonString() : null;
        return reason == null ? ReasonProperties.NONE : ReasonProperties.ofReason(reason);
    }
}
