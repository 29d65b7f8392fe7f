/**
 * The links to other brokers that a {@link io.alicia.mqtt.broker.bridge.BridgeConfig} asks for: {@link io.alicia.mqtt.broker.bridge.link.Bridges} starts, reloads and ends them. Each is a {@link
 * io.alicia.mqtt.broker.session.LocalClient} here, with a session as any client has, and a client transport towards the
 * remote broker; it belongs to that session's event loop. How MQTT is spoken there is the transport's concern, found by its
 * service interface.
 */
@NullMarked
package io.alicia.mqtt.broker.bridge.link;

import org.jspecify.annotations.NullMarked;
