/**
 * How payloads become bytes and bytes payloads. {@link io.alicia.mqtt.codec.Json} reads and writes JSON. The only package
 * that uses Jackson, so that its version stays the SDK's choice; the payload types themselves live in {@code
 * io.alicia.mqtt.payload}.
 */
@NullMarked
package io.alicia.mqtt.codec;

import org.jspecify.annotations.NullMarked;
