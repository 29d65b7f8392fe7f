package io.alicia.mqtt.topic;

import org.jspecify.annotations.Nullable;

/**
 * The id of a device, as it stands in Topic Names and payloads: one topic level of 1 to 64 characters without {@code /},
 * {@code +}, {@code #} and U+0000.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class DeviceId implements Comparable<DeviceId> {

    /** The longest id, in characters (Unicode code points). */
    public static final int MAX_LENGTH = 64;

    private final String value;

    private DeviceId(String value) {
        this.value = value;
    }

    /**
     * {@return the checked device id}
     *
     * @param value the id
     * @throws IllegalArgumentException if a rule of the type is broken; the message names value, rule and index
     */
    public static DeviceId of(String value) {
        String violation = violation(value);
        if (violation != null) {
            throw TopicRules.refusal("device id", value, violation);
        }
        return new DeviceId(value);
    }

    /**
     * {@return the device id, or null where {@link #of} would throw: the door for what others sent}
     *
     * @param value the id, or not
     */
    public static @Nullable DeviceId ofOrNull(String value) {
        return violation(value) == null ? new DeviceId(value) : null;
    }

    static @Nullable String violation(String value) {
        String violation = TopicRules.levelViolation(value);
        if (violation != null) {
            return violation;
        }
        int length = value.length() <= MAX_LENGTH ? 0 : value.codePointCount(0, value.length());
        return length > MAX_LENGTH
                ? "it is " + length + " characters long, at most " + MAX_LENGTH + " are allowed"
                : null;
    }

    /** {@return the id as it stands on the wire} */
    public String value() {
        return value;
    }

    @Override
    public int compareTo(DeviceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DeviceId that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** {@return {@link #value()}} */
    @Override
    public String toString() {
        return value;
    }
}
