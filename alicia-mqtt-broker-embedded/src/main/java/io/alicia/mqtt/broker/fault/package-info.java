/**
 * Faults at the protocol's edge, for tests: a {@link io.alicia.mqtt.broker.fault.PacketGate} sees every packet that
 * crosses between a client and the broker and lets it pass, drops it, holds it up or ends the connection. A broker
 * without a gate pays nothing for it.
 */
@NullMarked
package io.alicia.mqtt.broker.fault;

import org.jspecify.annotations.NullMarked;
