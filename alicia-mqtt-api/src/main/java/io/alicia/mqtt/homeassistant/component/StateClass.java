package io.alicia.mqtt.homeassistant.component;

/** What can stand in {@code state_class} of {@code sensor}. */
public enum StateClass implements OptionWord {
    /** The word {@code measurement}. */
    MEASUREMENT,
    /** The word {@code measurement_angle}. */
    MEASUREMENT_ANGLE,
    /** The word {@code total}. */
    TOTAL,
    /** The word {@code total_increasing}. */
    TOTAL_INCREASING
}
