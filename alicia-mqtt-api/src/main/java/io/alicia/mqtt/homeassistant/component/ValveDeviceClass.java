package io.alicia.mqtt.homeassistant.component;

/** What can stand in {@code device_class} of {@code valve}. */
public enum ValveDeviceClass implements OptionWord {
    /** The word {@code gas}. */
    GAS,
    /** The word {@code water}. */
    WATER
}
