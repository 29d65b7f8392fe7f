package io.alicia.mqtt.homeassistant.entity;

/** What a lock is told. */
public enum LockCommand implements EntityCommand {
    /** Lock. */
    LOCK,
    /** Unlock. */
    UNLOCK,
    /** Open the door. */
    OPEN;

    /**
     * {@return this command with the code that somebody has entered}
     *
     * @param code the code
     */
    public EntityCommand.Coded withCode(String code) {
        return new EntityCommand.Coded(this, code);
    }
}
