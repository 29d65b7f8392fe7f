/** Ports for servers that tests start, for the tests of every module; nothing that knows MQTT. */
@NullMarked
package io.alicia.mqtt.ports;

import org.jspecify.annotations.NullMarked;
