/**
 * The specification's small words as values: {@link io.alicia.mqtt.message.Qos}, {@link
 * io.alicia.mqtt.message.ReasonCode}, User Properties, protocol versions. Shared by the client's and the broker's side.
 * Packets and their bytes are the broker's, payload types live in {@code io.alicia.mqtt.payload}.
 */
@NullMarked
package io.alicia.mqtt.message;

import org.jspecify.annotations.NullMarked;
