package io.alicia.mqtt.homeassistant.component;

/** What can stand in {@code source_type} of {@code device_tracker}. */
public enum SourceType implements OptionWord {
    /** The word {@code bluetooth}. */
    BLUETOOTH,
    /** The word {@code bluetooth_le}. */
    BLUETOOTH_LE,
    /** The word {@code gps}. */
    GPS,
    /** The word {@code router}. */
    ROUTER
}
