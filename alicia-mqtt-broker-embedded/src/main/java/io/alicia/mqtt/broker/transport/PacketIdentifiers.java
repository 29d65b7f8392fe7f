package io.alicia.mqtt.broker.transport;

import java.util.BitSet;

/** The Packet Identifiers of one client session (MQTT 5 §2.2.1). Confined to the transport's event loop. */
final class PacketIdentifiers {

    private static final int LARGEST = 65_535;

    private final BitSet used = new BitSet();
    private int last;

    /** One that nothing uses, until it is given back. */
    int take() {
        int next = used.nextClearBit(last + 1);
        if (next > LARGEST) {
            next = used.nextClearBit(1);
        }
        if (next > LARGEST) {
            throw new IllegalStateException("all " + LARGEST + " Packet Identifiers are in use");
        }
        used.set(next);
        last = next;
        return next;
    }

    void giveBack(int identifier) {
        used.clear(identifier);
    }
}
