package io.alicia.mqtt.homeassistant.component;

/** What can stand in {@code image_encoding} of {@code image}. */
public enum ImageEncoding implements OptionWord {
    /** The word {@code b64}. */
    B64,
    /** The word {@code raw}. */
    RAW
}
