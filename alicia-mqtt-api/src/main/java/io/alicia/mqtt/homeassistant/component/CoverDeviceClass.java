package io.alicia.mqtt.homeassistant.component;

/** What can stand in {@code device_class} of {@code cover}. */
public enum CoverDeviceClass implements OptionWord {
    /** The word {@code awning}. */
    AWNING,
    /** The word {@code blind}. */
    BLIND,
    /** The word {@code curtain}. */
    CURTAIN,
    /** The word {@code damper}. */
    DAMPER,
    /** The word {@code door}. */
    DOOR,
    /** The word {@code garage}. */
    GARAGE,
    /** The word {@code gate}. */
    GATE,
    /** The word {@code shade}. */
    SHADE,
    /** The word {@code shutter}. */
    SHUTTER,
    /** The word {@code window}. */
    WINDOW
}
