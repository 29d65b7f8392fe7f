package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.routing.TopicLevels;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import org.jspecify.annotations.Nullable;

/**
 * About how many bytes of memory something takes that a client can make the broker keep; rather more than less. What
 * counts is that nothing seems to weigh little of which a few packets fill the memory: long names, names of many levels,
 * properties of no length.
 */
final class Weights {

    private static final int OBJECTS = 512;
    private static final int SESSION_OBJECTS = 2_048;
    private static final int HELD_OBJECTS = 256;
    private static final int ALIAS_OBJECTS = 128;
    private static final int USER_PROPERTY_OBJECTS = 128;
    /** A level of a name in an index: most names share some with others, but a client can see to it that none does. */
    private static final int LEVEL_OBJECTS = 192;
    /** A text's characters, as they are read and once more as parts in an index, two bytes each. */
    private static final int OF_CHARACTER = 4;
    /** What is encoded is there as it is read and as it is sent. */
    private static final int OF_ENCODED = 3;

    /** A Packet Identifier that stays known. */
    static final int IDENTIFIER = 128;

    private Weights() {}

    /** A message's topic and properties, which have so many bytes when they are encoded. */
    static long ofHead(int encodedBytes, PublishProperties properties) {
        return (long) OF_ENCODED * encodedBytes
                + (long) USER_PROPERTY_OBJECTS * properties.userProperties().size();
    }

    /** A message that waits for a client, its acknowledgement or its release. */
    static long ofHeld(Message message) {
        return HELD_OBJECTS + message.weightBytes();
    }

    static long ofRetained(Message message) {
        return OBJECTS + message.weightBytes() + ofLevels(message.topic().value());
    }

    static long ofSubscription(TopicFilter filter) {
        return OBJECTS + ofText(filter.value()) + ofLevels(filter.value());
    }

    static long ofSession(String clientIdentifier) {
        return SESSION_OBJECTS + ofText(clientIdentifier);
    }

    /** Something else that a client is known by; nothing if there is none. */
    static long ofName(@Nullable String name) {
        return name == null ? 0 : ofText(name);
    }

    /** A topic that a connection knows by a number. */
    static long ofAlias(TopicName topic) {
        return ALIAS_OBJECTS + ofText(topic.value());
    }

    private static long ofText(String text) {
        return (long) OF_CHARACTER * text.length();
    }

    private static long ofLevels(String name) {
        return (long) LEVEL_OBJECTS * TopicLevels.count(name);
    }
}
