package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.topic.TopicName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The last retained message on each topic of an entity, in the order in which they were said: of a light that has a topic for
 * its colour and one for its white, Home Assistant takes what it hears last. Safe for several threads.
 */
final class LastStates {

    private record Last(ApplicationMessage message, long said) {}

    private final Map<TopicName, Last> messages = new LinkedHashMap<>();
    private long count;

    synchronized void put(ApplicationMessage message) {
        // Takes its place at the end, where it has one already.
        messages.remove(message.topic());
        messages.put(message.topic(), new Last(message, ++count));
    }

    synchronized Set<TopicName> topics() {
        return new LinkedHashSet<>(messages.keySet());
    }

    synchronized void forget(Set<TopicName> topics) {
        topics.forEach(messages::remove);
    }

    /** What has been said so far; by it is told later what has been said since. */
    synchronized long count() {
        return count;
    }

    /**
     * What is to be said again of one topic, and behind it all that was said on others since then, which would be overtaken.
     *
     * @param topic the topic
     * @param then the {@link #count} when it was decided to say it all again
     */
    synchronized List<ApplicationMessage> again(TopicName topic, long then) {
        List<ApplicationMessage> again = new ArrayList<>();
        messages.forEach((on, last) -> {
            if (on.equals(topic) || last.said() > then) {
                again.add(last.message());
            }
        });
        return again;
    }
}
