package io.alicia.mqtt.topic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Topic Name: the address of an Application Message (MQTT 5 §4.7).
 *
 * <ul>
 *   <li>at least one character, at most 65,535 bytes in UTF-8 [MQTT-4.7.3-1], [MQTT-4.7.3-3]
 *   <li>no U+0000 [MQTT-4.7.3-2] and no wildcard {@code +} or {@code #} [MQTT-3.3.2-2]
 *   <li>no control characters U+0001 to U+001F and U+007F to U+009F and no Unicode non-characters such as U+FFFF, for which servers
 *       end the connection (§1.5.4); what comes with them all the same is read, see {@link #ofReceived}
 *   <li>levels are separated by {@code /}; a level may be empty
 * </ul>
 *
 * <p>Immutable and safe to share between threads.
 */
public final class TopicName implements Comparable<TopicName> {

    private final String value;

    private TopicName(String value) {
        this.value = value;
    }

    /**
     * A checked Topic Name.
     *
     * @throws IllegalArgumentException if a rule of the type is broken; the message names value, rule and index
     */
    public static TopicName of(String value) {
        TopicName checked = ofReceived(value);
        String violation = TopicRules.sendingViolation(value);
        if (violation != null) {
            throw TopicRules.refusal("Topic Name", value, violation);
        }
        return checked;
    }

    /** The Topic Name, or null where {@link #of} would throw. */
    public static @Nullable TopicName ofOrNull(String value) {
        return TopicRules.sendingViolation(value) == null ? ofReceivedOrNull(value) : null;
    }

    /**
     * A Topic Name of what others have sent or written: one with control or non-characters is read, as a receiver may (MQTT 5 §1.5.4).
     *
     * @throws IllegalArgumentException if another rule of the type is broken; the message names value, rule and index
     */
    public static TopicName ofReceived(String value) {
        String violation = violation(value);
        if (violation != null) {
            throw TopicRules.refusal("Topic Name", value, violation);
        }
        return new TopicName(value);
    }

    /** The Topic Name, or null where {@link #ofReceived} would throw: the door for bytes off the wire. */
    public static @Nullable TopicName ofReceivedOrNull(String value) {
        return violation(value) == null ? new TopicName(value) : null;
    }

    private static @Nullable String violation(String value) {
        String violation = TopicRules.violation(value);
        if (violation != null) {
            return violation;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '+' || c == '#') {
                return "it contains the wildcard '" + c + "' at index " + i + " [MQTT-3.3.2-2]";
            }
        }
        return null;
    }

    /** The name as it stands on the wire. */
    public String value() {
        return value;
    }

    /** The levels between the separators, in order; never empty, a level may be the empty string. */
    public List<String> levels() {
        return List.of(value.split("/", -1));
    }

    /** Whether the name begins with {@code $} and so is hidden from leading wildcards [MQTT-4.7.2-1]. */
    public boolean isReserved() {
        return value.charAt(0) == '$';
    }

    @Override
    public int compareTo(TopicName other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TopicName that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** {@link #value()}. */
    @Override
    public String toString() {
        return value;
    }
}
