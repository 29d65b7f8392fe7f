/**
 * What a network connection to an MQTT server is made of and how it ends: {@link
 * io.alicia.mqtt.connection.ServerAddress}, credentials, TLS, the Will; {@link
 * io.alicia.mqtt.connection.ConnectFailure} and {@link io.alicia.mqtt.connection.DisconnectCause}. Shared by the client,
 * its transports and a broker's bridge. What a transport implements is in {@code io.alicia.mqtt.spi}.
 *
 * <p>All of them are immutable values, safe for several threads.
 */
@NullMarked
package io.alicia.mqtt.connection;

import org.jspecify.annotations.NullMarked;
