/**
 * What a broker tells about itself: {@link io.alicia.mqtt.broker.monitoring.BrokerListener} hears events, {@link
 * io.alicia.mqtt.broker.monitoring.BrokerCounters} count. Showing them (topics, meters, logs) is built on top of these.
 */
@NullMarked
package io.alicia.mqtt.broker.monitoring;

import org.jspecify.annotations.NullMarked;
