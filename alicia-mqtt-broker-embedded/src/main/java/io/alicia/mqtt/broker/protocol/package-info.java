/**
 * MQTT packets as values and their bytes, both ways: one model for 3.1.1 and 5.0, an incremental decoder whose failures
 * are values, and an encoder made for fan-out. Start with {@link io.alicia.mqtt.broker.protocol.Packet}. Every rule
 * that one packet alone can break is judged here; what needs the connection's or session's state (order of packets,
 * topic aliases in use, flow control, permissions) is deliberately elsewhere.
 */
@NullMarked
package io.alicia.mqtt.broker.protocol;

import org.jspecify.annotations.NullMarked;
