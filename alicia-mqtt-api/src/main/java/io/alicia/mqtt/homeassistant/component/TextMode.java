package io.alicia.mqtt.homeassistant.component;

/** What can stand in {@code mode} of {@code text}. */
public enum TextMode implements OptionWord {
    /** The word {@code password}. */
    PASSWORD,
    /** The word {@code text}. */
    TEXT
}
