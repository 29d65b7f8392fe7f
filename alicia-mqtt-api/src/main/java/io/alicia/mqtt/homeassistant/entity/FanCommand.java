package io.alicia.mqtt.homeassistant.entity;

/** What a fan is told, one thing at a time. */
public sealed interface FanCommand extends EntityCommand {

    /**
     * Turn on or off.
     *
     * @param on whether it is to be on
     */
    record Power(boolean on) implements FanCommand {}

    /**
     * Change the speed.
     *
     * @param speed a value from 0, which is off, to the entity's {@code speed_range_max}
     */
    record SetSpeed(int speed) implements FanCommand {}

    /**
     * Change the preset.
     *
     * @param preset one of the entity's presets
     */
    record SetPreset(String preset) implements FanCommand {}

    /**
     * Oscillate or not.
     *
     * @param on whether it is to oscillate
     */
    record Oscillate(boolean on) implements FanCommand {}

    /**
     * Change the direction.
     *
     * @param forward forward, or in reverse
     */
    record SetDirection(boolean forward) implements FanCommand {}
}
