/**
 * The transports over the HiveMQ MQTT Client, MQTT 5 and 3.1.1. Nothing of HiveMQ, Netty or RxJava 2 leaves this package;
 * the way in is {@link io.alicia.mqtt.client.hivemq.HiveMqTransportProvider}, found by {@link java.util.ServiceLoader}.
 *
 * <p>The HiveMQ client's automatic reconnect is never used: it queues without bound and may block its callers. One HiveMQ
 * client object lives as long as the session, so that what is in flight survives from one network connection to the next.
 */
@NullMarked
package io.alicia.mqtt.client.hivemq;

import org.jspecify.annotations.NullMarked;
