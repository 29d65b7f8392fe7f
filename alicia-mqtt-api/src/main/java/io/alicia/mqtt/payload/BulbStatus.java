package io.alicia.mqtt.payload;

import io.alicia.mqtt.topic.DeviceId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * What a bulb does.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract non-sealed class BulbStatus implements DeviceStatus {

    /** The device type of bulbs. */
    public static final String DEVICE_TYPE = "smart_bulb";

    BulbStatus() {}

    /** {@return a builder; {@code deviceId} is required, {@code deviceType} is preset to {@value #DEVICE_TYPE}} */
    public static Builder builder() {
        return new Builder().deviceType(DEVICE_TYPE);
    }

    /** {@return a builder with this status's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return the bulb} */
    @Override
    public abstract DeviceId deviceId();

    /** {@return {@value #DEVICE_TYPE}, or what the bulb sent} */
    @Override
    public abstract Optional<String> deviceType();

    /** {@return whether it shines} */
    public abstract Optional<PowerState> state();

    /** {@return the brightness in %, 0 to 100 (a command counts from 0 to 255, see {@link Brightness})} */
    public abstract OptionalInt brightnessPercent();

    /** {@return the colour} */
    public abstract Optional<LightColor> color();

    /** {@return the power it takes in W, at least 0} */
    public abstract OptionalDouble powerConsumptionWatts();

    /** {@return when it was so} */
    @Override
    public abstract Optional<Instant> timestamp();

    @Override
    public abstract Map<String, JsonValue> additional();

    @Value.Check
    void check() {
        Ranges.percent("brightnessPercent", brightnessPercent());
        Ranges.atLeast("powerConsumptionWatts", powerConsumptionWatts(), 0, "W");
    }

    /** Collects the values of a status. {@code build} refuses values out of their range. */
    public static final class Builder extends ImmutableBulbStatus.Builder {
        Builder() {}
    }
}
