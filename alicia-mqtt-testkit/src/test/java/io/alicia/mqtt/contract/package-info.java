/**
 * The client's contract with whoever uses it, against four servers: the embedded broker, Mosquitto, Moquette and HiveMQ CE.
 * What one of them cannot is said where it is left out.
 */
@NullMarked
package io.alicia.mqtt.contract;

import org.jspecify.annotations.NullMarked;
