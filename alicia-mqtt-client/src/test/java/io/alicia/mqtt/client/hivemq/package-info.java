/** Stories of the HiveMQ transports against real servers. */
@NullMarked
package io.alicia.mqtt.client.hivemq;

import org.jspecify.annotations.NullMarked;
