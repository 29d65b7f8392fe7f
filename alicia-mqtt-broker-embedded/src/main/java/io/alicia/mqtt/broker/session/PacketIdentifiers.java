package io.alicia.mqtt.broker.session;

import java.util.function.IntPredicate;

/** Packet Identifiers in turn from 1 to 65,535, but for those in use [MQTT-2.2.1-4]. Belongs to the session's event loop. */
final class PacketIdentifiers {

    static final int MAX = 65_535;

    private final IntPredicate inUse;
    private int last;

    PacketIdentifiers(IntPredicate inUse) {
        this.inUse = inUse;
    }

    /** {@return the one that was used last, 0 for none} */
    int last() {
        return last;
    }

    void countFrom(int packetIdentifier) {
        last = packetIdentifier;
    }

    /** {@return the next one that is free; there has to be one} */
    int next() {
        do {
            last = last == MAX ? 1 : last + 1;
        } while (inUse.test(last));
        return last;
    }
}
