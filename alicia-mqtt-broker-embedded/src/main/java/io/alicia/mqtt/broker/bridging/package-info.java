/**
 * Runs bridges: {@link io.alicia.mqtt.broker.bridging.Bridges} starts, reloads and ends them. Each is a {@link
 * io.alicia.mqtt.broker.session.LocalClient} here, with a session as any client has, and a client transport towards the
 * remote broker; it belongs to that session's event loop. How MQTT is spoken there is the transport's concern, found by its
 * service interface; what a bridge is told is {@link io.alicia.mqtt.broker.bridge.BridgeConfig}.
 */
@NullMarked
package io.alicia.mqtt.broker.bridging;

import org.jspecify.annotations.NullMarked;
