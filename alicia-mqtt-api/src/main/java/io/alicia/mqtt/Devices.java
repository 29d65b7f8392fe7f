package io.alicia.mqtt;

import io.alicia.mqtt.payload.Announcement;
import io.alicia.mqtt.payload.Availability;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.DeviceStatus;
import io.alicia.mqtt.topic.DeviceId;
import io.alicia.mqtt.topic.DeviceOfKind;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import java.util.Map;

/**
 * What devices do and are told to do: {@code alicia/devices/…}. Device ids are checked: a wrong one is refused with
 * an {@link IllegalArgumentException} at the call. Safe for several threads; threads and failures of streams and publishing are
 * {@link TypedTopic}'s.
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

    /** Statuses of the devices that have their kind in the topic, {@code alicia/devices/sonos/kitchen/status}, the last known first. */
    Flowable<Received<DeviceOfKind, DeviceStatus>> statusesOfKind();

    /** The status of one device of a kind as a live view; see {@link Device#status()}. */
    Flowable<DeviceStatus> status(DeviceOfKind device);

    /**
     * Which devices are reachable: all that is known at once, then again at each change; a device whose retained message is taken
     * back is left out from then on, unless that was while the session was lost, which no server tells: it stays until the view has
     * no subscribers any more. Subscribers share one subscription at the server, and one that lags gets the newest alone.
     */
    Flowable<Map<DeviceId, Availability>> presence();

    /** Publishes a device's status, retained. */
    Completable publish(DeviceStatus status);

    /**
     * Publishes the status of a device that has its kind in the topic, retained.
     *
     * @param kind the kind, one level, such as {@code sonos}; the device is the one in {@code status}
     * @throws IllegalArgumentException if {@code kind} cannot stand in a Topic Name
     */
    Completable publish(String kind, DeviceStatus status);

    /** Publishes whether a device is reachable, retained. */
    Completable publish(String deviceId, Availability availability);

    /**
     * Removes the retained status of a device that is there no more, see {@link TypedTopic#removeRetained}: {@link Device#status()}
     * forgets it.
     */
    Completable removeRetainedStatus(String deviceId);

    /**
     * Removes the retained status of a device that has its kind in the topic.
     *
     * @throws IllegalArgumentException if the kind cannot stand in a Topic Name
     */
    Completable removeRetainedStatus(DeviceOfKind device);

    /**
     * Removes the retained availability of a device that is there no more, see {@link TypedTopic#removeRetained}: {@link
     * #presence()} leaves it out.
     */
    Completable removeRetainedAvailability(String deviceId);

    /**
     * Tells a device of a kind to do something; completes when the server has the command. There is no topic for the answer of such a
     * device: its status says what became of it.
     *
     * @throws IllegalArgumentException if the kind cannot stand in a Topic Name
     */
    Completable send(DeviceOfKind device, Command command);

    /**
     * For a device of a kind itself: the commands that come.
     *
     * @throws IllegalArgumentException if the kind cannot stand in a Topic Name
     */
    Flowable<Command> commands(DeviceOfKind device);

    /** Announcements for speakers. */
    Flowable<Announcement> announcements();

    /** Has speakers announce something; completes when the server has the announcement. */
    Completable announce(Announcement announcement);
}
