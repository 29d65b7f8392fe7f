package io.alicia.mqtt.broker.config;

/** What this broker does with an option. Nothing is ignored without a word. */
public enum Treatment {
    /** It does what Mosquitto's manual says. */
    HONOURED,
    /** It works, with a notice that names its replacement; Mosquitto says the same. */
    DEPRECATED,
    /** It is accepted with a warning that says why it changes nothing and what to do instead. */
    NO_EFFECT,
    /** Mosquitto no longer has it: accepted with a warning that names the modern way. */
    REMOVED,
    /** The configuration is refused with the reason: to start without it would not be what the operator asked for. */
    REFUSED
}
