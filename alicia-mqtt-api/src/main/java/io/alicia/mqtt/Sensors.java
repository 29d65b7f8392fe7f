package io.alicia.mqtt;

import io.alicia.mqtt.payload.Availability;
import io.alicia.mqtt.payload.Measurement;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.topic.DeviceId;
import io.alicia.mqtt.topic.SensorMeasurement;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;

/**
 * What sensors measure: {@code alicia/sensors/…}. Device ids are checked: a wrong one is refused with an {@link
 * IllegalArgumentException} at the call. Safe for several threads; threads and failures of streams and publishing are {@link
 * TypedTopic}'s.
 */
public interface Sensors {

    /** Readings of all sensors, the last known first. */
    Flowable<SensorReading> readings();

    /** Readings of one sensor, the last known first. */
    Flowable<SensorReading> readings(String deviceId);

    /**
     * The latest reading of one sensor: the current one at once, then each that differs. Subscribers share one subscription at
     * the server, and one that lags gets the newest alone. A retained reading that is taken back is forgotten as in {@link
     * Device#status()}.
     */
    Flowable<SensorReading> latest(String deviceId);

    /** Single measurements of all sensors, the last known first. */
    Flowable<Received<SensorMeasurement, Measurement>> measurements();

    /** Single measurements of one sensor, the last known first. */
    Flowable<Received<SensorMeasurement, Measurement>> measurements(String deviceId);

    /** One kind of measurement of one sensor, such as {@code temperature}, the last known first. */
    Flowable<Measurement> measurements(String deviceId, String measurement);

    /** Which sensors are reachable, now and at each change. */
    Flowable<Received<DeviceId, Availability>> availabilities();

    /** Publishes a reading, retained. */
    Completable publish(SensorReading reading);

    /** Publishes a single measurement, retained. */
    Completable publish(String deviceId, String measurement, Measurement value);

    /** Publishes whether a sensor is reachable, retained. */
    Completable publish(String deviceId, Availability availability);

    /** Removes the retained reading of a sensor that is there no more, see {@link TypedTopic#removeRetained}. */
    Completable removeRetainedReading(String deviceId);

    /** Removes one retained measurement of a sensor, see {@link TypedTopic#removeRetained}. */
    Completable removeRetainedMeasurement(String deviceId, String measurement);

    /** Removes the retained availability of a sensor that is there no more, see {@link TypedTopic#removeRetained}. */
    Completable removeRetainedAvailability(String deviceId);
}
