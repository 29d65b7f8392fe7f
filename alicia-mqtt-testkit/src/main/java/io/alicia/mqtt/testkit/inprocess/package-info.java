/**
 * The transport of clients that live in the broker's own JVM: MQTT packets over Netty's local channel, without a port or a
 * socket. Start with {@link io.alicia.mqtt.testkit.inprocess.InProcessTransportProvider}.
 *
 * <p>It speaks the protocol in full, encoded and decoded as on a network, so that what a test sees of order, flow control and
 * acknowledgement is what a network shows. Only the bytes travel differently. When to connect again is decided in {@code
 * io.alicia.mqtt.client}, as for every transport.
 */
@NullMarked
package io.alicia.mqtt.testkit.inprocess;

import org.jspecify.annotations.NullMarked;
