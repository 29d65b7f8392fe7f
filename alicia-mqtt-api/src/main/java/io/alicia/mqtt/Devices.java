package io.alicia.mqtt;

import io.alicia.mqtt.payload.Announcement;
import io.alicia.mqtt.payload.Availability;
import io.alicia.mqtt.payload.DeviceStatus;
import io.alicia.mqtt.topic.DeviceId;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import java.util.Map;

/**
 * What devices do and are told to do: {@code alicia/devices/…}. Streams and publishing are {@link TypedTopic}'s. Device ids are
 * checked: a wrong one is refused with an {@link IllegalArgumentException} at the call.
 */
public interface Devices {

    /** Any device. */
    Device device(String deviceId);

    /** A lamp. */
    Light light(String deviceId);

    /** A loudspeaker. */
    Speaker speaker(String deviceId);

    /** Statuses of all devices, the last known first. */
    Flowable<DeviceStatus> statuses();

    /** The status of one device as a live view; see {@link Device#status()}. */
    Flowable<DeviceStatus> status(String deviceId);

    /**
     * Which devices are reachable: all that is known at once, then again at each change; a device whose retained message is taken
     * back is left out from then on. Subscribers share one subscription at the server, and one that lags gets the newest alone.
     */
    Flowable<Map<DeviceId, Availability>> presence();

    /** Publishes a device's status, retained. */
    Completable publish(DeviceStatus status);

    /** Publishes whether a device is reachable, retained. */
    Completable publish(String deviceId, Availability availability);

    /** Announcements for speakers. */
    Flowable<Announcement> announcements();

    /** Has speakers announce something; completes when the server has the announcement. */
    Completable announce(Announcement announcement);
}
