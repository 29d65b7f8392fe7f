package io.alicia.mqtt.homeassistant.component;

/** What can stand in {@code supported_features} of {@code vacuum}. */
public enum VacuumFeature implements OptionWord {
    /** The word {@code clean_spot}. */
    CLEAN_SPOT,
    /** The word {@code fan_speed}. */
    FAN_SPEED,
    /** The word {@code locate}. */
    LOCATE,
    /** The word {@code pause}. */
    PAUSE,
    /** The word {@code return_home}. */
    RETURN_HOME,
    /** The word {@code send_command}. */
    SEND_COMMAND,
    /** The word {@code start}. */
    START,
    /** The word {@code status}. */
    STATUS,
    /** The word {@code stop}. */
    STOP
}
