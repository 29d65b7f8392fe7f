/**
 * What a pluggable MQTT client implements. Start with {@link io.alicia.mqtt.spi.MqttTransport}: one client session over
 * any number of successive network connections. A {@link io.alicia.mqtt.spi.MqttTransportProvider} makes transports and is
 * found by {@link java.util.ServiceLoader}, or given to the client's builder.
 *
 * <p>Requests, options, outcomes and exceptions are immutable values, safe for several threads.
 *
 * <p>When to connect again, what to subscribe to and what to queue is decided above, in {@code io.alicia.mqtt.client}.
 */
@NullMarked
package io.alicia.mqtt.spi;

import org.jspecify.annotations.NullMarked;
