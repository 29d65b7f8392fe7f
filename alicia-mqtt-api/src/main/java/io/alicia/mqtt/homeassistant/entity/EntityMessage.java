package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.topic.TopicName;

/**
 * A command or state on its way.
 *
 * @param topic where to
 * @param payload the payload as text
 */
public record EntityMessage(TopicName topic, String payload) {}
