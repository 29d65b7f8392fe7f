package io.alicia.mqtt.homeassistant.component;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The payload of a command, or that there is no such command although Home Assistant would assume one. */
public final class CommandPayload {

    private static final CommandPayload NONE = new CommandPayload(null);

    private final @Nullable String text;

    private CommandPayload(@Nullable String text) {
        this.text = text;
    }

    /**
     * {@return a payload}
     *
     * @param text what Home Assistant sends
     */
    public static CommandPayload of(String text) {
        return new CommandPayload(text);
    }

    /** {@return that there is no such command; {@code null} in messages} */
    public static CommandPayload none() {
        return NONE;
    }

    /** {@return what Home Assistant sends; empty if there is no such command} */
    public Optional<String> text() {
        return Optional.ofNullable(text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CommandPayload that && text().equals(that.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    /** {@return the payload for people to read} */
    @Override
    public String toString() {
        return text().orElse("(no command)");
    }
}
