package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.WaterHeaterMode;

/** What a water heater is told, one thing at a time. Temperatures are in the entity's unit. */
public sealed interface WaterHeaterCommand extends EntityCommand {

    /**
     * Turn on or off.
     *
     * @param on whether it is to be on
     */
    record Power(boolean on) implements WaterHeaterCommand {}

    /**
     * Change the mode.
     *
     * @param mode the mode
     */
    record SetMode(WaterHeaterMode mode) implements WaterHeaterCommand {}

    /**
     * Change the target temperature.
     *
     * @param temperature the temperature
     */
    record SetTemperature(double temperature) implements WaterHeaterCommand {}
}
