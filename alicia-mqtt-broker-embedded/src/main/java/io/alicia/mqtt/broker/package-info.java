/**
 * The embeddable broker as its users see it: {@link io.alicia.mqtt.broker.BrokerConfig} and {@link
 * io.alicia.mqtt.broker.ListenerConfig} say how it behaves. Everything below this package is not for users: a message
 * passes {@code listener}, {@code protocol}, {@code session}, {@code security}, {@code routing} and comes back through
 * {@code session} and {@code protocol}. None of those packages knows this one.
 */
@NullMarked
package io.alicia.mqtt.broker;

import org.jspecify.annotations.NullMarked;
