/**
 * Reads {@code mosquitto.conf}: {@link io.alicia.mqtt.broker.config.MosquittoConf#read} gives the settings of a file
 * and its {@code include_dir}s, sorted into global ones, listeners, bridges and plugins as Mosquitto sorts them, each
 * with the file and line that it stands in. {@link io.alicia.mqtt.broker.config.Options} lists every option of
 * mosquitto.conf(5) 2.0 and 2.1 and says what this broker does with it.
 *
 * <p>Messages are those of Mosquitto 2.1. What a setting means for the broker is elsewhere: this package knows neither
 * the broker nor Netty, and opens no file but configuration files.
 */
@NullMarked
package io.alicia.mqtt.broker.config;

import org.jspecify.annotations.NullMarked;
