package io.alicia.mqtt.protocol;

/**
 * A name and a value that travel with a packet; names may repeat and order is kept (MQTT 5 §3.3.2.3.7).
 *
 * @param name the name, a UTF-8 Encoded String, may be empty
 * @param value the value, a UTF-8 Encoded String, may be empty
 */
public record UserProperty(String name, String value) {}
