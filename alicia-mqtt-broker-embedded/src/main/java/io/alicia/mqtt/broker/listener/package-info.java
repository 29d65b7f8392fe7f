/**
 * Where clients connect: {@link io.alicia.mqtt.broker.listener.Listeners} binds TCP, unix and in-process sockets on one
 * group of event loops and leads each connection through the {@link io.alicia.mqtt.broker.listener.Layers} of its
 * listener (PROXY protocol, TLS, WebSocket) until it is plain bytes, which go to the {@code session} package. Keys and
 * certificates are read in {@code tls}.
 */
@NullMarked
package io.alicia.mqtt.broker.listener;

import org.jspecify.annotations.NullMarked;
