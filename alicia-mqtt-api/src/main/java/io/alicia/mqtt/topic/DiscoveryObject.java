package io.alicia.mqtt.topic;

/**
 * The levels of {@link AliciaTopics#DISCOVERY}.
 *
 * @param component Home Assistant's component, such as {@code sensor}; not {@code device}
 * @param objectId the entity's object id
 */
public record DiscoveryObject(String component, String objectId) {}
