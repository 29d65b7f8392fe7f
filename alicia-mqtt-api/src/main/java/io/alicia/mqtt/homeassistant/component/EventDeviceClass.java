package io.alicia.mqtt.homeassistant.component;

/** What can stand in {@code device_class} of {@code event}. */
public enum EventDeviceClass implements OptionWord {
    /** The word {@code button}. */
    BUTTON,
    /** The word {@code doorbell}. */
    DOORBELL,
    /** The word {@code motion}. */
    MOTION
}
