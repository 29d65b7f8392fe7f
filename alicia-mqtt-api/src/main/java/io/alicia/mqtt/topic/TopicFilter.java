package io.alicia.mqtt.topic;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Topic Filter of a subscription or an access rule (MQTT 5 §4.7.1), shared subscriptions included (§4.8.2).
 *
 * <ul>
 *   <li>{@code +} stands for one level and fills it alone [MQTT-4.7.1-2]
 *   <li>{@code #} stands for its parent and all levels below, alone and last [MQTT-4.7.1-1]
 *   <li>a leading wildcard does not match names that begin with {@code $} [MQTT-4.7.2-1]
 *   <li>no control and no non-characters, as in a {@link TopicName}
 *   <li>{@code $share/NAME/FILTER}: NAME has at least one character and no {@code /}, {@code +} or {@code #}
 *       [MQTT-4.8.2-1], [MQTT-4.8.2-2]
 * </ul>
 *
 * <p>Immutable and safe to share between threads. Matching does not allocate.
 */
public final class TopicFilter implements Comparable<TopicFilter> {

    private static final String SHARE_PREFIX = "$share/";

    private final String value;
    private final @Nullable String shareName;
    private final String unshared;

    private TopicFilter(String value, @Nullable String shareName, String unshared) {
        this.value = value;
        this.shareName = shareName;
        this.unshared = unshared;
    }

    /**
     * A checked Topic Filter.
     *
     * @throws IllegalArgumentException if a rule of the type is broken; the message names value, rule and index
     */
    public static TopicFilter of(String value) {
        TopicFilter checked = ofReceived(value);
        String violation = TopicRules.sendingViolation(value);
        if (violation != null) {
            throw TopicRules.refusal("Topic Filter", value, violation);
        }
        return checked;
    }

    /** The Topic Filter, or null where {@link #of} would throw. */
    public static @Nullable TopicFilter ofOrNull(String value) {
        return TopicRules.sendingViolation(value) == null ? ofReceivedOrNull(value) : null;
    }

    /**
     * A Topic Filter of what others have sent or written: one with control or non-characters is read, as a receiver may (MQTT 5 §1.5.4).
     *
     * @throws IllegalArgumentException if another rule of the type is broken; the message names value, rule and index
     */
    public static TopicFilter ofReceived(String value) {
        String violation = violation(value);
        if (violation != null) {
            throw TopicRules.refusal("Topic Filter", value, violation);
        }
        return checked(value);
    }

    /** The Topic Filter, or null where {@link #ofReceived} would throw: the door for bytes off the wire. */
    public static @Nullable TopicFilter ofReceivedOrNull(String value) {
        return violation(value) == null ? checked(value) : null;
    }

    /**
     * The filter that matches exactly {@code name}.
     *
     * @throws IllegalArgumentException if there is none: a filter that begins with {@code $share} is a shared subscription
     *     (MQTT 5 §4.8.2), so nobody can subscribe to a name that does
     */
    public static TopicFilter exactly(TopicName name) {
        String value = name.value();
        if (value.equals("$share") || value.startsWith(SHARE_PREFIX)) {
            throw TopicRules.refusal(
                    "Topic Filter",
                    value,
                    "no filter matches a Topic Name that begins with $share/: it would be a shared subscription"
                            + " [MQTT-4.8.2-1]");
        }
        return of(value);
    }

    private static TopicFilter checked(String value) {
        if (!value.startsWith(SHARE_PREFIX)) {
            return new TopicFilter(value, null, value);
        }
        int slash = value.indexOf('/', SHARE_PREFIX.length());
        return new TopicFilter(value, value.substring(SHARE_PREFIX.length(), slash), value.substring(slash + 1));
    }

    private static @Nullable String violation(String value) {
        String violation = TopicRules.violation(value);
        if (violation != null) {
            return violation;
        }
        if (!value.startsWith(SHARE_PREFIX)) {
            return value.equals("$share")
                    ? "a shared subscription needs $share/NAME/FILTER [MQTT-4.8.2-1]"
                    : wildcardViolation(value, 0);
        }
        int nameStart = SHARE_PREFIX.length();
        int slash = value.indexOf('/', nameStart);
        if (slash < 0) {
            return "the Share Name is not followed by \"/\" and a Topic Filter [MQTT-4.8.2-2]";
        }
        if (slash == nameStart) {
            return "the Share Name is empty [MQTT-4.8.2-1]";
        }
        for (int i = nameStart; i < slash; i++) {
            char c = value.charAt(i);
            if (c == '+' || c == '#') {
                return "the Share Name contains '" + c + "' at index " + i + " [MQTT-4.8.2-2]";
            }
        }
        if (slash + 1 == value.length()) {
            return "the Topic Filter behind the Share Name is empty [MQTT-4.7.3-1]";
        }
        return wildcardViolation(value, slash + 1);
    }

    private static @Nullable String wildcardViolation(String value, int from) {
        int last = value.length() - 1;
        for (int i = from; i <= last; i++) {
            char c = value.charAt(i);
            boolean startsLevel = i == from || value.charAt(i - 1) == '/';
            if (c == '+' && !(startsLevel && (i == last || value.charAt(i + 1) == '/'))) {
                return "'+' at index " + i + " does not fill its level alone [MQTT-4.7.1-2]";
            }
            if (c == '#' && !(startsLevel && i == last)) {
                return "'#' at index " + i + " is not alone in the last level [MQTT-4.7.1-1]";
            }
        }
        return null;
    }

    /** The filter as it stands on the wire, {@code $share/NAME/} included. */
    public String value() {
        return value;
    }

    /** The Share Name of a shared subscription (MQTT 5 §4.8.2). */
    public Optional<String> shareName() {
        return Optional.ofNullable(shareName);
    }

    /** The filter without {@code $share/NAME/}; this filter itself if it is not shared. */
    public TopicFilter withoutShare() {
        return shareName == null ? this : new TopicFilter(unshared, null, unshared);
    }

    /** The levels of {@link #withoutShare()}, in order; never empty, a level may be the empty string. */
    public List<String> levels() {
        return List.of(unshared.split("/", -1));
    }

    /** Whether a level is {@code +} or {@code #}. */
    public boolean hasWildcard() {
        return unshared.indexOf('+') >= 0 || unshared.indexOf('#') >= 0;
    }

    /** Whether a message published to {@code name} is for this filter (MQTT 5 §4.7). */
    public boolean matches(TopicName name) {
        return matches(unshared, name.value());
    }

    /**
     * {@link #matches(TopicName)} for a hot path that has the name only as text.
     *
     * @param topicName a valid Topic Name; not checked here
     */
    public boolean matches(String topicName) {
        return matches(unshared, topicName);
    }

    private static boolean matches(String filter, String name) {
        char first = filter.charAt(0);
        if (name.charAt(0) == '$' && (first == '+' || first == '#')) {
            return false;
        }
        int f = 0;
        int n = 0;
        int filterLength = filter.length();
        int nameLength = name.length();
        while (f < filterLength) {
            char c = filter.charAt(f);
            if (c == '#') {
                return true;
            }
            if (c == '+') {
                while (n < nameLength && name.charAt(n) != '/') {
                    n++;
                }
            } else if (n == nameLength) {
                // "a/#" also matches its parent "a".
                return c == '/' && f + 2 == filterLength && filter.charAt(f + 1) == '#';
            } else if (name.charAt(n) == c) {
                n++;
            } else {
                return false;
            }
            f++;
        }
        return n == nameLength;
    }

    @Override
    public int compareTo(TopicFilter other) {
        int byValue = value.compareTo(other.value);
        return byValue != 0 ? byValue : Boolean.compare(shareName == null, other.shareName == null);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        // Without its share, $share/a/$share/b/c reads as the shared subscription $share/b/c and is none.
        return other instanceof TopicFilter that
                && value.equals(that.value)
                && Objects.equals(shareName, that.shareName);
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
