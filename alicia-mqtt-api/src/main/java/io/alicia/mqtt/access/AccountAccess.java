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

    private final AccessPolicy policy;
    private final @Nullable String account;
    private final String clientIdentifier;
    private final ClientRules rules;
    private final boolean unrestricted;
    private final @Nullable Decided[] cache = new Decided[CACHE_SIZE];

    AccountAccess(AccessPolicy policy, @Nullable String account, String clientIdentifier) {
        this.policy = policy;
        this.account = account;
        this.clientIdentifier = clientIdentifier;
        this.rules = policy.rulesFor(account, clientIdentifier);
        this.unrestricted = policy.isUnrestricted();
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
     * <p>With an ACL file Mosquitto accepts each; roles have rules for it, and a {@linkplain
     * AccessPolicy#withStrictSubscriptions() strict} policy refuses one that can never receive anything. The client is
     * then to see reason code 0x87, or 0x80 with MQTT 3.1.1. For details see {@link AccessPolicy#decideSubscribe}.
     */
    public boolean maySubscribe(TopicFilter filter) {
        return policy.allowsSubscribe(account, clientIdentifier, rules, filter);
    }

    private int granted(String topicName) {
        if (unrestricted && !ReservedTopics.mayBe(topicName)) {
            // A broker asks for each subscriber of each message: a look into a cache of each costs more than the
            // answer.
            return -1;
        }
        int hash = topicName.hashCode();
        int slot = (hash ^ (hash >>> 16)) & (CACHE_SIZE - 1);
        Decided decided = cache[slot];
        if (decided != null && decided.topicName.equals(topicName)) {
            return decided.granted;
        }
        int granted = (unrestricted ? -1 : rules.grantedBits(topicName)) & ~ReservedTopics.neverBits(topicName);
        cache[slot] = new Decided(topicName, granted);
        return granted;
    }
}
