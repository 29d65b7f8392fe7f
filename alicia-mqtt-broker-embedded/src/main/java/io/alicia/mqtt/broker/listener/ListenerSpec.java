package io.alicia.mqtt.broker.listener;

import io.alicia.mqtt.broker.session.ListenerSettings;

/**
 * A listener to start.
 *
 * @param endpoint where
 * @param layers what it speaks below MQTT
 * @param maxConnections how many clients at once; -1 for no limit
 * @param settings what holds for its clients
 */
public record ListenerSpec(Endpoint endpoint, Layers layers, int maxConnections, ListenerSettings settings) {}
