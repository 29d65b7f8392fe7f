/**
 * An Alicia house as Home Assistant would see it: which devices and entities its sensors, bulbs, speakers and services make,
 * by what they say on the house's own topics. Start with {@link io.alicia.mqtt.homeassistant.house.HouseDevices}. Publishing
 * what comes of it is in {@code io.alicia.mqtt.homeassistant.live}.
 */
@NullMarked
package io.alicia.mqtt.homeassistant.house;

import org.jspecify.annotations.NullMarked;
