package io.alicia.mqtt.payload;

import io.alicia.mqtt.topic.DeviceId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.immutables.value.Value;

/**
 * A reading with several measurements of one sensor. Measurements that nobody has named yet are kept in {@link
 * #additional()} as numbers, strings or booleans.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract class SensorReading implements JsonPayload {

    /** The lowest temperature there is, in °C. */
    public static final double ABSOLUTE_ZERO_CELSIUS = -273.15;

    SensorReading() {}

    /** {@return a builder; {@code deviceId} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with this reading's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** {@return the sensor} */
    public abstract DeviceId deviceId();

    /** {@return what kind of sensor it is, such as {@code temperature_sensor}} */
    public abstract Optional<String> deviceType();

    /** {@return when it was measured} */
    public abstract Optional<Instant> timestamp();

    /** {@return the temperature in °C, at least {@value #ABSOLUTE_ZERO_CELSIUS}} */
    public abstract OptionalDouble temperatureCelsius();

    /** {@return the relative humidity in %, 0 to 100} */
    public abstract OptionalDouble humidityPercent();

    /** {@return the charge of the battery in %, 0 to 100} */
    public abstract OptionalDouble batteryPercent();

    /** {@return where the sensor is, such as {@code living_room}} */
    public abstract Optional<String> location();

    @Override
    public abstract Map<String, JsonValue> additional();

    @Value.Check
    void check() {
        Ranges.atLeast("temperatureCelsius", temperatureCelsius(), ABSOLUTE_ZERO_CELSIUS, "°C");
        Ranges.percent("humidityPercent", humidityPercent());
        Ranges.percent("batteryPercent", batteryPercent());
    }

    /** Collects the values of a reading. {@code build} refuses values out of their range. */
    public static final class Builder extends ImmutableSensorReading.Builder {
        Builder() {}
    }
}
