/**
 * What travels and what is asked for, whole: {@link io.alicia.mqtt.message.ApplicationMessage} and {@link
 * io.alicia.mqtt.message.Subscription}. The words that they are made of live in {@code io.alicia.mqtt.protocol}, payload
 * types in {@code io.alicia.mqtt.payload}. Immutable values, safe for several threads.
 */
@NullMarked
package io.alicia.mqtt.message;

import org.jspecify.annotations.NullMarked;
