/**
 * How payloads become bytes and bytes payloads. Start with {@link io.alicia.mqtt.codec.AliciaCodecs}, the codecs of the
 * house, and {@link io.alicia.mqtt.codec.AliciaMessages}, which says what travels on which topic; {@link
 * io.alicia.mqtt.codec.PayloadCodec} is what to implement for payloads of your own, {@link
 * io.alicia.mqtt.codec.JacksonCodec} does it with Jackson, {@link io.alicia.mqtt.codec.Json} reads and writes plain JSON.
 *
 * <p>The only package that uses Jackson, and {@code JacksonCodec} the only type that shows it, so that its version stays
 * the SDK's choice. The payload types live in {@code io.alicia.mqtt.payload} and know nothing of bytes.
 */
@NullMarked
package io.alicia.mqtt.codec;

import org.jspecify.annotations.NullMarked;
