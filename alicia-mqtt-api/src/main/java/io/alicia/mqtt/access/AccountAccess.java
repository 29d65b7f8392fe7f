package io.alicia.mqtt.access;

import io.alicia.mqtt.topic.TopicFilter;
import org.jspecify.annotations.Nullable;

/**
 * What one client may do, compiled for a broker's publish path; from {@link AccessPolicy#accessOf}.
 *
 * <p>Safe for any number of threads without a lock. A repeated question is answered from a small cache of fixed size,
 * without allocation; any other costs a walk over the client's own rules, however many accounts the policy has.
 */
public final class AccountAccess {

    /** One decided topic. Immutable, so that a race on the cache can only cost a second look. */
    private record Decided(String topicName, int granted) {}

    private static final int CACHE_SIZE = 64;

    private final ClientRules rules;
    private final boolean unrestricted;
    private final boolean strictSubscriptions;
    private final @Nullable Decided[] cache = new Decided[CACHE_SIZE];

    AccountAccess(ClientRules rules, boolean unrestricted, boolean strictSubscriptions) {
        this.rules = rules;
        this.unrestricted = unrestricted;
        this.strictSubscriptions = strictSubscriptions && !unrestricted;
    }

    /**
     * Whether the client may publish to {@code topicName}.
     *
     * @param topicName a valid Topic Name; not checked again here
     */
    public boolean mayPublish(String topicName) {
        return (granted(topicName) & Access.PUBLISH.bit()) != 0;
    }

    /**
     * Whether the client may be delivered a message with {@code topicName}.
     *
     * @param topicName a valid Topic Name; not checked again here
     */
    public boolean mayReceive(String topicName) {
        return (granted(topicName) & Access.RECEIVE.bit()) != 0;
    }

    /**
     * Whether a SUBSCRIBE with {@code filter} is to be accepted.
     *
     * <p>Mosquitto accepts each. A {@linkplain AccessPolicy#withStrictSubscriptions() strict} policy refuses one that
     * can never receive anything; an MQTT 5 client is then to see reason code 0x87.
     */
    public boolean maySubscribe(TopicFilter filter) {
        return !strictSubscriptions || rules.canReceiveThrough(filter);
    }

    private int granted(String topicName) {
        int hash = topicName.hashCode();
        int slot = (hash ^ (hash >>> 16)) & (CACHE_SIZE - 1);
        Decided decided = cache[slot];
        if (decided != null && decided.topicName.equals(topicName)) {
            return decided.granted;
        }
        int granted = unrestricted ? ~ReservedTopics.deniedBits(topicName) : rules.grantedBits(topicName);
        cache[slot] = new Decided(topicName, granted);
        return granted;
    }
}
