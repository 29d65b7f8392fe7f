package io.alicia.mqtt.homeassistant.entity;

/** What a lock is told. */
public enum LockCommand implements EntityCommand {
    /** Lock. */
    LOCK,
    /** Unlock. */
    UNLOCK,
    /** Open the door. */
    OPEN
}
