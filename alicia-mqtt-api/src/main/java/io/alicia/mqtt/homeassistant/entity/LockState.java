package io.alicia.mqtt.homeassistant.entity;

/** What a lock is, whatever the words are that stand for it on the wire. */
public enum LockState implements EntityState {
    /** Locked. */
    LOCKED,
    /** Unlocked. */
    UNLOCKED,
    /** On the way to be locked. */
    LOCKING,
    /** On the way to be unlocked. */
    UNLOCKING,
    /** The door is open. */
    OPEN,
    /** The door is being opened. */
    OPENING,
    /** Stuck. */
    JAMMED
}
