/** The transports that there are, held against the rules of the SPI; that of Paho shows that these are not HiveMQ's own. */
@NullMarked
package io.alicia.mqtt.transport;

import org.jspecify.annotations.NullMarked;
