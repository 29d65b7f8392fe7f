package io.alicia.mqtt.payload;

import java.util.Optional;

/**
 * Whom an enveloped message is for: a service, everybody, or whoever has a capability.
 *
 * @param value as on the wire: a service's name, {@code broadcast} or {@code capability:NAME}
 */
public record Destination(String value) {

    /** Everybody. */
    public static final Destination BROADCAST = new Destination("broadcast");

    private static final String CAPABILITY = "capability:";

    /**
     * {@return a service}
     *
     * @param name the service's name
     */
    public static Destination service(String name) {
        return new Destination(name);
    }

    /**
     * {@return whoever has a capability}
     *
     * @param name the capability's name
     */
    public static Destination capability(String name) {
        return new Destination(CAPABILITY + name);
    }

    /** {@return the capability, if the message is for whoever has one} */
    public Optional<String> capability() {
        return value.startsWith(CAPABILITY) ? Optional.of(value.substring(CAPABILITY.length())) : Optional.empty();
    }

    /** {@return {@link #value()}} */
    @Override
    public String toString() {
        return value;
    }
}
