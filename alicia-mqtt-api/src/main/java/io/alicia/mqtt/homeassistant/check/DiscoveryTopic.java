package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.topic.TopicName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a discovery topic: {@code PREFIX/COMPONENT/[NODE_ID/]OBJECT_ID/config}, where the component {@code
 * device} announces a whole device.
 *
 * @param prefix what Home Assistant is set to listen below, {@code homeassistant} unless changed; may have several levels
 * @param component the component's name, or {@code device}
 * @param nodeId an id that groups several objects
 * @param objectId the id of the entity or device; not the entity id
 */
public record DiscoveryTopic(String prefix, String component, Optional<String> nodeId, String objectId) {

    /** The prefix of a Home Assistant that nobody has told otherwise. */
    public static final String DEFAULT_PREFIX = "homeassistant";

    /** The component's name in topics of device messages. */
    public static final String DEVICE = "device";

    // Home Assistant looks at the beginning of what follows the prefix, so more may follow behind "config".
    private static final Pattern PATTERN =
            Pattern.compile("(\\w+)/(?:([a-zA-Z0-9_-]+)/)?([a-zA-Z0-9_-]+)/config", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_-]+");
    private static final Pattern NOT_IN_ID = Pattern.compile("[^a-zA-Z0-9_-]+");

    /**
     * Checks the ids.
     *
     * @throws IllegalArgumentException if an id has other characters than letters, digits, {@code _} and {@code -} of
     *     ASCII, or none
     */
    public DiscoveryTopic {
        nodeId.ifPresent(id -> requireId("node id", id));
        requireId("object id", objectId);
    }

    /**
     * {@return the id}
     *
     * @param id an id for a topic
     * @throws IllegalArgumentException if it has other characters than letters, digits, {@code _} and {@code -} of ASCII,
     *     or none
     */
    public static String requireObjectId(String id) {
        requireId("object id", id);
        return id;
    }

    private static void requireId(String what, String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("not fit for the " + what + ": \"" + id
                    + "\": Home Assistant takes only letters, digits, _ and - there");
        }
    }

    /**
     * {@return a topic without node id}
     *
     * @param prefix the discovery prefix
     * @param component the component's name, or {@code device}
     * @param objectId the id
     * @throws IllegalArgumentException if the id has characters that are not allowed
     */
    public static DiscoveryTopic of(String prefix, String component, String objectId) {
        return new DiscoveryTopic(prefix, component, Optional.empty(), objectId);
    }

    /**
     * {@return the parts of a topic as Home Assistant reads it, or empty if it does not fit}
     *
     * @param prefix the discovery prefix
     * @param topic a topic's text
     */
    public static Optional<DiscoveryTopic> parse(String prefix, String topic) {
        Matcher matcher = PATTERN.matcher(below(prefix, topic));
        return matcher.lookingAt()
                ? Optional.of(new DiscoveryTopic(
                        prefix, matcher.group(1), Optional.ofNullable(matcher.group(2)), matcher.group(3)))
                : Optional.empty();
    }

    /**
     * {@return the id made fit for a topic: runs of other characters become one {@code _}}
     *
     * @param id any text with at least one fitting character
     */
    public static String idOf(String id) {
        return NOT_IN_ID.matcher(id).replaceAll("_");
    }

    /**
     * {@return the prefix}
     *
     * @param prefix a discovery prefix
     * @throws IllegalArgumentException if it is no Topic Name, or has a slash at an end
     */
    public static String requirePrefix(String prefix) {
        if (prefix.startsWith("/") || prefix.endsWith("/")) {
            throw new IllegalArgumentException(
                    "not fit for a discovery prefix: \"" + prefix + "\": it has no slash at its beginning or end");
        }
        return TopicName.of(prefix).value();
    }

    static boolean isBelow(String prefix, String topic) {
        return topic.contains(prefix + "/");
    }

    static String below(String prefix, String topic) {
        int at = topic.indexOf(prefix + "/");
        return at < 0 ? topic : topic.substring(0, at) + topic.substring(at + prefix.length() + 1);
    }

    /** {@return whether it announces a whole device} */
    public boolean isDevice() {
        return component.equals(DEVICE);
    }

    /** {@return the topic to publish to} */
    public TopicName topicName() {
        return TopicName.of(
                prefix + "/" + component + "/" + nodeId.map(id -> id + "/").orElse("") + objectId + "/config");
    }
}
