package io.alicia.mqtt.broker.bridge.link;

import io.alicia.mqtt.broker.bridge.BridgeTopic;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.List;

/**
 * What a topic of one side is called on the other: the first line of the configuration that matches takes its prefix away and
 * puts the other one there. A topic that no line matches keeps its name.
 */
final class TopicMapping {

    private record Line(TopicFilter filter, String prefix, String otherPrefix) {

        TopicName map(TopicName topic) {
            String rest = topic.value().substring(prefix.length());
            return TopicName.ofReceived(otherPrefix + rest);
        }
    }

    private final List<Line> outgoing;
    private final List<Line> incoming;

    TopicMapping(List<BridgeTopic> topics) {
        this.outgoing = topics.stream()
                .filter(topic -> topic.direction().isOut())
                .map(topic -> new Line(topic.localFilter(), topic.localPrefix(), topic.remotePrefix()))
                .toList();
        this.incoming = topics.stream()
                .filter(topic -> topic.direction().isIn())
                .map(topic -> new Line(topic.remoteFilter(), topic.remotePrefix(), topic.localPrefix()))
                .toList();
    }

    /** The name there of a topic here. */
    TopicName outgoing(TopicName topic) {
        return map(outgoing, topic);
    }

    /** The name here of a topic there. */
    TopicName incoming(TopicName topic) {
        return map(incoming, topic);
    }

    private static TopicName map(List<Line> lines, TopicName topic) {
        for (Line line : lines) {
            if (line.filter().matches(topic)) {
                return line.prefix().equals(line.otherPrefix()) ? topic : line.map(topic);
            }
        }
        return topic;
    }
}
