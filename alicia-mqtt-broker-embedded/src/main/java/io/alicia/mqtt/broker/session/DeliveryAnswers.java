package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.store.StoredOutgoing.Stage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;

/**
 * What a client answers to the QoS 1 and 2 messages that it is sent, and what follows from that (MQTT 5 §4.3). Each method
 * tells whether the answer keeps to the protocol. Belongs to the session's event loop.
 */
final class DeliveryAnswers {

    /** What becomes of the messages. */
    interface Outcome {

        /** The client has it, and it is forgotten here. */
        void finished(Outgoing outgoing);

        /** The client does not take it, and it is forgotten here. */
        void refused(Outgoing outgoing);

        /** The client has it, and waits for its release. */
        void received(Outgoing outgoing);

        /** The client waits for the release of a message that nobody knows. */
        void unknown(int packetIdentifier);
    }

    private final InFlight inFlight;
    private final Outcome outcome;

    DeliveryAnswers(InFlight inFlight, Outcome outcome) {
        this.inFlight = inFlight;
        this.outcome = outcome;
    }

    /**
     * PUBACK.
     *
     * @return false if that breaks the protocol: the identifier belongs to a QoS 2 message
     */
    boolean acknowledged(int packetIdentifier) {
        Outgoing outgoing = inFlight.getOrNull(packetIdentifier);
        if (outgoing == null) {
            return true;
        }
        if (outgoing.qos != Qos.AT_LEAST_ONCE) {
            return false;
        }
        outcome.finished(outgoing);
        return true;
    }

    /**
     * PUBREC. A client that refuses the message has discarded it, so there is nothing to release [MQTT-4.3.3-4].
     *
     * @return false if that breaks the protocol: the identifier belongs to a QoS 1 message
     */
    boolean received(int packetIdentifier, ReasonCode reasonCode) {
        Outgoing outgoing = inFlight.getOrNull(packetIdentifier);
        if (outgoing == null) {
            // As Mosquitto answers: a client that lost count ends its handshake, one that refused has done so.
            if (!reasonCode.isError()) {
                outcome.unknown(packetIdentifier);
            }
            return true;
        }
        if (outgoing.qos != Qos.EXACTLY_ONCE) {
            return false;
        }
        if (reasonCode.isError()) {
            outcome.refused(outgoing);
        } else {
            outgoing.stage = Stage.RELEASED;
            outcome.received(outgoing);
        }
        return true;
    }

    /**
     * PUBCOMP.
     *
     * @return false if that breaks the protocol: the identifier belongs to a message that was not released
     */
    boolean completed(int packetIdentifier) {
        Outgoing outgoing = inFlight.getOrNull(packetIdentifier);
        if (outgoing == null) {
            return true;
        }
        if (outgoing.stage != Stage.RELEASED) {
            return false;
        }
        outcome.finished(outgoing);
        return true;
    }
}
