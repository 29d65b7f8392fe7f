package io.alicia.mqtt.topic;

/**
 * The levels of {@link AliciaTopics#DISCOVERY_OF_NODE}.
 *
 * @param component Home Assistant's component, such as {@code sensor}; not {@code device}
 * @param nodeId the node id
 * @param objectId the entity's object id
 */
public record DiscoveryObjectOfNode(String component, String nodeId, String objectId) {}
