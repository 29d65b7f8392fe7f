/**
 * Who may log in and what each account may publish and receive, as values with Mosquitto's semantics. Start with
 * {@link io.alicia.mqtt.access.AccessPolicy}; {@link io.alicia.mqtt.access.Authenticator} is the door for log-ins. Reads
 * and writes Mosquitto's files. Knows neither Netty nor RxJava, so that any engine can use it; enforcing the policy on
 * connections is the broker's part.
 */
@NullMarked
package io.alicia.mqtt.access;

import org.jspecify.annotations.NullMarked;
