package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.HvacMode;

/** What a climate device is told, one thing at a time. Temperatures are in the entity's unit. */
public sealed interface ClimateCommand extends EntityCommand {

    /**
     * Turn on or off.
     *
     * @param on whether it is to be on
     */
    record Power(boolean on) implements ClimateCommand {}

    /**
     * Change the mode.
     *
     * @param mode the mode
     */
    record SetMode(HvacMode mode) implements ClimateCommand {}

    /**
     * Change the target temperature.
     *
     * @param temperature the temperature
     */
    record SetTemperature(double temperature) implements ClimateCommand {}

    /**
     * Change the lower target temperature.
     *
     * @param temperature the temperature
     */
    record SetLowTemperature(double temperature) implements ClimateCommand {}

    /**
     * Change the upper target temperature.
     *
     * @param temperature the temperature
     */
    record SetHighTemperature(double temperature) implements ClimateCommand {}

    /**
     * Change the target humidity.
     *
     * @param percent the relative humidity in %
     */
    record SetHumidity(double percent) implements ClimateCommand {}

    /**
     * Change the fan mode.
     *
     * @param mode one of the entity's fan modes
     */
    record SetFanMode(String mode) implements ClimateCommand {}

    /**
     * Change the preset.
     *
     * @param preset one of the entity's presets
     */
    record SetPreset(String preset) implements ClimateCommand {}

    /**
     * Change the swing mode.
     *
     * @param mode one of the entity's swing modes
     */
    record SetSwingMode(String mode) implements ClimateCommand {}

    /**
     * Change the horizontal swing mode.
     *
     * @param mode one of the entity's horizontal swing modes
     */
    record SetHorizontalSwingMode(String mode) implements ClimateCommand {}
}
