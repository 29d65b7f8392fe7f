package io.alicia.mqtt.homeassistant.entity;

/** What a valve is told. */
public sealed interface ValveCommand extends EntityCommand {

    /** Open. */
    record Open() implements ValveCommand {}

    /** Close. */
    record Close() implements ValveCommand {}

    /** Stop where it is. */
    record Stop() implements ValveCommand {}

    /**
     * Move.
     *
     * @param percentOpen 0 is closed, 100 is open, whatever the values are that stand for them on the wire
     */
    record SetPosition(int percentOpen) implements ValveCommand {}
}
