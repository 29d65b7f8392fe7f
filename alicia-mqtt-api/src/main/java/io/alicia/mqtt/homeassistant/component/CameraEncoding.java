package io.alicia.mqtt.homeassistant.component;

/** What can stand in {@code image_encoding} of {@code camera}. */
public enum CameraEncoding implements OptionWord {
    /** The word {@code b64}. */
    B64
}
