package io.alicia.mqtt.broker;

import io.alicia.mqtt.style.ValueStyle;
import java.nio.file.Path;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * Where the broker's state outlives it: retained messages, sessions with their subscriptions and messages, wills that
 * wait. With it, a client is told that a message, a subscription or an unsubscription was taken only once that is
 * written to the file, so that nothing acknowledged is lost when the process is killed.
 *
 * <p>A save, besides, brings the file from the operating system's memory to the disk, so that it also outlives a loss of
 * power. One is made at the end, and meanwhile as often as the two autosave values say.
 *
 * <p>Immutable. A value out of range is refused by {@code build()} with an {@link IllegalStateException} that names the
 * option.
 */
@Value.Immutable
@ValueStyle
public abstract class PersistenceConfig {

    PersistenceConfig() {}

    /** {@return a builder; the file has no default} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return persistence in a file, saved every 30 minutes and at the end}
     *
     * @param file the file; made at the start if it is not there, in a directory that is
     */
    public static PersistenceConfig of(Path file) {
        return builder().file(file).build();
    }

    /**
     * {@return the file, in a format of its own; made at the start if it is not there, in a directory that is}
     *
     * <p>One process at a time may have it open.
     */
    public abstract Path file();

    /** {@return how often everything is saved; default 30 minutes, zero for not at intervals} */
    @Value.Default
    public Duration autosaveInterval() {
        return Duration.ofMinutes(30);
    }

    /**
     * {@return after how many changes everything is saved: subscriptions made and ended, retained messages received,
     * messages queued; default 0, not for changes}
     */
    @Value.Default
    public int autosaveChanges() {
        return 0;
    }

    @Value.Check
    void check() {
        ConfigCheck.that(
                !autosaveInterval().isNegative(),
                "autosaveInterval is " + autosaveInterval() + ", expected zero or more");
        ConfigCheck.range("autosaveChanges", autosaveChanges(), 0, Integer.MAX_VALUE);
    }

    /** Makes a {@link PersistenceConfig}; not thread-safe. */
    public static final class Builder extends ImmutablePersistenceConfig.Builder {
        Builder() {}
    }
}
