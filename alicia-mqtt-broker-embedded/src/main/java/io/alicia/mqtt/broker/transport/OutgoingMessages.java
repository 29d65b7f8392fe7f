package io.alicia.mqtt.broker.transport;

import io.alicia.mqtt.broker.protocol.Acknowledgement;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.Pubcomp;
import io.alicia.mqtt.broker.protocol.Pubrec;
import io.alicia.mqtt.broker.protocol.Pubrel;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.SessionEndedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the session has published with QoS 1 and 2 and not seen through yet (MQTT 5 §4.3, §4.4). Confined to the transport's
 * event loop.
 *
 * <pre>
 * QoS 1   PUBLISH ──PUBACK──▶ told
 * QoS 2   PUBLISH ──PUBREC──▶ PUBREL ──PUBCOMP──▶ told
 *            └─────PUBREC with an error──────────▶ told
 * </pre>
 */
final class OutgoingMessages {

    /** One message on its way; its caller is told once. */
    private static final class Flight {

        private final ApplicationMessage message;
        private final Told<PublishOutcome> caller;
        private PublishOutcome received = PublishOutcome.SUCCESS;
        private boolean released;

        Flight(ApplicationMessage message, Told<PublishOutcome> caller) {
            this.message = message;
            this.caller = caller;
        }
    }

    private static final PublishOutcome TOO_LARGE = new PublishOutcome(
            ReasonCode.PACKET_TOO_LARGE, Optional.of("larger than the server's Maximum Packet Size; not sent"));

    private final PacketIdentifiers identifiers;
    private final Conduct conduct;
    private final Map<Integer, Flight> flights = new LinkedHashMap<>();

    OutgoingMessages(PacketIdentifiers identifiers, Conduct conduct) {
        this.identifiers = identifiers;
        this.conduct = conduct;
    }

    void publish(ApplicationMessage message, Told<PublishOutcome> caller, PacketSink sink) {
        if (message.qos() == Qos.AT_MOST_ONCE) {
            caller.succeed(sink.send(Packets.publish(message, 0, false)) ? PublishOutcome.SUCCESS : TOO_LARGE);
            return;
        }
        int identifier = identifiers.take();
        flights.put(identifier, new Flight(message, caller));
        if (!sink.send(Packets.publish(message, identifier, false))) {
            end(identifier, TOO_LARGE);
        }
    }

    void acknowledged(Acknowledgement packet, PacketSink sink) {
        int identifier = packet.packetIdentifier();
        Flight flight = flights.get(identifier);
        if (packet instanceof Puback && flight != null) {
            end(identifier, outcome(packet));
        } else if (packet instanceof Pubrec) {
            received(identifier, flight, packet, sink);
        } else if (packet instanceof Pubcomp && flight != null) {
            end(identifier, flight.received);
        }
    }

    private void received(int identifier, @Nullable Flight flight, Acknowledgement packet, PacketSink sink) {
        if (flight == null) {
            sink.send(
                    conduct.knowsEveryIdentifier()
                            ? new Pubrel(identifier)
                            : new Pubrel(identifier, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND));
        } else if (packet.reasonCode().isError()) {
            end(identifier, outcome(packet));
        } else {
            flight.released = true;
            flight.received = outcome(packet);
            sink.send(new Pubrel(identifier));
        }
    }

    private void end(int identifier, PublishOutcome outcome) {
        Flight flight = flights.remove(identifier);
        identifiers.giveBack(identifier);
        if (flight != null) {
            flight.caller.succeed(outcome);
        }
    }

    private static PublishOutcome outcome(Acknowledgement packet) {
        return new PublishOutcome(
                packet.reasonCode(), Optional.ofNullable(packet.properties().reasonString()));
    }

    /** The session goes on over another connection: everything once more, in the old order [MQTT-4.4.0-1]. */
    void resend(PacketSink sink) {
        for (Map.Entry<Integer, Flight> entry : List.copyOf(flights.entrySet())) {
            Flight flight = entry.getValue();
            boolean sent = sink.send(
                    flight.released
                            ? new Pubrel(entry.getKey())
                            : Packets.publish(flight.message, entry.getKey(), true));
            if (!sent) {
                end(entry.getKey(), TOO_LARGE);
            }
        }
    }

    /**
     * None is sent again, while the session goes on. PUBREL stands in for those with QoS 2, so that the server, which may have had
     * the PUBLISH, has done with their Packet Identifiers.
     */
    void forget(String why) {
        List<Flight> open = List.copyOf(flights.values());
        for (Map.Entry<Integer, Flight> entry : List.copyOf(flights.entrySet())) {
            if (entry.getValue().message.qos() == Qos.EXACTLY_ONCE) {
                entry.getValue().released = true;
            } else {
                flights.remove(entry.getKey());
                identifiers.giveBack(entry.getKey());
            }
        }
        failed(open, why);
    }

    /** The session is over. */
    void failAll(String why) {
        List<Flight> open = List.copyOf(flights.values());
        flights.keySet().forEach(identifiers::giveBack);
        flights.clear();
        failed(open, why);
    }

    private static void failed(List<Flight> flights, String why) {
        flights.forEach(flight -> flight.caller.fail(new SessionEndedException(why, true, null)));
    }
}
