package io.alicia.mqtt;

import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicFilter;

/** The server refused the subscription of a stream; the stream ends with this. */
public final class SubscriptionRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient TopicFilter topicFilter;
    private final ReasonCode reasonCode;

    /** For {@code topicFilter}, because of {@code reasonCode}. */
    public SubscriptionRefusedException(TopicFilter topicFilter, ReasonCode reasonCode) {
        super("the server refused the subscription to " + topicFilter + ": " + reasonCode.phrase()
                + String.format(" (0x%02X)", reasonCode.code()));
        this.topicFilter = topicFilter;
        this.reasonCode = reasonCode;
    }

    /** What was to be received. */
    public TopicFilter topicFilter() {
        return topicFilter;
    }

    /** Why, in SUBACK's words (MQTT 5 §3.9.3). */
    public ReasonCode reasonCode() {
        return reasonCode;
    }
}
