package io.alicia.mqtt.homeassistant.entity;

/** What a cover is told. */
public sealed interface CoverCommand extends EntityCommand {

    /** Open. */
    record Open() implements CoverCommand {}

    /** Close. */
    record Close() implements CoverCommand {}

    /** Stop where it is. */
    record Stop() implements CoverCommand {}

    /** Stop tilting where it is. */
    record StopTilt() implements CoverCommand {}

    /**
     * Move.
     *
     * @param percentOpen 0 is closed, 100 is open, whatever the values are that stand for them on the wire
     */
    record SetPosition(int percentOpen) implements CoverCommand {}

    /**
     * Tilt.
     *
     * @param percentOpen 0 is closed, 100 is open, whatever the values are that stand for them on the wire
     */
    record SetTilt(int percentOpen) implements CoverCommand {}
}
