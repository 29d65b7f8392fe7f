/**
 * What entities of Home Assistant are told and what they are: commands and states as values, and how they stand in
 * messages. Start with {@link io.alicia.mqtt.homeassistant.entity.EntityCommand} and {@link
 * io.alicia.mqtt.homeassistant.entity.EntityMessages}. Sending and receiving them is in {@code
 * io.alicia.mqtt.homeassistant.live}.
 */
@NullMarked
package io.alicia.mqtt.homeassistant.entity;

import org.jspecify.annotations.NullMarked;
