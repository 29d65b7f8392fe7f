package io.alicia.mqtt.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A protocol version that this project speaks, with its Protocol Level byte in CONNECT (MQTT 5 §3.1.2.2). The broker
 * and its bridges speak all of them, the project's clients do not speak 3.1.
 */
public enum MqttVersion {
    /** MQTT 3.1, Protocol Version Number 3: what old devices speak, whose clients call the protocol MQIsdp. */
    MQTT_3_1(3),
    /** MQTT 3.1.1, Protocol Level 4. */
    MQTT_3_1_1(4),
    /** MQTT 5.0, Protocol Version 5. */
    MQTT_5(5);

    private final int level;

    MqttVersion(int level) {
        this.level = level;
    }

    /** The byte that follows the protocol name in CONNECT. */
    public int level() {
        return level;
    }

    /** The version of a Protocol Level byte, or null if it is none of ours. */
    public static @Nullable MqttVersion ofLevelOrNull(int level) {
        return switch (level) {
            case 3 -> MQTT_3_1;
            case 4 -> MQTT_3_1_1;
            case 5 -> MQTT_5;
            default -> null;
        };
    }
}
