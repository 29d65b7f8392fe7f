package io.alicia.mqtt;

import io.alicia.mqtt.topic.TopicName;

/** The server has not taken a message; {@link #result()} says what became of it. */
public final class PublishFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient TopicName topic;
    private final transient PublishResult result;

    /** For a message to {@code topic} with an end other than {@link PublishResult.Acknowledged}. */
    public PublishFailedException(TopicName topic, PublishResult result) {
        super("message to " + topic + " was " + result.description());
        this.topic = topic;
        this.result = result;
    }

    /** Where the message was to go. */
    public TopicName topic() {
        return topic;
    }

    /** What became of it. */
    public PublishResult result() {
        return result;
    }
}
