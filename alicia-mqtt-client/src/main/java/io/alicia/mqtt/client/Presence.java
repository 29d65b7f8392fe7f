package io.alicia.mqtt.client;

import io.alicia.mqtt.codec.AliciaMessage;
import io.alicia.mqtt.codec.AliciaMessages;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.payload.Availability;
import io.alicia.mqtt.payload.MaybeEnveloped;
import io.alicia.mqtt.payload.ServiceRegistration;
import io.alicia.mqtt.payload.ServiceUnregistration;
import io.alicia.mqtt.topic.DeviceId;
import io.alicia.mqtt.topic.NoLevels;
import java.util.function.Function;

/**
 * Birth, farewell and Will of a device, sensor or service: the first is published at each connect, the second before the goodbye,
 * the last by the server if there is none. Immutable and safe for several threads.
 */
public final class Presence {

    private final Function<AliciaMessages, ApplicationMessage> birth;
    private final Function<AliciaMessages, ApplicationMessage> end;

    private Presence(
            Function<AliciaMessages, ApplicationMessage> birth, Function<AliciaMessages, ApplicationMessage> end) {
        this.birth = birth;
        this.end = end;
    }

    /** {@code online} and {@code offline}, retained, on {@code alicia/devices/{id}/availability}. */
    public static Presence ofDevice(String deviceId) {
        DeviceId id = DeviceId.of(deviceId);
        return new Presence(
                messages -> message(messages.deviceAvailability(), id, Availability.ONLINE),
                messages -> message(messages.deviceAvailability(), id, Availability.OFFLINE));
    }

    /** {@code online} and {@code offline}, retained, on {@code alicia/sensors/{id}/status}. */
    public static Presence ofSensor(String deviceId) {
        DeviceId id = DeviceId.of(deviceId);
        return new Presence(
                messages -> message(messages.sensorAvailability(), id, Availability.ONLINE),
                messages -> message(messages.sensorAvailability(), id, Availability.OFFLINE));
    }

    /** {@code registration} on {@code alicia/system/discovery/register}, its counterpart on {@code …/unregister}. */
    public static Presence ofService(ServiceRegistration registration) {
        ServiceUnregistration gone = ServiceUnregistration.builder()
                .serviceName(registration.serviceName())
                .status(Availability.OFFLINE)
                .build();
        return new Presence(
                messages -> message(messages.serviceRegistration(), NoLevels.NONE, MaybeEnveloped.bare(registration)),
                messages -> message(messages.serviceUnregistration(), NoLevels.NONE, MaybeEnveloped.bare(gone)));
    }

    private static <T, P> ApplicationMessage message(AliciaMessage<T, P> message, T levels, P payload) {
        return TopicUse.of(message).message(levels, payload);
    }

    ApplicationMessage birth(AliciaMessages messages) {
        return birth.apply(messages);
    }

    ApplicationMessage farewell(AliciaMessages messages) {
        return end.apply(messages);
    }

    ApplicationMessage will(AliciaMessages messages) {
        return end.apply(messages);
    }
}
