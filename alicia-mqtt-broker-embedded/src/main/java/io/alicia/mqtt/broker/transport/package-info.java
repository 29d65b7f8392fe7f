/**
 * An MQTT client's transport on the broker's own codec: {@link io.alicia.mqtt.broker.transport.CodecTransport}, over whatever
 * {@link io.alicia.mqtt.broker.transport.Line} it is given. Bridges use it over TCP and TLS, the testkit without a port.
 * When to connect, and what for, is decided by whoever has the transport.
 */
@NullMarked
package io.alicia.mqtt.broker.transport;

import org.jspecify.annotations.NullMarked;
