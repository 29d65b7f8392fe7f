package io.alicia.mqtt.homeassistant.component;

/** What can stand in {@code device_class} of {@code update}. */
public enum UpdateDeviceClass implements OptionWord {
    /** The word {@code firmware}. */
    FIRMWARE
}
