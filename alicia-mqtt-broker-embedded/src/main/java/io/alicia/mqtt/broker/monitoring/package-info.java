/**
 * What a broker tells about itself: {@link io.alicia.mqtt.broker.monitoring.BrokerListener} hears events, {@link
 * io.alicia.mqtt.broker.monitoring.BrokerCounters} count, {@link
 * io.alicia.mqtt.broker.monitoring.BrokerStatistics} say what is there now, {@link
 * io.alicia.mqtt.broker.monitoring.SysTopics} tells all that as {@code $SYS} topics. Meters and logs are built elsewhere on
 * top of these.
 */
@NullMarked
package io.alicia.mqtt.broker.monitoring;

import org.jspecify.annotations.NullMarked;
