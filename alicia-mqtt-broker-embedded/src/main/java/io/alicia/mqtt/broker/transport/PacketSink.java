package io.alicia.mqtt.broker.transport;

import io.alicia.mqtt.broker.protocol.Packet;

/** Takes packets for the server; on the transport's event loop. */
@FunctionalInterface
interface PacketSink {

    /** Sends {@code packet}; false if the server does not take packets of its size, and then nothing is sent. */
    boolean send(Packet packet);
}
