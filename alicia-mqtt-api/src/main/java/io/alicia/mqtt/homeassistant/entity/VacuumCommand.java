package io.alicia.mqtt.homeassistant.entity;

/** What a vacuum cleaner is told. */
public sealed interface VacuumCommand extends EntityCommand {

    /** What needs no more words. */
    enum Simple implements VacuumCommand {
        /** Start cleaning. */
        START,
        /** Pause. */
        PAUSE,
        /** Stop. */
        STOP,
        /** Return to the dock. */
        RETURN_TO_BASE,
        /** Clean around where it is. */
        CLEAN_SPOT,
        /** Make itself heard. */
        LOCATE
    }

    /**
     * Change the fan speed.
     *
     * @param speed one of the entity's fan speeds
     */
    record SetFanSpeed(String speed) implements VacuumCommand {}

    /**
     * A command that only this vacuum cleaner knows.
     *
     * @param text the command as it is, often JSON
     */
    record Send(String text) implements VacuumCommand {}

    /**
     * Clean some segments.
     *
     * @param text the segments as they are named, JSON unless the entity has a template
     */
    record CleanSegments(String text) implements VacuumCommand {}
}
