package io.alicia.mqtt.homeassistant.house;

import io.alicia.mqtt.homeassistant.component.SensorDeviceClass;
import io.alicia.mqtt.homeassistant.component.SensorEntity;
import io.alicia.mqtt.homeassistant.component.StateClass;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a number is by the name under which the house sends it. */
enum Numeric {
    TEMPERATURE(SensorDeviceClass.TEMPERATURE, "°C", "temperature", "temperature_celsius"),
    HUMIDITY(SensorDeviceClass.HUMIDITY, "%", "humidity", "humidity_percent"),
    BATTERY(SensorDeviceClass.BATTERY, "%", "battery", "battery_level", "battery_percent"),
    ILLUMINANCE(SensorDeviceClass.ILLUMINANCE, "lx", "illuminance", "illuminance_lux", "light", "light_lux", "lux"),
    AIR_PRESSURE(SensorDeviceClass.ATMOSPHERIC_PRESSURE, "hPa", "pressure", "pressure_hpa"),
    CARBON_DIOXIDE(SensorDeviceClass.CARBON_DIOXIDE, "ppm", "co2", "co2_ppm"),
    PARTICLES(SensorDeviceClass.PM25, "μg/m³", "pm25", "pm2_5", "pm25_ugm3"),
    SOIL_MOISTURE(SensorDeviceClass.MOISTURE, "%", "moisture", "moisture_percent"),
    NOISE(SensorDeviceClass.SOUND_PRESSURE, "dB", "noise", "noise_db"),
    POWER(SensorDeviceClass.POWER, "W", "power", "power_watts", "power_consumption_watts"),
    VOLTAGE(SensorDeviceClass.VOLTAGE, "V", "voltage", "voltage_volts"),
    CURRENT(SensorDeviceClass.CURRENT, "A", "current", "current_amperes"),
    ENERGY(SensorDeviceClass.ENERGY, "kWh", StateClass.TOTAL_INCREASING, "energy", "energy_kwh"),
    UPTIME(SensorDeviceClass.DURATION, "s", "uptime"),
    WIFI_SIGNAL(null, "%", "wifi_signal", "wifi_signal_strength"),
    MESSAGES_PROCESSED(null, null, StateClass.TOTAL_INCREASING, "messages_processed"),
    ERRORS(null, null, StateClass.TOTAL_INCREASING, "errors");

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

    private final @Nullable SensorDeviceClass deviceClass;
    private final @Nullable String unit;
    private final StateClass stateClass;
    private final String names;

    Numeric(@Nullable SensorDeviceClass deviceClass, @Nullable String unit, String... names) {
        this(deviceClass, unit, StateClass.MEASUREMENT, names);
    }

    Numeric(@Nullable SensorDeviceClass deviceClass, @Nullable String unit, StateClass stateClass, String... names) {
        this.deviceClass = deviceClass;
        this.unit = unit;
        this.stateClass = stateClass;
        this.names = String.join(" ", names);
    }

    static Optional<Numeric> named(String name) {
        return name.contains(" ")
                ? Optional.empty()
                : Arrays.stream(values())
                        .filter(numeric -> (" " + numeric.names + " ").contains(" " + name + " "))
                        .findFirst();
    }

    /** Whether a text is a number, as devices write it. */
    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** One word for all its spellings. */
    String id() {
        int end = names.indexOf(' ');
        return end < 0 ? names : names.substring(0, end);
    }

    /** Whether it is about the device rather than about the house. */
    boolean isDiagnostic() {
        return switch (this) {
            case BATTERY, WIFI_SIGNAL, UPTIME, MESSAGES_PROCESSED, ERRORS -> true;
            default -> false;
        };
    }

    void describe(SensorEntity.Builder sensor) {
        sensor.stateClass(stateClass);
        if (deviceClass != null) {
            sensor.deviceClass(deviceClass);
        }
        if (unit != null) {
            sensor.unitOfMeasurement(unit);
        }
    }
}
