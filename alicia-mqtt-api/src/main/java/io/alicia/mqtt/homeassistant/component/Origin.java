package io.alicia.mqtt.homeassistant.component;

import java.util.Optional;
import org.immutables.value.Value;

/**
 * The software that announces something.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class Origin {

    Origin() {}

    /** {@return a builder; {@code name} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return what it is called} */
    public abstract String name();

    /** {@return its version} */
    public abstract Optional<String> swVersion();

    /** {@return where its users find help: a URL that begins with {@code http}, {@code https} or {@code homeassistant}} */
    public abstract Optional<String> supportUrl();

    @Value.Check
    void check() {
        OptionRules.requireOrigin(this);
    }

    /** Collects what is known of the software; {@code build} refuses what Home Assistant would refuse. */
    public static final class Builder extends ImmutableOrigin.Builder {
        Builder() {}
    }
}
