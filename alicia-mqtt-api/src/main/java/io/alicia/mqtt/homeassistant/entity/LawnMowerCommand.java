package io.alicia.mqtt.homeassistant.entity;

/** What a lawn mower is told. */
public enum LawnMowerCommand implements EntityCommand {
    /** Start mowing. */
    START_MOWING,
    /** Pause. */
    PAUSE,
    /** Return to the dock. */
    DOCK
}
