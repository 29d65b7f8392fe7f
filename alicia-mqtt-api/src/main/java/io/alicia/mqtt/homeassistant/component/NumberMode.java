package io.alicia.mqtt.homeassistant.component;

/** What can stand in {@code mode} of {@code number}. */
public enum NumberMode implements OptionWord {
    /** The word {@code auto}. */
    AUTO,
    /** The word {@code box}. */
    BOX,
    /** The word {@code slider}. */
    SLIDER
}
