/**
 * The client of a house. Start with {@link io.alicia.mqtt.client.AliciaMqttClient#builder()}; what it can do is {@link
 * io.alicia.mqtt.AliciaMqtt}.
 *
 * <p>Records and other settings are immutable values, safe for several threads.
 *
 * <p>Inside, a message comes from the transport to the {@code Dispatcher}, waits in the {@code MessageFlow} of each stream that
 * matches, and is acknowledged when all have taken it. One that is published goes through the {@code Outbox}. {@code
 * ConnectionLife} decides when to connect, {@code Subscriptions} what the server is to have. These four share one {@code Lane}
 * instead of locks. Within the {@code Outbox}, messages wait in its {@code OutboxQueue}, are {@code UnderWay} with the transport,
 * and come to their {@code Endings}, by their {@code Deadlines} at the latest; {@code Trials} find the one that a server ends its
 * connections for. The transports themselves are in {@code io.alicia.mqtt.client.hivemq}.
 */
@NullMarked
package io.alicia.mqtt.client;

import org.jspecify.annotations.NullMarked;
