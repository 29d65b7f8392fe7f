package io.alicia.mqtt.homeassistant.component;

/** What can stand in {@code on_command_type} of {@code light}. */
public enum OnCommandType implements OptionWord {
    /** The word {@code brightness}. */
    BRIGHTNESS,
    /** The word {@code first}. */
    FIRST,
    /** The word {@code last}. */
    LAST
}
