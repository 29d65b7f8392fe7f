package io.alicia.mqtt.broker.bridge;

import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.RetainHandling;
import io.alicia.mqtt.topic.TopicFilter;

/**
 * Topics that a bridge shares: {@code topic PATTERN DIRECTION QOS LOCAL-PREFIX REMOTE-PREFIX} of mosquitto.conf.
 *
 * @param pattern a Topic Filter below the prefixes; empty to map the one topic {@code localPrefix} onto {@code remotePrefix}
 * @param direction which way messages pass
 * @param qos the highest QoS that they pass with
 * @param localPrefix before the pattern here; may be empty
 * @param remotePrefix before the pattern there; may be empty
 */
public record BridgeTopic(String pattern, Direction direction, Qos qos, String localPrefix, String remotePrefix) {

    /** Which way messages pass. */
    public enum Direction {
        /** From here to the remote broker. */
        OUT,
        /** From the remote broker to here. */
        IN,
        /** Both ways. */
        BOTH;

        /** {@return whether messages pass from here to there} */
        public boolean isOut() {
            return this != IN;
        }

        /** {@return whether messages pass from there to here} */
        public boolean isIn() {
            return this != OUT;
        }
    }

    /**
     * Refuses what cannot be shared.
     *
     * @throws IllegalArgumentException if prefix and pattern are no Topic Filter, or the filter is a shared subscription's
     */
    public BridgeTopic {
        check(localPrefix + pattern);
        check(remotePrefix + pattern);
    }

    private static void check(String filter) {
        if (TopicFilter.ofReceived(filter).shareName().isPresent()) {
            throw new IllegalArgumentException("a bridge cannot share topics by a shared subscription: " + filter);
        }
    }

    /** {@return what is subscribed to here, if it goes out} */
    public TopicFilter localFilter() {
        return TopicFilter.ofReceived(localPrefix + pattern);
    }

    /** {@return what is subscribed to there, if it comes in} */
    public TopicFilter remoteFilter() {
        return TopicFilter.ofReceived(remotePrefix + pattern);
    }

    /** {@return the subscription here: without the bridge's own messages, RETAIN as published} */
    public Subscription localSubscription() {
        return new Subscription(localFilter(), qos, true, true, RetainHandling.SEND_AT_SUBSCRIBE);
    }

    /**
     * {@return the subscription there: without the bridge's own messages, RETAIN as published, as far as the protocol has it}
     */
    public Subscription remoteSubscription() {
        return new Subscription(remoteFilter(), qos, true, true, RetainHandling.SEND_AT_SUBSCRIBE);
    }
}
