package io.alicia.mqtt.broker.monitoring;

/**
 * What a broker holds at one moment; what it has done since its start is in {@link BrokerCounters}.
 *
 * @param sessions clients that the broker knows, connected or not
 * @param connectedClients those of them that are connected
 * @param subscriptions their subscriptions, the shared ones not counted
 * @param sharedSubscriptions their shared subscriptions, one for each member
 * @param retainedMessages topics with a retained message
 * @param retainedBytes the payloads of those
 * @param queuedMessages messages that wait for a client or for its acknowledgement, counted for each client
 * @param queuedBytes what those weigh
 * @param unsentPackets packets that are written and not yet taken by the network
 * @param unsentBytes their bytes
 */
public record BrokerStatistics(
        int sessions,
        int connectedClients,
        long subscriptions,
        long sharedSubscriptions,
        int retainedMessages,
        long retainedBytes,
        long queuedMessages,
        long queuedBytes,
        long unsentPackets,
        long unsentBytes) {}
