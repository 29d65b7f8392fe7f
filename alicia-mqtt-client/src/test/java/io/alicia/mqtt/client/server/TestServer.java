package io.alicia.mqtt.client.server;

import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.MqttVersion;

/** A server in a test, on loopback. */
public interface TestServer extends AutoCloseable {

    /** Its MQTT listener. */
    ServerAddress tcp();

    /** Its WebSocket listener. */
    ServerAddress webSocket();

    /** Whether it speaks {@code version}, and our clients do. */
    default boolean speaks(MqttVersion version) {
        return version != MqttVersion.MQTT_3_1;
    }

    @Override
    void close();
}
