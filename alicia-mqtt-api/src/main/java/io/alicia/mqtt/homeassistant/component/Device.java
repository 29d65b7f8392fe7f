package io.alicia.mqtt.homeassistant.component;

import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The device that entities belong to. Something in {@link #identifiers()} or {@link #connections()} is required; entities
 * with the same belong together.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class Device {

    Device() {}

    /** {@return a builder; an identifier or a connection is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return ids that are its own among all devices, such as a serial number} */
    public abstract List<String> identifiers();

    /** {@return addresses by which it is connected} */
    public abstract List<Connection> connections();

    /** {@return who made it} */
    public abstract Optional<String> manufacturer();

    /** {@return the model for people to read} */
    public abstract Optional<String> model();

    /** {@return the model's id with its manufacturer} */
    public abstract Optional<String> modelId();

    /** {@return the name, which Home Assistant puts before those of its entities} */
    public abstract Optional<String> name();

    /** {@return the version of its hardware} */
    public abstract Optional<String> hwVersion();

    /** {@return its serial number} */
    public abstract Optional<String> serialNumber();

    /** {@return the version of its software} */
    public abstract Optional<String> swVersion();

    /** {@return an identifier of the device through which it is connected} */
    public abstract Optional<String> viaDevice();

    /** {@return the area that is suggested when it is first added} */
    public abstract Optional<String> suggestedArea();

    /** {@return where it is configured: a URL that begins with {@code http}, {@code https} or {@code homeassistant}} */
    public abstract Optional<String> configurationUrl();

    @Value.Check
    void check() {
        OptionRules.requireDevice(this);
    }

    /** Collects what is known of the device; {@code build} refuses what Home Assistant would refuse. */
    public static final class Builder extends ImmutableDevice.Builder {
        Builder() {}
    }
}
