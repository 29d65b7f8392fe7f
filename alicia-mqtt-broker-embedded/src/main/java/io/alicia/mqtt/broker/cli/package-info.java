/**
 * The broker as a program: {@link io.alicia.mqtt.broker.cli.Main} reads the command line as Mosquitto does, starts the
 * broker that {@code io.alicia.mqtt.broker} makes of the configuration, writes Mosquitto's log lines and listens to
 * signals. Nothing here is for who embeds the broker.
 */
@NullMarked
package io.alicia.mqtt.broker.cli;

import org.jspecify.annotations.NullMarked;
