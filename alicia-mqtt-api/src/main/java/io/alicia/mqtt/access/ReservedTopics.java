package io.alicia.mqtt.access;

/** The topics that Mosquitto decides on before it asks any rule. */
final class ReservedTopics {

    private static final int ALL = Access.PUBLISH.bit() | Access.RECEIVE.bit();
    private static final String BRIDGE_STATE_PREFIX = "$SYS/broker/connection/";
    private static final String CONTROL_PREFIX = "$CONTROL/";
    private static final String CONTROL_RESPONSE = "/response";
    private static final String BRIDGE_STATE_SUFFIX = "/state";

    private ReservedTopics() {}

    /** Whether {@code topicName} may be one of them. */
    static boolean mayBe(String topicName) {
        return topicName.charAt(0) == '$';
    }

    /** The accesses that nobody has to {@code topicName}, as bits of {@link Access#bit()}. */
    static int deniedBits(String topicName) {
        if (!mayBe(topicName)) {
            return 0;
        }
        if (topicName.startsWith("$SYS")) {
            return isBridgeState(topicName) ? 0 : Access.PUBLISH.bit();
        }
        return topicName.startsWith("$share") ? ALL : 0;
    }

    /**
     * {@link #deniedBits} and what no client gets, whatever it may: a PUBLISH to {@code $CONTROL/…} is for the broker's
     * plugins, if the rules allow it, and no subscriber is sent it. What comes back from a plugin is its response.
     */
    static int neverBits(String topicName) {
        boolean control = topicName.startsWith(CONTROL_PREFIX) && !topicName.endsWith(CONTROL_RESPONSE);
        return deniedBits(topicName) | (control ? Access.RECEIVE.bit() : 0);
    }

    /** A bridge reports its state to {@code $SYS/broker/connection/+/state}. */
    private static boolean isBridgeState(String topicName) {
        int from = BRIDGE_STATE_PREFIX.length();
        int to = topicName.length() - BRIDGE_STATE_SUFFIX.length();
        if (to < from || !topicName.startsWith(BRIDGE_STATE_PREFIX) || !topicName.endsWith(BRIDGE_STATE_SUFFIX)) {
            return false;
        }
        int slash = topicName.indexOf('/', from);
        return slash < 0 || slash >= to;
    }
}
