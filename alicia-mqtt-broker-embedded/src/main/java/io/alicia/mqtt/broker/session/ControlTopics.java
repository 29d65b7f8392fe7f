package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.topic.TopicName;

/** Topics below {@code $CONTROL/}: what is published there is for the broker, and goes to no client. */
final class ControlTopics {

    private static final String PREFIX = "$CONTROL/";

    private ControlTopics() {}

    static boolean contain(TopicName topic) {
        return topic.value().startsWith(PREFIX);
    }
}
