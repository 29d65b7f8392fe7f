package io.alicia.mqtt.broker.fault;

/** Decides on every packet that crosses the protocol's edge. */
@FunctionalInterface
public interface PacketGate {

    /**
     * Decides on one packet. Called on the client's event loop, for many clients at once: does not block.
     *
     * @param packet what is about to cross
     * @return how it crosses
     */
    Passage passageOf(CrossingPacket packet);
}
