/**
 * Where clients connect: {@link io.alicia.mqtt.broker.listener.Listeners} binds TCP, WebSocket and in-process listeners
 * on one group of event loops and gives each connection, as plain bytes, to the {@code session} package.
 */
@NullMarked
package io.alicia.mqtt.broker.listener;

import org.jspecify.annotations.NullMarked;
