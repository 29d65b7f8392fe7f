/** What tests need beside a client: servers that nobody here wrote ({@link io.alicia.mqtt.client.server.Mosquitto}, Moquette), and processes to kill. */
@NullMarked
package io.alicia.mqtt.client.server;

import org.jspecify.annotations.NullMarked;
