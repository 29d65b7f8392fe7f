package io.alicia.mqtt.homeassistant.component;

/** What can stand in {@code device_class} of {@code switch}. */
public enum SwitchDeviceClass implements OptionWord {
    /** The word {@code outlet}. */
    OUTLET,
    /** The word {@code switch}. */
    SWITCH
}
