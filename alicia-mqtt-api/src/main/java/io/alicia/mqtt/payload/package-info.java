/**
 * What messages of the house carry, as immutable values with units in their names. {@link
 * io.alicia.mqtt.payload.JsonValue} is the small JSON tree in which unknown fields are kept. How values become bytes is
 * written in {@code io.alicia.mqtt.codec}, on which topic they travel in {@code io.alicia.mqtt.topic}.
 */
@NullMarked
package io.alicia.mqtt.payload;

import org.jspecify.annotations.NullMarked;
