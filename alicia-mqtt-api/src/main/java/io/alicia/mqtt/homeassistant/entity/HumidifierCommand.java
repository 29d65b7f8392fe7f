package io.alicia.mqtt.homeassistant.entity;

/** What a humidifier is told, one thing at a time. */
public sealed interface HumidifierCommand extends EntityCommand {

    /**
     * Turn on or off.
     *
     * @param on whether it is to be on
     */
    record Power(boolean on) implements HumidifierCommand {}

    /**
     * Change the target humidity.
     *
     * @param percent the relative humidity in %
     */
    record SetHumidity(double percent) implements HumidifierCommand {}

    /**
     * Change the mode.
     *
     * @param mode one of the entity's modes
     */
    record SetMode(String mode) implements HumidifierCommand {}
}
