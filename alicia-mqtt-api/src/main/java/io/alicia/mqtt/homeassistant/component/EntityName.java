package io.alicia.mqtt.homeassistant.component;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an entity is called. Home Assistant puts the device's name before it; an entity that is the device's main function
 * has the device's name alone.
 */
public final class EntityName {

    private static final EntityName DEVICE = new EntityName(null);

    private final @Nullable String text;

    private EntityName(@Nullable String text) {
        this.text = text;
    }

    /**
     * {@return a name of its own}
     *
     * @param text the name, without the name of the device
     */
    public static EntityName of(String text) {
        return new EntityName(text);
    }

    /** {@return the device's name, for the entity that is its main function; {@code null} in messages} */
    public static EntityName ofDevice() {
        return DEVICE;
    }

    /** {@return the entity's own name; empty if it has the device's} */
    public Optional<String> text() {
        return Optional.ofNullable(text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EntityName that && text().equals(that.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    /** {@return the name for people to read} */
    @Override
    public String toString() {
        return text().orElse("(the device's name)");
    }
}
