/**
 * Home Assistant's MQTT discovery in both directions: messages out of typed components ({@link
 * io.alicia.mqtt.homeassistant.DiscoveryWriter}), and typed components out of the messages of any emitter ({@link
 * io.alicia.mqtt.homeassistant.DiscoveredHome}), with the devices to which they belong ({@link
 * io.alicia.mqtt.homeassistant.DiscoveredDevices}). The components themselves are in {@code
 * io.alicia.mqtt.homeassistant.component}, what Home Assistant makes of a message is in {@code
 * io.alicia.mqtt.homeassistant.check}.
 */
@NullMarked
package io.alicia.mqtt.homeassistant;

import org.jspecify.annotations.NullMarked;
