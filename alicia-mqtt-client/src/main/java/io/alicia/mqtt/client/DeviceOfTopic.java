package io.alicia.mqtt.client;

import io.alicia.mqtt.payload.BulbStatus;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.payload.DeviceStatus;
import io.alicia.mqtt.payload.Envelope;
import io.alicia.mqtt.payload.MaybeEnveloped;
import io.alicia.mqtt.payload.OtherDeviceStatus;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.payload.SpeakerStatus;
import io.alicia.mqtt.topic.DeviceId;
import io.alicia.mqtt.topic.DeviceOfKind;
import org.jspecify.annotations.Nullable;

/**
 * Whose a payload is. Its topic says so, and often a field of its own that may say otherwise: of a device whose firmware was
 * copied from another, or of one that pretends. The topic holds, as it is what the server's rules are about.
 */
final class DeviceOfTopic {

    private DeviceOfTopic() {}

    /** What is to be said of a payload that names another device than its topic; null if it does not. */
    static @Nullable String contradiction(Object levels, Object payload) {
        DeviceId device = of(levels);
        DeviceId named = named(payload);
        return device == null || named == null || named.equals(device)
                ? null
                : "device_id: the payload says " + named + ", the topic " + device + "; taken for one of " + device;
    }

    /** {@code payload} as one of the device in {@code levels}. */
    static <P> P corrected(Object levels, P payload) {
        DeviceId device = of(levels);
        return device == null ? payload : withDevice(payload, device);
    }

    private static @Nullable DeviceId of(Object levels) {
        if (levels instanceof DeviceOfKind ofKind) {
            return ofKind.deviceId();
        }
        return levels instanceof DeviceId device ? device : null;
    }

    private static @Nullable DeviceId named(Object payload) {
        if (payload instanceof MaybeEnveloped<?> maybe) {
            return named(maybe.payload());
        }
        if (payload instanceof SensorReading reading) {
            return reading.deviceId();
        }
        if (payload instanceof DeviceStatus status) {
            return status.deviceId();
        }
        return payload instanceof CommandResult result ? result.deviceId().orElse(null) : null;
    }

    @SuppressWarnings("unchecked") // each gives back what it got, of the same type
    private static <P> P withDevice(P payload, DeviceId device) {
        return (P) copy(payload, device);
    }

    private static Object copy(Object payload, DeviceId device) {
        if (payload instanceof MaybeEnveloped<?> maybe) {
            return inside(maybe, device);
        }
        if (payload instanceof SensorReading reading) {
            return reading.toBuilder().deviceId(device).build();
        }
        if (payload instanceof BulbStatus bulb) {
            return bulb.toBuilder().deviceId(device).build();
        }
        if (payload instanceof SpeakerStatus speaker) {
            return speaker.toBuilder().deviceId(device).build();
        }
        if (payload instanceof OtherDeviceStatus other) {
            return other.toBuilder().deviceId(device).build();
        }
        return payload instanceof CommandResult result
                ? result.toBuilder().deviceId(device).build()
                : payload;
    }

    private static <T> MaybeEnveloped<T> inside(MaybeEnveloped<T> maybe, DeviceId device) {
        T corrected = withDevice(maybe.payload(), device);
        return maybe.envelope()
                .map((Envelope<T> envelope) -> MaybeEnveloped.in(
                        envelope.toBuilder().payload(corrected).build()))
                .orElseGet(() -> MaybeEnveloped.bare(corrected));
    }
}
