package io.alicia.mqtt.homeassistant.component;

/** What can stand in {@code availability_mode} of entities. */
public enum AvailabilityMode implements OptionWord {
    /** The word {@code all}. */
    ALL,
    /** The word {@code any}. */
    ANY,
    /** The word {@code latest}. */
    LATEST
}
