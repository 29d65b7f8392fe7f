/**
 * What a bridge to another broker is told: {@link io.alicia.mqtt.broker.bridge.BridgeConfig}, Mosquitto's options of a {@code
 * connection} under their names. What connects by it is in the package {@code link} below, which
 * no user needs.
 */
@NullMarked
package io.alicia.mqtt.broker.bridge;

import org.jspecify.annotations.NullMarked;
