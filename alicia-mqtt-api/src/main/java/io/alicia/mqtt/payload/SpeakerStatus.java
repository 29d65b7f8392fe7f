package io.alicia.mqtt.payload;

import io.alicia.mqtt.topic.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * What a speaker does.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract non-sealed class SpeakerStatus implements DeviceStatus {

    /** The device type of Sonos speakers. */
    public static final String DEVICE_TYPE = "sonos_speaker";

    SpeakerStatus() {}

    /** {@return a builder; {@code deviceId} is required, {@code deviceType} is preset to {@value #DEVICE_TYPE}} */
    public static Builder builder() {
        return new Builder().deviceType(DEVICE_TYPE);
    }

    /** {@return a builder with this status's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return the speaker} */
    @Override
    public abstract DeviceId deviceId();

    /** {@return {@value #DEVICE_TYPE}, or what the speaker sent} */
    @Override
    public abstract Optional<String> deviceType();

    /** {@return whether it plays} */
    public abstract Optional<PlaybackState> playbackState();

    /** {@return the volume in %, 0 to 100} */
    public abstract OptionalInt volumePercent();

    /** {@return whether it is muted} */
    public abstract Optional<Boolean> mute();

    /** {@return the title that it plays} */
    public abstract Optional<String> currentTrack();

    /** {@return whose title it plays} */
    public abstract Optional<String> artist();

    /** {@return the speakers that play together with it; empty if it did not tell} */
    public abstract List<String> groupMembers();

    /** {@return the strength of its WiFi signal in %, 0 to 100} */
    public abstract OptionalInt wifiSignalStrengthPercent();

    /** {@return whether it is reachable} */
    public abstract Optional<Availability> availability();

    /** {@return when it was so} */
    @Override
    public abstract Optional<Instant> timestamp();

    @Override
    public abstract Map<String, JsonValue> additional();

    @Value.Check
    void check() {
        Ranges.percent("volumePercent", volumePercent());
        Ranges.percent("wifiSignalStrengthPercent", wifiSignalStrengthPercent());
    }

    /** Collects the values of a status. {@code build} refuses values out of their range. */
    public static final class Builder extends ImmutableSpeakerStatus.Builder {
        Builder() {}
    }
}
