package io.alicia.mqtt.testkit.device;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.payload.Availability;
import io.alicia.mqtt.payload.Measurement;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.topic.DeviceId;

/**
 * A sensor that measures what the test says. Each call returns when the server has the message. The client stays the test's.
 */
public final class FakeSensor implements AutoCloseable {

    private final AliciaMqtt client;
    private final DeviceId deviceId;

    private FakeSensor(AliciaMqtt client, DeviceId deviceId) {
        this.client = client;
        this.deviceId = deviceId;
    }

    /** A sensor that has told that it is there. */
    public static FakeSensor start(AliciaMqtt client, String deviceId) {
        FakeSensor sensor = new FakeSensor(client, DeviceId.of(deviceId));
        sensor.tell(Availability.ONLINE);
        return sensor;
    }

    private void tell(Availability availability) {
        client.sensors().publish(deviceId.value(), availability).blockingAwait();
    }

    /** Publishes a reading with a temperature in °C. */
    public void readsCelsius(double temperature) {
        client.sensors()
                .publish(SensorReading.builder()
                        .deviceId(deviceId)
                        .temperatureCelsius(temperature)
                        .build())
                .blockingAwait();
    }

    /** Publishes one value of one measurement, such as {@code motion}. */
    public void measures(String measurement, Measurement value) {
        client.sensors().publish(deviceId.value(), measurement, value).blockingAwait();
    }

    /** Tells that it is gone. */
    @Override
    public void close() {
        tell(Availability.OFFLINE);
    }
}
