/**
 * Every component that Home Assistant discovers over MQTT, as a type whose builder gives nothing away that Home
 * Assistant would refuse. Start with a type such as {@link io.alicia.mqtt.homeassistant.component.SensorEntity}; names
 * of types and accessors are Home Assistant's own words, units stand in the accessors' documentation.
 *
 * <p>Most types here are written out of Home Assistant's facts by a test that also holds them to the facts. How
 * components become messages is in {@code io.alicia.mqtt.homeassistant}; the rules are in {@code
 * io.alicia.mqtt.homeassistant.check}.
 */
@NullMarked
package io.alicia.mqtt.homeassistant.component;

import org.jspecify.annotations.NullMarked;
