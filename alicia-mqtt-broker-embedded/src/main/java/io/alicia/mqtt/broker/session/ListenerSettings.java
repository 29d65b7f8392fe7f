package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.security.Security;
import io.alicia.mqtt.protocol.Qos;

/**
 * What holds for the clients of one listener.
 *
 * @param name for logs and events
 * @param security who is let in and what they may do
 * @param mountPoint what stands before every topic inside the broker; empty for none
 * @param maxQos the highest QoS that a client may publish with
 * @param maxTopicAlias topic aliases that a client may create
 * @param maxTopicAliasBroker topic aliases that the broker makes for a client
 * @param useUsernameAsClientid whether the user name takes the place of the Client Identifier
 */
public record ListenerSettings(
        String name,
        Security security,
        String mountPoint,
        Qos maxQos,
        int maxTopicAlias,
        int maxTopicAliasBroker,
        boolean useUsernameAsClientid) {}
