package io.alicia.mqtt.homeassistant.component;

/** What can stand in {@code supported_features} of {@code alarm_control_panel}. */
public enum AlarmFeature implements OptionWord {
    /** The word {@code arm_away}. */
    ARM_AWAY,
    /** The word {@code arm_custom_bypass}. */
    ARM_CUSTOM_BYPASS,
    /** The word {@code arm_home}. */
    ARM_HOME,
    /** The word {@code arm_night}. */
    ARM_NIGHT,
    /** The word {@code arm_vacation}. */
    ARM_VACATION,
    /** The word {@code trigger}. */
    TRIGGER
}
