package io.alicia.mqtt.homeassistant.entity;

/** What an alarm control panel is told. */
public enum AlarmCommand implements EntityCommand {
    /** Arm, somebody is at home. */
    ARM_HOME,
    /** Arm, nobody is at home. */
    ARM_AWAY,
    /** Arm for the night. */
    ARM_NIGHT,
    /** Arm for a vacation. */
    ARM_VACATION,
    /** Arm with sensors left out. */
    ARM_CUSTOM_BYPASS,
    /** Disarm. */
    DISARM,
    /** Sound the alarm. */
    TRIGGER;

    /**
     * {@return this command with the code that somebody has entered}
     *
     * @param code the code
     */
    public EntityCommand.Coded withCode(String code) {
        return new EntityCommand.Coded(this, code);
    }
}
