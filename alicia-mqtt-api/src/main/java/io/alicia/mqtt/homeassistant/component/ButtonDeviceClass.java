package io.alicia.mqtt.homeassistant.component;

/** What can stand in {@code device_class} of {@code button}. */
public enum ButtonDeviceClass implements OptionWord {
    /** The word {@code identify}. */
    IDENTIFY,
    /** The word {@code restart}. */
    RESTART,
    /** The word {@code update}. */
    UPDATE
}
