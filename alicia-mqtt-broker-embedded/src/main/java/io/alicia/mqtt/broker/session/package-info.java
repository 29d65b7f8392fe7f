/**
 * What the broker knows of a client: {@link io.alicia.mqtt.broker.session.Connection} is one network connection, {@link
 * io.alicia.mqtt.broker.session.Session} what outlives it, {@link io.alicia.mqtt.broker.session.Router} brings a message
 * from one to the others.
 *
 * <p>A session belongs to one event loop for its life ({@link io.alicia.mqtt.broker.session.BrokerLoop}); all its state is
 * touched there alone, so nothing here takes a lock. A connection that finds its session elsewhere moves to the
 * session's loop before CONNACK. Sockets, WebSocket frames and addresses are the {@code listener}'s, bytes of packets
 * are the {@code protocol}'s.
 */
@NullMarked
package io.alicia.mqtt.broker.session;

import org.jspecify.annotations.NullMarked;
