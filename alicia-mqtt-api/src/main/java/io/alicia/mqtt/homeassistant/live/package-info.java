/**
 * Entities that live: announced when the connection is there and when Home Assistant has restarted, available as long as
 * the client is, with states and typed commands; and the other way round, what others announce as a stream. Start with
 * {@link io.alicia.mqtt.homeassistant.live.HomeAssistant}. Over which client is decided by whoever gives the {@link
 * io.alicia.mqtt.homeassistant.live.HomeAssistantLink}.
 */
@NullMarked
package io.alicia.mqtt.homeassistant.live;

import org.jspecify.annotations.NullMarked;
