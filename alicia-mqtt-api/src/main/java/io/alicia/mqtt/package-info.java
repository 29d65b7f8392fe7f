/**
 * The house's words: {@link io.alicia.mqtt.AliciaMqtt} and its areas, what becomes of a publish, what cannot be decoded.
 * All interfaces; who implements them is {@code io.alicia.mqtt.client}, where connecting starts. Records, results and exceptions are
 * immutable values, safe for several threads.
 */
@NullMarked
package io.alicia.mqtt;

import org.jspecify.annotations.NullMarked;
