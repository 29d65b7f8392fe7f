package io.alicia.mqtt.homeassistant.component;

/** What can stand in {@code entity_category} of entities. */
public enum EntityCategory implements OptionWord {
    /** The word {@code config}. */
    CONFIG,
    /** The word {@code diagnostic}. */
    DIAGNOSTIC
}
