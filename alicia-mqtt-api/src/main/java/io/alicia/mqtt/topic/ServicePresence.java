package io.alicia.mqtt.topic;

/** What a service tells about itself, the level of {@link AliciaTopics#SERVICE_PRESENCE}. */
public enum ServicePresence {
    /** It is there. */
    REGISTER,
    /** It is about to go. */
    UNREGISTER
}
