/**
 * The specification's small words as values: {@link io.alicia.mqtt.protocol.Qos}, {@link
 * io.alicia.mqtt.protocol.ReasonCode}, {@link io.alicia.mqtt.protocol.BinaryData}, User Properties, protocol versions.
 * Shared by topics, messages, the client's and the broker's side, and knows none of them. Packets and their bytes are the
 * broker's.
 */
@NullMarked
package io.alicia.mqtt.protocol;

import org.jspecify.annotations.NullMarked;
