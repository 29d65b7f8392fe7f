package io.alicia.mqtt.client;

import java.util.Optional;

/**
 * What the server keeps on a topic that is retained.
 *
 * @param levels which topic
 * @param payload what it keeps; empty once that was taken back with an empty payload (MQTT 5 §3.3.1.3)
 */
record Kept<T, P>(T levels, Optional<P> payload) {}
