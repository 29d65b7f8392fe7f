package io.alicia.mqtt.homeassistant.component;

/** What can stand in {@code device_class} of {@code humidifier}. */
public enum HumidifierDeviceClass implements OptionWord {
    /** The word {@code dehumidifier}. */
    DEHUMIDIFIER,
    /** The word {@code humidifier}. */
    HUMIDIFIER
}
