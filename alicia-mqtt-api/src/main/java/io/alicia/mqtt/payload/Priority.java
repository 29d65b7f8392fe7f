package io.alicia.mqtt.payload;

/**
 * How urgent an enveloped message is, by its name on the wire; services agree on names between themselves.
 *
 * @param name the name, such as {@code normal}
 */
public record Priority(String name) {

    /** Neither urgent nor for later. */
    public static final Priority NORMAL = new Priority("normal");

    /** {@return {@link #name()}} */
    @Override
    public String toString() {
        return name;
    }
}
