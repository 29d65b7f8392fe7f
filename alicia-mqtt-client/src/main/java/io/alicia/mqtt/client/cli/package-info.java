/**
 * The command line {@code alicia-ha}: what Home Assistant makes of discovery messages. Only reading arguments and writing
 * lines is here; judging is in {@code io.alicia.mqtt.homeassistant.check}. Start with {@link
 * io.alicia.mqtt.client.cli.Main}. Not exported.
 */
@NullMarked
package io.alicia.mqtt.client.cli;

import org.jspecify.annotations.NullMarked;
