package io.alicia.mqtt.client;

import io.alicia.mqtt.Received;
import io.alicia.mqtt.Sensors;
import io.alicia.mqtt.codec.AliciaMessages;
import io.alicia.mqtt.payload.Availability;
import io.alicia.mqtt.payload.Measurement;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.topic.DeviceId;
import io.alicia.mqtt.topic.SensorMeasurement;
import io.alicia.mqtt.topic.TopicFilter;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;

/** {@link Sensors} over typed topics. */
final class SensorsClient implements Sensors {

    private final TopicClient<DeviceId, SensorReading> readings;
    private final TopicClient<SensorMeasurement, Measurement> measurements;
    private final TopicClient<DeviceId, Availability> availabilities;
    private final LiveViews<DeviceId, SensorReading> latest;

    SensorsClient(TopicClients topics, AliciaMessages messages) {
        readings = topics.of(messages.sensorReading());
        measurements = topics.of(messages.sensorMeasurement());
        availabilities = topics.of(messages.sensorAvailability());
        latest = new LiveViews<>(deviceId -> readings.kept(deviceId).map(Kept::payload));
    }

    @Override
    public Flowable<SensorReading> readings() {
        return readings.messages().map(Received::payload);
    }

    @Override
    public Flowable<SensorReading> readings(String deviceId) {
        return readings.messages(DeviceId.of(deviceId)).map(Received::payload);
    }

    @Override
    public Flowable<SensorReading> latest(String deviceId) {
        return latest.of(DeviceId.of(deviceId));
    }

    @Override
    public Flowable<Received<SensorMeasurement, Measurement>> measurements() {
        return measurements.messages();
    }

    @Override
    public Flowable<Received<SensorMeasurement, Measurement>> measurements(String deviceId) {
        String ofAll = measurements.template().filter().value();
        String ofOne = ofAll.replaceFirst(
                "\\+", DeviceId.of(deviceId).value().replace("\\", "\\\\").replace("$", "\\$"));
        return measurements.messages(TopicFilter.of(ofOne));
    }

    @Override
    public Flowable<Measurement> measurements(String deviceId, String measurement) {
        return measurements
                .messages(new SensorMeasurement(DeviceId.of(deviceId), measurement))
                .map(Received::payload);
    }

    @Override
    public Flowable<Received<DeviceId, Availability>> availabilities() {
        return availabilities.messages();
    }

    @Override
    public Completable publish(SensorReading reading) {
        return readings.publish(reading.deviceId(), reading);
    }

    @Override
    public Completable publish(String deviceId, String measurement, Measurement value) {
        return measurements.publish(new SensorMeasurement(DeviceId.of(deviceId), measurement), value);
    }

    @Override
    public Completable publish(String deviceId, Availability availability) {
        return availabilities.publish(DeviceId.of(deviceId), availability);
    }

    @Override
    public Completable removeRetainedReading(String deviceId) {
        return readings.removeRetained(DeviceId.of(deviceId));
    }

    @Override
    public Completable removeRetainedMeasurement(String deviceId, String measurement) {
        return measurements.removeRetained(new SensorMeasurement(DeviceId.of(deviceId), measurement));
    }

    @Override
    public Completable removeRetainedAvailability(String deviceId) {
        return availabilities.removeRetained(DeviceId.of(deviceId));
    }
}
