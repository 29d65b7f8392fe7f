package io.alicia.mqtt.topic;

/** The value of a {@link TopicTemplate} without {@code {levels}}: there is one name, and so nothing to choose. */
public enum NoLevels {
    /** The only one. */
    NONE
}
