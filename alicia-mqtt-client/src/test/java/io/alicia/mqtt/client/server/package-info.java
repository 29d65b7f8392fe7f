/** Servers that nobody here wrote, for tests: {@link io.alicia.mqtt.client.server.Mosquitto} and Moquette. */
@NullMarked
package io.alicia.mqtt.client.server;

import org.jspecify.annotations.NullMarked;
