package io.alicia.mqtt.broker.session;

/**
 * The limits of sessions and connections, as {@code BrokerConfig} documents them; 0 and -1 are resolved to the largest
 * possible value.
 *
 * @param allowDuplicateMessages whether overlapping subscriptions bring a copy each
 * @param checkRetainSource whether a retained message's publisher must still be allowed to publish it
 * @param maxInflightMessages QoS 1 and 2 messages on their way to a client that does not say how many it takes, and from an
 *     MQTT 5 client
 * @param maxInflightBytes their bytes
 * @param maxQueuedMessages messages that wait for a client
 * @param maxQueuedBytes their bytes
 * @param maxPacketSize bytes of a packet from a client
 * @param messageSizeLimit bytes of a payload from a client
 * @param maxKeepalive seconds; 0 for no limit
 * @param persistentClientExpirationSeconds the longest that a session outlives its connection
 * @param queueQos0Messages whether QoS 0 messages wait for a client that is away
 * @param retainAvailable whether messages may be retained
 * @param upgradeOutgoingQos whether messages are sent with their subscription's QoS
 * @param connectTimeoutMillis how long a connection may take until its CONNECT is complete
 * @param maxTopicLevels levels of a name or filter
 * @param maxSubscriptionsPerSession subscriptions of a session
 * @param quotas what all clients share
 * @param maxPendingOutputBytes bytes waiting for a socket beyond which QoS 0 messages are dropped and its client is not read
 */
public record SessionSettings(
        boolean allowDuplicateMessages,
        boolean checkRetainSource,
        int maxInflightMessages,
        long maxInflightBytes,
        int maxQueuedMessages,
        long maxQueuedBytes,
        int maxPacketSize,
        int messageSizeLimit,
        int maxKeepalive,
        long persistentClientExpirationSeconds,
        boolean queueQos0Messages,
        boolean retainAvailable,
        boolean upgradeOutgoingQos,
        long connectTimeoutMillis,
        int maxTopicLevels,
        int maxSubscriptionsPerSession,
        Quotas quotas,
        int maxPendingOutputBytes) {}
