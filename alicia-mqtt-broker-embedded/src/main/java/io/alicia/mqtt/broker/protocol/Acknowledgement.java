package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.ReasonCode;

/** The four packets of one shape that acknowledge a PUBLISH or its acknowledgement (MQTT 5 §3.4 to §3.7). */
public sealed interface Acknowledgement extends Packet permits Puback, Pubrec, Pubrel, Pubcomp {

    /** The Packet Identifier of the PUBLISH it is about, 1 to 65,535. */
    int packetIdentifier();

    /** How it went; under 3.1.1 always {@link ReasonCode#SUCCESS}, which is all that 3.1.1 can say. */
    ReasonCode reasonCode();

    /** Reason String and User Properties. */
    ReasonProperties properties();
}
