package io.alicia.mqtt;

import io.alicia.mqtt.topic.TopicName;

/** The server has not taken a message, or nobody was there to receive a command; {@link #result()} says what became of it. */
public final class PublishFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient TopicName topic;
    private final transient PublishResult result;

    /** For a message to {@code topic} that ended in a way that does not serve its purpose. */
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
