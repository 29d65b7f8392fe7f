/**
 * The access model at work: {@link io.alicia.mqtt.broker.security.Security} is what holds for a listener now and may be
 * replaced while clients are connected, {@link io.alicia.mqtt.broker.security.ClientAccess} what one client may do. What
 * an account may do is defined in {@code io.alicia.mqtt.access}.
 */
@NullMarked
package io.alicia.mqtt.broker.security;

import org.jspecify.annotations.NullMarked;
