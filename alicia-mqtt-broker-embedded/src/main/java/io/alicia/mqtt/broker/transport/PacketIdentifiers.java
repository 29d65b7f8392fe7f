package io.alicia.mqtt.broker.transport;

import java.util.BitSet;

/**
 * The Packet Identifiers of one client session (MQTT 5 §2.2.1). One after the other, as Mosquitto has them, but from {@value #USUAL} on
 * it begins again: those that a process leaves in use are among the first {@value #USUAL} unless it had more under way at once, and
 * the next one can free them, see {@link IdentifierRelease}. Confined to the transport's event loop.
 */
final class PacketIdentifiers {

    /** As many as a client has under way by default where the server sets no limit. */
    static final int USUAL = 1_024;

    private static final int LARGEST = 65_535;

    private final BitSet used = new BitSet();
    private int last;

    /** One that nothing uses, until it is given back. */
    int take() {
        int next = used.nextClearBit(last + 1);
        if (next > USUAL) {
            next = used.nextClearBit(1);
        }
        if (next > LARGEST) {
            throw new IllegalStateException("all " + LARGEST + " Packet Identifiers are in use");
        }
        used.set(next);
        last = next;
        return next;
    }

    /** Those that an earlier process may have left in use, and this one has not. */
    BitSet freeOfTheUsual() {
        BitSet free = new BitSet();
        free.set(1, USUAL + 1);
        free.andNot(used);
        return free;
    }

    void giveBack(int identifier) {
        used.clear(identifier);
    }
}
