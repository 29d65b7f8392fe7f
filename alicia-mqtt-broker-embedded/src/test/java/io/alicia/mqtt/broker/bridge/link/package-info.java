/** Bridges against the real Mosquitto, in both directions. */
@org.jspecify.annotations.NullUnmarked
package io.alicia.mqtt.broker.bridge.link;
