/**
 * What messages of the house carry, as immutable values with units in their names: {@link
 * io.alicia.mqtt.payload.SensorReading}, {@link io.alicia.mqtt.payload.DeviceStatus} and its kinds, {@link
 * io.alicia.mqtt.payload.Command}, {@link io.alicia.mqtt.payload.Envelope} and what travels in it. Each is built by its
 * {@code builder()}, which refuses values out of range, and keeps fields without a name of their own as {@link
 * io.alicia.mqtt.payload.JsonValue}, a small JSON tree that shows no library.
 *
 * <p>How payloads become bytes is written in {@code io.alicia.mqtt.codec}, on which topic they travel in {@code
 * io.alicia.mqtt.topic}.
 */
@NullMarked
package io.alicia.mqtt.payload;

import org.jspecify.annotations.NullMarked;
