package io.alicia.mqtt.payload;

/** Whether a device is switched on. */
public enum PowerState {
    /** It is. */
    ON,
    /** It is not. */
    OFF
}
