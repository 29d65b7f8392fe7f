package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.protocol.Qos;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * A component of Home Assistant that is announced over MQTT: one of the types in this package, each with its own builder.
 *
 * <p>Immutable and safe to share between threads.
 */
public abstract class Component {

    Component() {}

    /** {@return the character encoding of payloads; empty for bytes as they are; {@code utf-8} unless given} */
    public abstract Optional<String> encoding();

    /** {@return the unique ids of the entities that are its members (since 2026.4)} */
    public abstract List<String> group();

    /** {@return the quality of service of Home Assistant's messages and subscriptions; 0 unless given} */
    public abstract Optional<Qos> qos();

    /** {@return the component's name in topics, such as {@code light}} */
    public final String component() {
        return componentType().component();
    }

    /** {@return the component's name, with its variant if it has several, such as {@code light/json}} */
    public final String variant() {
        return componentType().key();
    }

    /** {@return the options by their full names, as they stand in an announcement} */
    public final JsonObject toJson() {
        return componentType().toJson(this);
    }

    abstract ComponentType componentType();

    @Value.Check
    void check() {
        OptionRules.requireComponent(this);
    }
}
