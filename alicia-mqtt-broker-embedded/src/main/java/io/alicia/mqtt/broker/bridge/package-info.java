/**
 * What a bridge to another broker is told: {@link io.alicia.mqtt.broker.bridge.BridgeConfig}, Mosquitto's options of a {@code
 * connection} under their names. What runs bridges is elsewhere.
 */
@NullMarked
package io.alicia.mqtt.broker.bridge;

import org.jspecify.annotations.NullMarked;
