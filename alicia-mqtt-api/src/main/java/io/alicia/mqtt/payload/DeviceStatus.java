package io.alicia.mqtt.payload;

import io.alicia.mqtt.topic.DeviceId;
import java.time.Instant;
import java.util.Optional;

/** What a device does: a {@link BulbStatus}, a {@link SpeakerStatus}, or one of another type as it came. */
public sealed interface DeviceStatus extends JsonPayload permits BulbStatus, SpeakerStatus, OtherDeviceStatus {

    /** {@return the device} */
    DeviceId deviceId();

    /** {@return what kind of device it is, such as {@code smart_bulb}} */
    Optional<String> deviceType();

    /** {@return when it was so} */
    Optional<Instant> timestamp();
}
