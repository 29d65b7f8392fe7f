package io.alicia.mqtt.broker.config;

/** What a setting belongs to, which also says where in a file it may stand. */
public enum Scope {
    /** The broker; may stand anywhere. */
    GLOBAL,
    /** The broker, or the listener above it if {@code per_listener_settings} is true. */
    SECURITY,
    /** The listener above it; without one, the default listener on port 1883. */
    LISTENER,
    /** The listener above it, which must be there. */
    DEFINED_LISTENER,
    /** The listener above it, which must be there and have been made by {@code listener}. */
    EXPLICIT_LISTENER,
    /** The bridge above it, which must be there. */
    BRIDGE,
    /** The plugin above it, which must be there. */
    PLUGIN
}
