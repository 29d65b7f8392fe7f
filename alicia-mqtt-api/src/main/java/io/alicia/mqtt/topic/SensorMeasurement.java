package io.alicia.mqtt.topic;

/**
 * The levels of {@link AliciaTopics#SENSOR_MEASUREMENT}.
 *
 * @param deviceId the sensor
 * @param measurement what it measures, such as {@code temperature}; one level, not {@code status}
 */
public record SensorMeasurement(DeviceId deviceId, String measurement) {}
